"""Related notices: those that stand near a notice in the lists of its tags.

The neighbours in each list are known after one pass over the lists; who of them is shown is
decided when the page is rendered, so that planning compares no notices with each other.
"""

from collections.abc import Collection, Sequence
from datetime import timedelta

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


def beside(archive: Archive, language: str) -> dict[str, list[Edition]]:
    """The editions near each one in the lists of its tags, by the id of the notice: `NEAR` on each
    side that were not withdrawn. One that is near in several lists is there several times.
    """
    found: dict[str, list[Edition]] = {edition.id: [] for edition in archive.editions(language)}
    for listing in archive.of(TAG):
        editions = [
            e for e in listing.shelves[language].editions if e.status is not Status.WITHDRAWN
        ]
        lists = [found[edition.id] for edition in editions]
        for apart in range(1, NEAR + 1):
            for newer, older, of_newer, of_older in zip(
                editions, editions[apart:], lists, lists[apart:], strict=False
            ):
                of_newer.append(older)
                of_older.append(newer)
    return found


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
