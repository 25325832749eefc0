"""Spares Python-Markdown the searches that cannot find anything; its HTML stays the same.

Nearly all of a notice is plain text, in which no pattern, block or attribute can begin. Each part
here leaves out one kind of search where the signs that it looks for are not there. What is known of
Markdown's own processors and those of `extra` is not known of others: with an extension that adds
some, nothing is spared.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any
from xml.etree.ElementTree import Element

import markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor, ParagraphProcessor
from markdown.extensions import Extension
from markdown.extensions.toc import TocTreeprocessor, unique
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

_PREPROCESSORS = {"normalize_whitespace", "html_block", "fenced_code_block"}

_BLOCKS = {
    "empty",
    "indent",
    "code",
    "hashheader",
    "setextheader",
    "hr",
    "olist",
    "ulist",
    "quote",
    "reference",
    "paragraph",
    "abbr",
    "defindent",
    "deflist",
    "footnote",
    "markdown_block",
    "table",
}

_TREES = {
    "inline",
    "prettify",
    "unescape",
    "footnote",
    "footnote-duplicate",
    "attr_list",
    "abbr",
    "toc",
}

_BREAK = "  \n"
_PATTERNS: dict[str, Sequence[str]] = {
    "backtick": "`",
    "escape": "\\",
    "footnote": "[",
    "reference": "[",
    "link": "[",
    "image_link": "[",
    "image_reference": "[",
    "short_reference": "[",
    "short_image_ref": "[",
    "autolink": "<",
    "automail": "<",
    "linebreak": (_BREAK, "\t", "<"),  # of tabs, and where HTML is cut out, spaces come about
    "html": "<",
    "entity": "&",
    "not_strong": "*_",
    "em_strong": "*_",
    "em_strong2": "_",
}
"""The inline patterns that are known, each with the signs without which it finds nothing."""

_SIGNS = (
    ("preprocessors", "fenced_code_block", "`~"),
    ("preprocessors", "html_block", "<&"),
    ("treeprocessors", "attr_list", "{"),
    ("treeprocessors", "unescape", "\\"),
)
"""Processors that look at each line or element, and the signs that they look for."""


class SparingMarkdown(markdown.Markdown):
    """Markdown that lets its processors ask for the text, and knows the tags of blocks by heart."""

    def __init__(self, **settings: Any) -> None:
        self.source = ""
        self._blocks: dict[Any, bool] = {}
        super().__init__(**settings)

    def convert(self, source: str) -> str:
        """The HTML of a text."""
        self.source = f"{source}\n"  # as processors see it
        return super().convert(source)

    def is_block_level(self, tag: Any) -> bool:
        """Whether an element is a block; extensions name theirs before the first text."""
        found = self._blocks.get(tag)
        if found is None:
            found = self._blocks[tag] = super().is_block_level(tag)
        return found

    def has(self, signs: Sequence[str]) -> bool:
        """Whether any of these signs is in the text."""
        return any(map(self.source.__contains__, signs))


class Spare(Extension):
    """Puts all this in the place of what it spares; the last of the extensions that add any."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 (Markdown's own name)
        """Spare what is known, unless there is something else."""
        assert isinstance(md, SparingMarkdown)
        parser: Any = md.parser
        trees, inline = md.treeprocessors, md.treeprocessors["inline"]
        known = (
            (md.preprocessors, _PREPROCESSORS),
            (parser.blockprocessors, _BLOCKS),
            (trees, _TREES),
            (md.inlinePatterns, _PATTERNS.keys()),
        )
        if any(len(there) > sum(name in there for name in names) for there, names in known):
            return
        whitespace: Any = md.preprocessors["normalize_whitespace"]
        whitespace.run = _with_whitespace(md, whitespace.run)
        for registry, name, signs in _SIGNS:
            processors = getattr(md, registry)
            if name in processors:
                processors[name].run = _only_with(signs, md, processors[name].run)
        parser.blockprocessors.register(_PlainParagraph(parser), "plain_paragraph", 106)
        parser.parseBlocks = _in_order(parser)
        trees.register(_BeforeInline(md, inline), "before_inline", 21)
        trees.register(_AfterInline(md), "after_inline", 19)
        if "toc" in trees and type(trees["toc"]) is TocTreeprocessor:
            trees.register(_HeadingIds(md, trees["toc"]), "toc", 5)


def _with_whitespace(
    md: SparingMarkdown, run: Callable[[list[str]], list[str]]
) -> Callable[[list[str]], list[str]]:
    """What `normalize_whitespace` does, which only adds two empty lines to most texts."""

    def run_or_add(lines: list[str]) -> list[str]:
        return run(lines) if md.has(_WHITESPACE) else [*lines, "", ""]

    return run_or_add


_WHITESPACE = ("\x02", "\x03", "\r", "\t", " \n")


def _only_with(signs: str, md: SparingMarkdown, run: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """A processor's `run` that leaves lines or tree as they are where no sign is in the text."""

    def run_if_signed(subject: Any) -> Any:
        return run(subject) if md.has(signs) else subject

    return run_if_signed


def _in_order(parser: BlockParser) -> Callable[[Element, list[str]], None]:
    """A parser's `parseBlocks` that puts its processors in order once, not for each block."""
    processors: list[BlockProcessor] = []

    def parse(parent: Element, blocks: list[str]) -> None:
        if not processors:
            processors.extend(parser.blockprocessors)
        while blocks:
            for one in processors:
                if one.test(parent, blocks[0]) and one.run(parent, blocks) is not False:
                    break

    return parse


class _PlainParagraph(ParagraphProcessor):
    """Spares plain paragraphs the search for every other kind of block: it comes first."""

    def test(self, _parent: Element, block: str) -> bool:
        """Whether no other kind of block can begin in any line of it."""
        return _PLAIN_BLOCK.fullmatch(block) is not None


_PLAIN_BLOCK = re.compile(r"[^\W\d_][^\n|]*(?:\n[^\W\d_][^\n|]*)*")
"""Lines that begin with a letter and hold no cell: no block of Markdown or of `extra` does."""


class _PlainText(AtomicString):
    """Text in which no inline pattern can begin; Markdown leaves atomic strings alone."""


class _BeforeInline(Treeprocessor):
    """Spares plain text the search for each of the inline patterns: half of Markdown's time; and
    all other text the search for those whose signs are nowhere.
    """

    def __init__(self, md: SparingMarkdown, inline: Treeprocessor) -> None:
        super().__init__(md)
        self._text = md
        self._inline: Any = inline
        patterns = md.inlinePatterns
        names = sorted(filter(patterns.__contains__, _PATTERNS), key=patterns.get_index_for_name)
        self._signed = [(patterns[name], _PATTERNS[name]) for name in names]

    def run(self, root: Element) -> None:
        has = self._text.has
        self._inline.inlinePatterns = [pattern for pattern, signs in self._signed if has(signs)]
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
    return text if _INLINE.search(text) or _BREAK in text else _PlainText(text)


_INLINE = re.compile("[\\\\`*_!\\[<&\x02]")
"""Where one of the inline patterns can begin, besides `_BREAK`."""


class _HeadingIds(Treeprocessor):
    """Gives headings the ids that `toc` gives them; the rest of `toc` is for tables of contents."""

    def __init__(self, md: SparingMarkdown, toc: TocTreeprocessor) -> None:
        super().__init__(md)
        self._text, self._toc = md, toc
        self._is_bare = not toc.use_anchors and toc.use_permalinks in (False, None)
        self._is_heading = cache(self._is_tag_of_heading)

    def _is_tag_of_heading(self, tag: Any) -> bool:
        return isinstance(tag, str) and self._toc.header_rgx.match(tag) is not None

    def run(self, root: Element) -> None:
        toc, headings, used = self._toc, [], set()
        for element in root.iter():
            if "id" in element.attrib:
                used.add(element.attrib["id"])
            if self._is_heading(element.tag):
                headings.append(element)
        is_listed = toc.marker and toc.marker in self._text.source
        if is_listed or not self._is_bare or not all(map(_is_plain, headings)):
            toc.run(root)
            return
        for heading in headings:
            toc.set_level(heading)
            if "id" not in heading.attrib:
                name = " ".join((heading.text or "").split())
                heading.set("id", unique(toc.slugify(name, toc.sep), used))


def _is_plain(heading: Element) -> bool:
    text = heading.text or ""
    return not (len(heading) or "data-toc-label" in heading.attrib or _INLINE.search(text))
