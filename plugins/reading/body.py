"""A body: Markdown to sanitised HTML, with its links as marks and its first words.

The HTML depends on the text, on the folder that it stands in and on the `MARKDOWN` setting, on
nothing else; so it is made once and kept.
"""

import posixpath
import re
from html import unescape
from itertools import chain
from typing import Any
from urllib.parse import unquote
from xml.etree.ElementTree import Element

import markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from msgspec import Struct

from plugins.model.marks import CLOSE, MARK, OPEN, mark
from plugins.model.notice import digest
from plugins.model.problem import Level, Problem, Said, said
from plugins.reading import sanitising
from plugins.reading.showing import BODY_RULES, Lines, Written
from plugins.reading.sparing import Spare, SparingMarkdown
from plugins.reading.text import INVISIBLE

MAX_UNICODE = 0x10FFFF
EXCERPT = 300
"""Characters of a first paragraph that stand for a missing summary."""

MANY_BRACKETS = 100
"""Opening brackets, so close that Markdown would search for their ends for minutes."""

_EXTERNAL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_REFERENCE = re.compile(r"&#(?:([0-9]+)|[xX]([0-9A-Fa-f]+))")
_BRACKETS = re.compile(rf"\[{{{MANY_BRACKETS}}}|(?:\[[^\]\n]{{0,9}}){{200}}")
_ASIDE = re.compile(r"\{[^}]*\}|\]\([^)]*\)|\]\[[^\]]*\]|^\s*[*]?\[[^\]]+\]:.*$", re.MULTILINE)
_PELICAN = re.compile(r"^(?:\{(?:filename|static|attach)\}|\|filename\|)")
_MARKED_WRONG = f'"{OPEN}!'
_WRONG = re.compile(f' (href|src)={_MARKED_WRONG}([^{CLOSE}]*){CLOSE}[^"]*"')
_PARAGRAPH = re.compile(r"<p(?:\s[^>]*)?>(.*?)</p>", re.DOTALL)
_FOOTNOTE = re.compile(r'<sup id="fnref.*?</sup>', re.DOTALL)
_SHOWN = re.compile(f' src="{OPEN}([^/!{CLOSE}][^{CLOSE}]*){CLOSE}')
_ALIGN = re.compile(r"text-align: (left|right|center);")


class Rendered(Struct, frozen=True, array_like=True):
    """A body's HTML with its marks, what it links, and what is wrong with it.

    `path` is its source's; `key` digests everything that the HTML depends on. `links` are in the
    order in which they stand, on `lines`, which count from the file's top, as those of problems do;
    `pictures` are those that it shows, `jumps` what leads to addresses and sections.
    """

    path: str
    key: bytes
    html: str
    excerpt: str
    links: tuple[str, ...]
    lines: tuple[int, ...]
    problems: tuple[Problem, ...]
    pictures: tuple[str, ...] = ()
    jumps: tuple[tuple[str, int], ...] = ()


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


class _Fit(Extension):
    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 (Markdown's own name)
        md.treeprocessors.register(_Fitting(md), "fitting", 0)


class Renderer:
    """Renders bodies one after the other; it keeps one Markdown and one sanitiser."""

    def __init__(self, settings: dict[str, Any], settings_digest: bytes) -> None:
        self._options = settings
        self._settings = settings_digest
        self._markdown = _markdown(settings)
        self._clean = sanitising.cleaner(self._attribute).clean
        self._plain = sanitising.plain().clean
        self._folder = ""
        self._targets: dict[str, str] = {}
        self._jumps: dict[str, str] = {}

    def key(self, path: str, text: str) -> bytes:
        """What the HTML of a body depends on, digested."""
        return digest(posixpath.dirname(path), text, self._settings)

    def render(self, path: str, text: str, first_line: int) -> Rendered:
        """The HTML of the body of the source `path` that begins on `first_line`."""
        self._folder, self._targets, self._jumps = posixpath.dirname(path), {}, {}
        lines = Lines(text, first_line)
        problems: list[Problem] = []

        def report(level: str, message: Said, remedy: Said, line: int) -> None:
            problems.append(Problem(path, line, "body", message, remedy, level))

        if poison := _poison(text):
            message, remedy, needle = poison
            report(Level.FAULT, message, remedy, lines.of(needle))
            text = ""
        try:
            raw = self._markdown.reset().convert(text)
        except (RecursionError, ValueError, IndexError, AttributeError) as error:
            self._markdown = _markdown(self._options)  # the old one stopped in the middle
            raw = ""
            report(
                Level.FAULT,
                said("Markdown cannot read the text ({error}).", error=type(error).__name__),
                said("Make quotations and lists less deep."),
                first_line,
            )
        html = self._clean(raw)
        if sanitising.may_be_removed(text, raw, html):
            for names, needles in sanitising.removed(raw):
                line = lines.of(*needles)
                for name in names:
                    report(
                        Level.ADVICE,
                        said(
                            "{what} was removed: it is not allowed here.",
                            what=" ".join(name.split()),
                        ),
                        said(
                            "Say it in Markdown; where the sign itself is meant, write &lt; for <."
                        ),
                        line,
                    )
        if _MARKED_WRONG in html:
            for _, value in _WRONG.findall(html):
                level, message, remedy, words = _wrong(unescape(value))
                report(level, message, remedy, lines.of(*words))
            html = _WRONG.sub("", html)
        if "markdown=" in text:
            for word in self._lost(text, raw):
                report(
                    Level.ADVICE,
                    said("“{word}” is not in the page: Markdown dropped it.", word=word),
                    said("Close each tag that has a markdown attribute."),
                    lines.of(word),
                )
        written = Written(path, text, html, lines)
        problems += [problem for rule in BODY_RULES for problem in rule(written)]
        marks = dict.fromkeys(unescape(found) for found in MARK.findall(html))
        links = [link for link in marks if not link.startswith("/")]
        return Rendered(
            path=path,
            key=self.key(path, text),
            html=html,
            excerpt=self._excerpt(html),
            links=tuple(links),
            lines=tuple(lines.of(*_spellings(self._targets[link])) for link in links),
            problems=tuple(problems),
            pictures=tuple(dict.fromkeys(map(unescape, _SHOWN.findall(html)))) if marks else (),
            jumps=tuple(
                (jump, lines.of(*_spellings(value))) for jump, value in self._jumps.items()
            ),
        )

    def _attribute(self, _element: str, name: str, value: str) -> str | None:
        """The value of an attribute that is allowed, with addresses as marks."""
        if name == "id":
            return value.lower()  # those of the layout begin with a capital
        if name not in ("href", "src"):
            return value
        if value.startswith("#"):
            return value.lower()
        if _EXTERNAL.match(value):
            whole = f"https:{value}" if value.startswith("//") else value
            return whole if name == "href" else mark(f"!{value}")
        if value.startswith("/"):
            self._jumps.setdefault(value, value)
            return mark(value)
        return self._relative(value)

    def _relative(self, value: str) -> str:
        bare = _PELICAN.sub("", value)
        path, hash_, fragment = bare.partition("#")
        root = "" if path.startswith("/") else self._folder
        target = posixpath.normpath(posixpath.join(root, unquote(path).lstrip("/")))
        if not bare or target.startswith("..") or "\\" in target:
            return mark(f"!{value}")
        self._targets.setdefault(target, value)
        if fragment:
            self._jumps.setdefault(f"{target}#{fragment.lower()}", value)
        return mark(target) + hash_ + fragment.lower()

    def _lost(self, text: str, html: str) -> list[str]:
        """The first word that an element with a `markdown` attribute did not give back, if any."""
        words = re.findall(r"\w+", unescape(self._plain(_ASIDE.sub("", text))))
        return [word for word in words if word not in unescape(html)][:1]

    def _excerpt(self, html: str) -> str:
        html = _FOOTNOTE.sub("", html.partition('<div class="footnote">')[0])
        for text in chain((match[1] for match in _PARAGRAPH.finditer(html)), [html]):
            words = unescape(self._plain(text)).split()
            if words:
                return shorten(" ".join(words))
        return ""


def _markdown(settings: dict[str, Any]) -> SparingMarkdown:
    extensions = [e for e in settings.get("extensions", ()) if not str(e).endswith("meta")]
    return SparingMarkdown(
        **{**settings, "extensions": [*extensions, Spare(), _Fit()], "output_format": "html"}
    )


def _spellings(value: str) -> tuple[str, ...]:
    """The address of a link as Markdown or HTML may write it, the surest first."""
    return (f"]({value}", f'"{value}', f"'{value}", f"]: {value}", value)


def _poison(text: str) -> tuple[Said, Said, str] | None:
    """What Markdown or XML would choke on: message, remedy, and the words where it stands."""
    for found in _REFERENCE.finditer(text):
        number = int(found[2] or found[1], 16 if found[2] else 10)
        if number > MAX_UNICODE or chr(number) in INVISIBLE:
            message = said("“{word}” stands for a character that nobody sees.", word=found[0])
            return message, said("Delete it."), found[0]
    if text.count("[") >= MANY_BRACKETS and (match := _BRACKETS.search(text)):
        message = said("So many brackets in a row cannot be read in reasonable time.")
        return message, said("Take brackets away."), match[0]
    return None


def _wrong(value: str) -> tuple[Level, Said, Said, tuple[str, ...]]:
    """What is wrong with the address of a link or a picture: level, message, remedy, needles."""
    if _EXTERNAL.match(value):
        return (
            Level.ADVICE,
            said("A picture of another site was left out: it would vanish with that site."),
            said("Put the picture beside the notice and link it by its relative path."),
            (value,),
        )
    if not _PELICAN.sub("", value):
        return (
            Level.FAULT,
            said("A link or a picture has no address."),
            said("Write where it leads, or take the brackets away."),
            (f"]({value})", f'="{value}"', f"='{value}'", "]( "),
        )
    return (
        Level.FAULT,
        said("“{value}” leads out of the content folder.", value=value),
        said("Put the file beside the notice and link it by its relative path."),
        (value,),
    )


def shorten(text: str, limit: int = EXCERPT) -> str:
    """`text`, cut at a word's end to `limit` characters at most."""
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"
