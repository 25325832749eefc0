"""Spares Python-Markdown the searches that cannot find anything; its HTML stays the same.

Nearly all of a notice is plain text, in which no pattern, block or attribute can begin. Each class
here leaves out one kind of search where the signs that it looks for are not there. What is known of
Markdown's own processors and those of `extra` is not known of others: with an extension that adds
some, all is searched again.
"""

import re
from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element

import markdown
from markdown.blockprocessors import ParagraphProcessor
from markdown.extensions import Extension
from markdown.extensions.toc import TocTreeprocessor, unique
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString


class SparingMarkdown(markdown.Markdown):
    """Markdown that lets its processors ask for the text, and knows the tags of blocks by heart."""

    def __init__(self, **settings: Any) -> None:
        self.source = ""
        self._blocks: dict[Any, bool] = {}
        super().__init__(**settings)

    def convert(self, source: str) -> str:
        """The HTML of a text."""
        self.source = source
        return super().convert(source)

    def is_block_level(self, tag: Any) -> bool:
        """Whether an element is a block; extensions name theirs before the first text."""
        found = self._blocks.get(tag)
        if found is None:
            found = self._blocks[tag] = super().is_block_level(tag)
        return found


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
    return text if _INLINE.search(text) or _BREAK in text else _PlainText(text)


_BREAK = "  \n"
_INLINE = re.compile("[\\\\`*_!\\[<&\x02]")
"""Where one of Markdown's own inline patterns, or one of `extra`, can begin, besides `_BREAK`."""

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


class _PlainParagraph(ParagraphProcessor):
    """Spares plain paragraphs the search for every other kind of block."""

    def test(self, _parent: Element, block: str) -> bool:
        """Whether no other kind of block can begin in any line of it."""
        return _PLAIN_BLOCK.fullmatch(block) is not None


_PLAIN_BLOCK = re.compile(r"[^\W\d_][^\n|]*(?:\n[^\W\d_][^\n|]*)*")
"""Lines that begin with a letter and hold no cell: no block of Markdown or of `extra` does."""

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
"""The kinds of blocks of which that is known; with another one, all are looked for."""


_SIGNS = (
    ("preprocessors", "fenced_code_block", "`~"),
    ("preprocessors", "html_block", "<&"),
    ("treeprocessors", "attr_list", "{"),
    ("treeprocessors", "unescape", "\\"),
)
"""Processors that look at each line or element, and the signs that they look for."""


def _only_with(signs: str, md: SparingMarkdown, run: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """A processor's `run` that leaves lines or tree as they are where no sign is in the text."""

    def run_if_signed(subject: Any) -> Any:
        return run(subject) if any(map(md.source.__contains__, signs)) else subject

    return run_if_signed


class _HeadingIds(Treeprocessor):
    """Gives headings the ids that `toc` gives them; the rest of `toc` is for tables of contents."""

    def __init__(self, md: SparingMarkdown, toc: TocTreeprocessor) -> None:
        super().__init__(md)
        self._text, self._toc = md, toc
        self._is_bare = not toc.use_anchors and toc.use_permalinks in (False, None)

    def run(self, root: Element) -> None:
        toc, headings, used = self._toc, [], set()
        for element in root.iter():
            if "id" in element.attrib:
                used.add(element.attrib["id"])
            if isinstance(element.tag, str) and toc.header_rgx.match(element.tag):
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


class Spare(Extension):
    """Puts all this in the place of what it spares; the last of the extensions."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 (Markdown's own name)
        """Register what is known to be safe with the extensions there are."""
        assert isinstance(md, SparingMarkdown)
        blocks, trees = md.parser.blockprocessors, md.treeprocessors
        if len(blocks) == sum(name in blocks for name in _BLOCKS):
            blocks.register(_PlainParagraph(md.parser), "plain_paragraph", 76)
        for registry, name, signs in _SIGNS:
            processors = getattr(md, registry)
            if name in processors:
                processors[name].run = _only_with(signs, md, processors[name].run)
        if "toc" in trees and type(trees["toc"]) is TocTreeprocessor:
            trees.register(_HeadingIds(md, trees["toc"]), "toc", 5)
        trees.register(_BeforeInline(md), "before_inline", 21)
        trees.register(_AfterInline(md), "after_inline", 19)
