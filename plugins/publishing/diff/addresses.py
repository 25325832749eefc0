"""Which addresses would break: those that lead nowhere, those at which somebody else would stand.

Where both states have an inventory, every page, feed and calendar counts; otherwise those that the
manifest names. What is neither named nor read by people or programs from outside (the parts of the
search index, copies of pictures, style sheets) may come and go.
"""

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from unicodedata import normalize
from urllib.parse import quote, unquote

from msgspec import Struct

from plugins.model.manifest import Item
from plugins.model.output import file_at, file_of
from plugins.publishing.diff.pages import WITHDRAWN
from plugins.publishing.diff.published import Published
from plugins.publishing.diff.times import emptied

_PROMISED = re.compile(
    r"(?P<page>.*\.html)|(?P<feed>(?:.*/)?feed\.(?:xml|atom|json))|(?P<calendar>.*\.ics)"
)


class Kind(StrEnum):
    """What was at an address; `TIME` is a month or a year that has nothing left to list."""

    PAGE = "page"
    FILE = "file"
    FEED = "feed"
    CALENDAR = "calendar"
    TIME = "time"


class Lost(Struct, frozen=True, order=True):
    """An address that would lead nowhere; the title of what was there, if anybody knows."""

    address: str
    kind: str
    title: str = ""


class Renamed(Struct, frozen=True, order=True):
    """An address at which another id or guid would stand."""

    address: str
    title: str
    id_before: str
    id_after: str
    guid_before: str
    guid_after: str


def renamed(old: Iterable[Item], new: Iterable[Item]) -> tuple[Renamed, ...]:
    """The addresses at which another edition stands."""
    after = {item.address: item for item in new}
    pairs = ((item, after[item.address]) for item in old if item.address in after)
    return tuple(
        sorted(
            Renamed(one.address, other.title, one.id, other.id, one.guid, other.guid)
            for one, other in pairs
            if (one.id, one.guid) != (other.id, other.guid)
        )
    )


def lost(before: Published, after: Published) -> tuple[Lost, ...]:
    """The addresses that lead nowhere, sorted: withdrawal leaves a page, an alias leads on. The
    files of what was withdrawn go with it.
    """
    there = {*_named(after), *_withdrawn(before, after)}
    if after.inventory:
        there |= after.inventory.files.keys()
    gone = {file: found for file, found in _named(before).items() if file not in there}
    if before.inventory and after.inventory:
        unnamed = before.inventory.files.keys() - there - gone.keys()
        times = emptied(unnamed, after)
        for file in unnamed:
            if match := _PROMISED.fullmatch(file):
                kind = Kind.TIME if file in times else str(match.lastgroup)
                gone[file] = Lost(_address(file), kind)
    return tuple(sorted(set(gone.values())))


def _withdrawn(before: Published, after: Published) -> Iterator[str]:
    """The files of what is withdrawn now."""
    guids = {item.guid for item in after.items(besides=before) if item.status == WITHDRAWN}
    for item in before.items(besides=after):
        if item.guid in guids:
            yield from map(_file, item.files)


def _named(state: Published) -> dict[str, Lost]:
    """What the manifest of a state names, by the path of its file."""
    found: dict[str, Lost] = {}
    for address, kind, title in (*_of_index(state), *_of_items(state.items())):
        file = _file(address) if kind is Kind.FILE else file_at(address)
        found.setdefault(file, Lost(address, kind, title))
    return found


def _of_items(items: Iterable[Item]) -> Iterator[tuple[str, Kind, str]]:
    for item in items:
        yield item.address, Kind.PAGE, item.title
        for address in item.former:
            yield address, Kind.PAGE, item.title
        for address in item.files:
            yield address, Kind.FILE, ""


def _of_index(state: Published) -> Iterator[tuple[str, Kind, str]]:
    index = state.index
    feeds = index.feeds.files if index.feeds else ()
    for home in index.languages:
        yield home.address, Kind.PAGE, home.name
    for page in index.pages:
        yield page.address, Kind.PAGE, page.title
    for shelf in index.listings:
        for language, address in shelf.addresses.items():
            title = shelf.labels.get(language, "")
            yield address, Kind.PAGE, title
            yield from ((address + file, Kind.FEED, title) for file in feeds)
        for address in shelf.former:
            yield address, Kind.PAGE, ""
            yield from ((address + file, Kind.FEED, "") for file in feeds)
            yield from ((f"{address}calendar.ics", Kind.CALENDAR, "") for _ in shelf.calendars)
        for language, address in shelf.calendars.items():
            yield address, Kind.CALENDAR, shelf.labels.get(language, "")
    for folder in index.feeds.archives if index.feeds else ():
        yield from ((folder + file, Kind.FEED, "") for file in feeds)


def _file(address: str) -> str:
    return file_of(normalize("NFC", unquote(address)))


def _address(file: str) -> str:
    return quote("/" + (file.removesuffix("index.html") if file.endswith("/index.html") else file))
