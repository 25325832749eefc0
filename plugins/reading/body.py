"""A body: Markdown to sanitised HTML, with its links as marks and its first words.

The HTML depends on the text, on the folder that it stands in and on the `MARKDOWN` setting, on
nothing else; so it is made once and kept.
"""

import posixpath
import re
from collections.abc import Callable
from html import unescape
from typing import Any
from urllib.parse import unquote
from xml.etree.ElementTree import Element

import markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString
from msgspec import Struct

from plugins.model.marks import mark
from plugins.model.notice import digest
from plugins.model.problem import Level, Problem
from plugins.reading import sanitising

EXCERPT = 300
"""Characters of a first paragraph that stand for a missing summary."""

_EXTERNAL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_PELICAN = re.compile(r"^(?:\{(?:filename|static|attach)\}|\|filename\|)")
_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_EMPTY_LINK = re.compile(r"""\]\(\s*\)|(?:href|src)\s*=\s*(?:""|'')""")
_FOOTNOTE = re.compile(r'<sup id="fnref.*?</sup>', re.DOTALL)
_ALIGN = re.compile(r"text-align: (left|right|center);")


class Rendered(Struct, frozen=True, array_like=True):
    """A body's HTML with its marks, what it links, and what is wrong with it.

    `key` digests everything that the HTML depends on. Lines of problems count from the file's top.
    `path` is its source's; `links` are in the order in which they stand.
    """

    path: str
    key: bytes
    html: str
    excerpt: str
    links: tuple[str, ...]
    problems: tuple[Problem, ...]


class _Fitting(Treeprocessor):
    """Fits a body into a page: cells are aligned by a class, since a strict Content-Security-Policy
    blocks `style`; a first-level heading goes down one, since that level is the title's.
    """

    def run(self, root: Element) -> None:
        for tag in ("td", "th"):
            for cell in root.iter(tag):
                if match := _ALIGN.fullmatch(cell.get("style", "")):
                    del cell.attrib["style"]
                    cell.set("class", f"align-{match[1]}")
        for heading in root.iter("h1"):
            heading.tag = "h2"


class _PlainText(AtomicString):
    """Text in which no inline pattern can begin; Markdown leaves atomic strings alone."""


class _BeforeInline(Treeprocessor):
    """Spares plain text the search for each of the inline patterns: half of Markdown's time."""

    def run(self, root: Element) -> None:
        patterns = self.md.inlinePatterns
        if len(patterns) > sum(name in patterns for name in _PATTERNS):
            return
        for element in root.iter():
            if element.text and not isinstance(element.text, AtomicString):
                element.text = _plain(element.text)
            if element.tail and not isinstance(element.tail, AtomicString):
                element.tail = _plain(element.tail)


class _AfterInline(Treeprocessor):
    """Makes plain text ordinary text again, for the extensions that look at it later."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            if isinstance(element.text, _PlainText):
                element.text = str(element.text)
            if isinstance(element.tail, _PlainText):
                element.tail = str(element.tail)


def _plain(text: str) -> str:
    return text if _INLINE.search(text) else _PlainText(text)


_INLINE = re.compile("[\\\\`*_!\\[<&\x02]|  \n")
"""Where one of Markdown's own inline patterns, or one of `extra`, can begin."""

_PATTERNS = {
    "backtick",
    "escape",
    "footnote",
    "reference",
    "link",
    "image_link",
    "image_reference",
    "short_reference",
    "short_image_ref",
    "autolink",
    "automail",
    "linebreak",
    "html",
    "entity",
    "not_strong",
    "em_strong",
    "em_strong2",
}
"""The patterns of which that is known; with another one, all text is searched."""


class _Strict(Extension):
    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 (Markdown's own name)
        md.treeprocessors.register(_BeforeInline(md), "before_inline", 21)
        md.treeprocessors.register(_AfterInline(md), "after_inline", 19)
        md.treeprocessors.register(_Fitting(md), "fitting", 0)


class Renderer:
    """Renders bodies one after the other; it keeps one Markdown and one sanitiser."""

    def __init__(self, settings: dict[str, Any], settings_digest: bytes) -> None:
        extensions = [e for e in settings.get("extensions", ()) if not str(e).endswith("meta")]
        self._markdown = markdown.Markdown(
            **{**settings, "extensions": [*extensions, _Strict()], "output_format": "html"}
        )
        self._settings = settings_digest
        self._clean = sanitising.cleaner(self._attribute).clean
        self._plain = sanitising.plain().clean
        self._folder = ""
        self._report: Callable[[str, str | re.Pattern[str], str, str], None] = lambda *_: None
        self._links: dict[str, None] = {}

    def key(self, path: str, text: str) -> bytes:
        """What the HTML of a body depends on, digested."""
        return digest(posixpath.dirname(path), text, self._settings)

    def render(self, path: str, text: str, first_line: int) -> Rendered:
        """The HTML of the body of the source `path` that begins on `first_line`."""
        problems: list[Problem] = []

        def report(level: str, needle: str | re.Pattern[str], message: str, remedy: str) -> None:
            line = _line(text, needle, first_line)
            problems.append(Problem(path, line, "body", message, remedy, level))

        self._folder, self._links, self._report = posixpath.dirname(path), {}, report
        try:
            raw = self._markdown.reset().convert(text)
        except (RecursionError, ValueError, IndexError, AttributeError) as error:
            report(
                Level.FAULT,
                "",
                f"Markdown cannot read the text ({type(error).__name__}).",
                "Make quotations and lists less deep.",
            )
            raw = ""
        html = self._clean(raw)
        if sanitising.something_removed(raw, html):
            for name, tag in sanitising.removed(raw):
                report(
                    Level.ADVICE,
                    tag,
                    f"{name} was removed: it is not allowed here.",
                    "Say it in Markdown; where the sign itself is meant, write &lt; for <.",
                )
        return Rendered(
            path,
            self.key(path, text),
            html,
            self._excerpt(html),
            tuple(self._links),
            tuple(problems),
        )

    def _attribute(self, _element: str, name: str, value: str) -> str | None:
        if name not in ("href", "src"):
            return value
        if value.startswith("#"):
            return value
        if _EXTERNAL.match(value):
            if name == "href":
                return value
            self._report_remote_picture(value)
            return None
        if value.startswith("/"):
            return mark(value)
        return self._relative(value)

    def _report_remote_picture(self, value: str) -> None:
        self._report(
            Level.ADVICE,
            value,
            "A picture of another site was left out: it would vanish with that site.",
            "Put the picture beside the notice and link it by its relative path.",
        )

    def _relative(self, value: str) -> str | None:
        bare = _PELICAN.sub("", value)
        if not bare:
            self._report(
                Level.FAULT,
                _EMPTY_LINK,
                "A link or a picture has no address.",
                "Write where it leads, or take the brackets away.",
            )
            return None
        path, hash_, fragment = bare.partition("#")
        root = "" if path.startswith("/") else self._folder
        target = posixpath.normpath(posixpath.join(root, unquote(path).lstrip("/")))
        if target.startswith("..") or "\\" in target:
            self._report(
                Level.FAULT,
                value,
                f"“{value}” leads out of the content folder.",
                "Put the file beside the notice and link it by its relative path.",
            )
            return None
        self._links[target] = None
        return mark(target) + hash_ + fragment

    def _excerpt(self, html: str) -> str:
        for match in _PARAGRAPH.finditer(html):
            words = unescape(self._plain(_FOOTNOTE.sub("", match[1]))).split()
            if words:
                return shorten(" ".join(words))
        return shorten(" ".join(unescape(self._plain(html)).split()))


def _line(text: str, needle: str | re.Pattern[str], first_line: int) -> int:
    """The line on which `needle` stands first; the body's first line if Markdown changed it."""
    if isinstance(needle, str):
        index = text.find(needle)
    else:
        index = match.start() if (match := needle.search(text)) else -1
    return first_line + text.count("\n", 0, max(index, 0))


def shorten(text: str, limit: int = EXCERPT) -> str:
    """`text`, cut at a word's end to `limit` characters at most."""
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"
