"""Related notices: those that stand near a notice in the lists of its tags.

Who of them is shown is decided when the page is rendered: planning compares no notices with each
other.
"""

from collections.abc import Collection, Sequence
from datetime import timedelta
from functools import cache

from msgspec import Struct

from plugins.model.archive import TAG, Archive
from plugins.model.notice import Edition, Status
from plugins.model.output import Press, Words

MOST = 4
"""Notices that a page shows."""

NEAR = 2
"""Notices on each side of one in the list of a tag that may be shown."""


class RelatedView(Struct, frozen=True):
    """A notice with its day, for programs (ISO 8601) and in words."""

    title: str
    href: str
    iso: str
    day: str


class Beside:
    """The editions of a language near each one in the lists of its tags: `NEAR` on each side that
    were not withdrawn. One that is near in several lists is there several times.
    """

    def __init__(self, archive: Archive, language: str) -> None:
        self._ids = [edition.id for edition in archive.editions(language)]
        self._lists = {
            listing.term.key: [
                edition
                for edition in listing.shelves[language].editions
                if edition.status is not Status.WITHDRAWN
            ]
            for listing in archive.of(TAG)
            if listing.term
        }
        self._places = cache(self._places_of)

    def of(self, edition: Edition) -> list[Edition]:
        """Those near an edition."""
        found = []
        for tag in edition.tags:
            editions, place = self._lists[tag], self._places(tag).get(edition.id)
            if place is not None:
                found += editions[max(0, place - NEAR) : place]
                found += editions[place + 1 : place + 1 + NEAR]
        return found

    def keys(self) -> dict[str, bytes]:
        """What stands for those near each edition, and for itself, by the id of its notice."""
        found: dict[str, list[bytes]] = {identity: [] for identity in self._ids}
        for editions in self._lists.values():
            cards = [edition.card for edition in editions]
            for place, edition in enumerate(editions):
                near = cards[max(0, place - NEAR) : place + 1 + NEAR]
                found[edition.id].append(b"".join(near))
        return {identity: b"".join(parts) for identity, parts in found.items()}

    def _places_of(self, tag: str) -> dict[str, int]:
        """Where each notice stands in the list of a tag."""
        return {edition.id: place for place, edition in enumerate(self._lists[tag])}


def related(
    edition: Edition, others: Sequence[Edition], elsewhere: Collection[str]
) -> list[Edition]:
    """Those of `others` that are shown: the more tags they share, then the nearer in time, the
    sooner. The page already leads to those whose addresses are `elsewhere`.
    """
    tags = set(edition.tags)
    fit = {other.id: other for other in others if other.address not in elsewhere}

    def rank(other: Edition) -> tuple[int, timedelta, str]:
        return -len(tags.intersection(other.tags)), abs(other.date - edition.date), other.id

    return sorted(fit.values(), key=rank)[:MOST]


def related_view(press: Press, words: Words, edition: Edition) -> RelatedView:
    """A notice as a page that it is related to names it."""
    href, day = press.site.href(edition.address), edition.day
    return RelatedView(edition.title, href, day.isoformat(), words.day(day))
