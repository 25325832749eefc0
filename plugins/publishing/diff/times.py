"""Which pages of months and years have nothing left to list, such as after a date was corrected."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from plugins.model.archive import EVENTS
from plugins.model.manifest import Item
from plugins.model.output import file_of
from plugins.publishing.diff.feeds import places_of
from plugins.publishing.diff.published import Published

_PAGE = re.compile(r"(?P<top>.*/)(?P<time>\d{4}(?:/\d{2})?)/index\.html")
_ZONES = timedelta(hours=14)
"""How far the day of any zone is from that of UTC, at most."""

_Time = tuple[str, str, str]
"""A listing by its name and key, and a month or a year like “2009/10” or “2009”."""


def emptied(files: Iterable[str], state: Published) -> set[str]:
    """The files among these that are pages of time below a listing of `state`, which lists nothing
    of that time. Where the site's zone could make a difference, it is said to list nothing.
    """
    pages = [page for page in map(_PAGE.fullmatch, files) if page]
    if not pages:
        return set()
    tops = {
        file_of(address).removesuffix("index.html"): (shelf.name, shelf.key)
        for shelf in state.index.listings
        for address in (*shelf.addresses.values(), *shelf.former)
    }
    filled = {time for item in state.items() for time in _times(item)}
    return {
        page.string
        for page in pages
        if page["top"] in tops and (*tops[page["top"]], page["time"]) not in filled
    }


def _times(item: Item) -> Iterator[_Time]:
    """Each month and year of each listing in which an edition is for certain."""
    for name, key, _ in places_of(item):
        at = item.event.starts if name == EVENTS and item.event else item.published
        instant = datetime.fromisoformat(at)
        first, last = instant - _ZONES, instant + _ZONES
        for form in ("%Y", "%Y/%m"):
            if first.strftime(form) == last.strftime(form):
                yield name, key, first.strftime(form)
