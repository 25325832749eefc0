"""Vouches for HTML of our own kind, quickly: whole, nested, quoted, so that no parser must guess.

The parser of the HTML standard complains of nothing that passes here; of what does not pass it may,
and is to be asked. Stricter than HTML: what HTML allows to leave out must be there, names are lower
case, values stand in double quotes, and what is rare (templates, comments, MathML) does not pass at
all.
"""

import re
from functools import lru_cache
from typing import NamedTuple

LISTENED = frozenset(
    {
        *("href", "src", "srcset", "poster", "action", "data", "cite"),
        *("id", "name", "hreflang", "http-equiv", "property"),
    }
)
"""The attributes for which a tag is given."""

PICTURES = ("og:image", "twitter:image")
TOLD = ("robots", *PICTURES)
"""Of what a page tells of itself (`meta`), what is listened to."""

_VOID = "area br col embed hr img input link meta source track wbr"
VOID = frozenset(_VOID.split())

_DRAWN = "circle ellipse line path polygon polyline rect use"
_EMPTY = frozenset(_DRAWN.split())
"""Elements of SVG that may be closed as they are opened."""

_VECTORS = _EMPTY | {"a", "desc", "g", "text", "title"}
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CLOSING = """
  address article aside blockquote details div dl fieldset figcaption figure footer form header hr
  legend main nav noscript ol p pre search section summary table ul
"""
_BLOCKS = frozenset(_CLOSING.split())
_IN_LINES = """
  a abbr audio b bdi bdo br button cite code data del dfn em i iframe img input ins kbd label mark
  meter output picture progress q s samp script select small source span strong style sub sup svg
  textarea time track u var video wbr
"""
_NOTHING: frozenset[str] = frozenset()
_ROWS = frozenset({"tr"})
_CHILDREN = {
    "": frozenset({"html"}),
    "html": frozenset({"head", "body"}),
    "head": frozenset({"base", "link", "meta", "script", "style", "title"}),
    "ul": frozenset({"li"}),
    "ol": frozenset({"li"}),
    "dl": frozenset({"dt", "dd", "div"}),
    "table": frozenset({"caption", "thead", "tbody", "tfoot"}),
    "thead": _ROWS,
    "tbody": _ROWS,
    "tfoot": _ROWS,
    "tr": frozenset({"td", "th"}),
    "svg": _VECTORS,
    "g": _VECTORS,
    "select": frozenset({"optgroup", "option"}),
    "optgroup": frozenset({"option"}),
    **dict.fromkeys(("script", "style", "title", "desc", "textarea", "iframe"), _NOTHING),
    "option": _NOTHING,
    **dict.fromkeys(("text", *_EMPTY), frozenset({"title"})),
}
"""What may stand in elements that do not hold all that flows."""

_NOT_WITHIN = {
    **dict.fromkeys(_BLOCKS, frozenset({"p"})),
    **dict.fromkeys(_HEADINGS, frozenset({"p", *_HEADINGS})),
    "form": frozenset({"p", "form"}),
    "a": frozenset({"a"}),
    "button": frozenset({"button"}),
}
"""The elements that a parser closes, or misses, when another begins within."""

_FLOWING = _BLOCKS.union(_HEADINGS, _IN_LINES.split())
_KNOWN = _FLOWING.union(*_CHILDREN.values())
_WORDLESS = frozenset({"", "html", "head", "table", "thead", "tbody", "tfoot", "tr", "iframe"})

_START = re.compile(r"<!doctype html>\s*(?=<html[\s>])", re.IGNORECASE)
_ODD = re.compile(r"[^\t\n\x20-\x7e\xa0-\ufdcf\ufdf0-\ufffc\U00010000-\U0001fffd]")
"""What no text holds, or hardly ever: control characters, what is no character (HTML 13.2.3.5)."""

_UNSURE = re.compile(r"&(?!(?:amp|lt|gt|quot|nbsp|#34|#39|#x27);)")
_ATTRIBUTE = r"\s+([A-Za-z][A-Za-z0-9_.-]*)(?:=\"[^\"]*\")?"
_TAG = re.compile(
    rf"(?P<name>[a-z][a-z0-9]*(?P<own>-[a-z0-9-]+)?)"
    rf"(?P<attributes>(?:{_ATTRIBUTE.replace('(', '(?:', 1)})*)\s*(?P<closed>/?)",
    re.ASCII,
)
_ATTRIBUTES = re.compile(_ATTRIBUTE, re.ASCII)


class _Tag(NamedTuple):
    """A start tag: whether nothing stands within it, whether it has what is listened to, whether
    it stands wherever something flows, and the elements in which it must not stand.
    """

    name: str
    is_empty: bool
    is_listened: bool
    is_flowing: bool
    not_within: frozenset[str]


def tags_of(text: str) -> list[str] | None:
    """The start tags of a page that are to be listened to, as they are written between `<` and
    `>`, in their order; nothing, if somebody else has to parse the page.
    """
    start = _START.match(text)
    if not start or _ODD.search(text) or _UNSURE.search(text):
        return None
    found: list[str] = []
    first: list[str] = []
    open_ = [""]
    for piece in text[start.end() + 1 :].split("<"):
        inside, end, words = piece.partition(">")
        if inside[:1] == "/":
            if inside[1:] != open_.pop() or not end:
                return None
        else:
            tag = _read(inside)
            if tag is None or not end or not _fits(tag, open_):
                return None
            if tag.is_listened:
                found.append(inside)
            if len(open_) < 3:
                first.append(tag.name)
            if not tag.is_empty:
                open_.append(tag.name)
        if open_[-1] in _WORDLESS and words and not words.isspace():
            return None
    return found if open_ == [""] and first == ["html", "head", "body"] else None


def _fits(tag: _Tag, around: list[str]) -> bool:
    """Whether an element may stand there."""
    parent = around[-1]
    children = _CHILDREN.get(parent)
    if parent == "a" and "svg" in around:
        children = _VECTORS
    if children is not None:
        fits = tag.name in children
    else:
        is_term = tag.name in ("dt", "dd") and parent == "div" and around[-2] == "dl"
        fits = tag.is_flowing or is_term
    return fits and (not tag.not_within or tag.not_within.isdisjoint(around))


@lru_cache(1 << 15)
def _read(inside: str) -> _Tag | None:
    """A start tag that is beyond doubt."""
    match = _TAG.fullmatch(inside)
    if not match:
        return None
    name = match["name"]
    attributes = [attribute.lower() for attribute in _ATTRIBUTES.findall(match["attributes"])]
    is_known = name in _KNOWN or match["own"]
    is_empty = name in VOID or (name in _EMPTY and bool(match["closed"]))
    if not is_known or len(set(attributes)) < len(attributes) or "xmlns" in attributes:
        return None
    if match["closed"] and not is_empty:
        return None
    is_listened = not LISTENED.isdisjoint(attributes)
    if name == "meta" and "http-equiv" not in attributes:
        is_listened = any(f'"{told}"' in inside for told in TOLD)
    is_flowing = name in _FLOWING or bool(match["own"])
    return _Tag(name, is_empty, is_listened, is_flowing, _NOT_WITHIN.get(name, _NOTHING))
