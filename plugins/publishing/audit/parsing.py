"""The elements of a page as a stranger reads them, with BeautifulSoup, and what a parser misliked.

A page that nobody vouches for is parsed whole by html5lib, which follows the algorithm of browsers
(HTML standard, 13.2) and tells each fault that they pass over; that takes 15 ms. Of one that is
beyond doubt, the start tags say everything, and each is read once, however many pages have it.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import html5lib
from bs4 import BeautifulSoup
from bs4.builder._html5lib import HTML5TreeBuilder

from plugins.publishing.audit.elements import NAMES
from plugins.publishing.audit.vouching import VOID, tags_of

_MOST = 1 << 15
"""Tags that are remembered at a time, by a process: some 20 MB."""


class Element(NamedTuple):
    """An element: `is_known` if HTML, or what is embedded in it, has such a one."""

    name: str
    attributes: Mapping[str, Any]
    is_known: bool = True


class Complaint(NamedTuple):
    """What a parser had to guess: its kind, and where it was, as line and column."""

    kind: str
    place: str


def parsed(data: bytes) -> tuple[Sequence[Element], Sequence[Complaint]]:
    """The elements of a page, in their order: of one that is beyond doubt, those only that have an
    attribute to be listened to. Each complaint is told at its first place.
    """
    try:
        tags = tags_of(data.decode())
    except UnicodeDecodeError:
        tags = None
    return _parsed(data) if tags is None else (_elements(tags), ())


_read: dict[str, Element] = {}


def _elements(tags: Sequence[str]) -> list[Element]:
    """What tags say that have nothing wrong, wherever they stand."""
    if len(_read) > _MOST:
        _read.clear()
    new = [tag for tag in dict.fromkeys(tags) if tag not in _read]
    if new:
        soup = BeautifulSoup("".join(map(_alone, new)), "html.parser")
        for tag, element in zip(new, soup.find_all(True), strict=True):
            _read[tag] = Element(element.name, element.attrs)
    return [_read[tag] for tag in tags]


def _alone(tag: str) -> str:
    name = tag.split(maxsplit=1)[0]
    return f"<{tag}>" if name in VOID or tag.endswith("/") else f"<{tag}></{name}>"


class _Strict(HTML5TreeBuilder):
    """Makes the tree as ever, and keeps what the parser complained of."""

    complaints: Sequence[tuple[tuple[int, int], str, object]] = ()

    def feed(self, markup: str | bytes) -> None:
        """Parse a page."""
        parser = html5lib.HTMLParser(tree=self.create_treebuilder)  # type: ignore[arg-type] # it is called
        self.underlying_builder.parser = parser
        parser.parse(markup, override_encoding="utf-8")
        self.complaints = parser.errors


def _parsed(data: bytes) -> tuple[list[Element], list[Complaint]]:
    strict = _Strict()
    found = []
    for element in BeautifulSoup(data, builder=strict).find_all(True):
        name = element.name
        is_html = name in NAMES or "-" in name
        is_known = is_html or element.find_parent(["svg", "math"]) is not None
        found.append(Element(name, element.attrs, is_known))
    return found, list(_misliked(strict))


def _misliked(builder: _Strict) -> Iterator[Complaint]:
    """Each kind of complaint, with its first place."""
    kinds: dict[str, str] = {}
    for (line, column), code, details in builder.complaints:
        name = str(details.get("name", "")) if isinstance(details, dict) else ""
        kinds.setdefault(f"{code} {name}".strip(), f"{line}:{column}")
    yield from map(Complaint, kinds.keys(), kinds.values())
