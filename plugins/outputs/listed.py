"""What the home page and the listings share: links with counts, a list's calendar, what comes."""

from msgspec import Struct

from plugins.model.archive import EVENTS, Archive
from plugins.model.notice import Edition, Phase, Status
from plugins.model.output import Press, Words

COMING = 10
"""Coming events that a page shows."""


class Counted(Struct, frozen=True):
    """A year or a month with the number of its notices."""

    text: str
    href: str
    count: str


class TopicView(Struct, frozen=True):
    """A tag or a category with the number of its notices."""

    label: str
    href: str
    count: int
    description: str


class CalendarView(Struct, frozen=True):
    """The calendar of a list: its name, the file, and the address by which programs follow it."""

    name: str
    href: str
    webcal: str


def calendar_view(press: Press, name: str, address: str) -> CalendarView:
    """The calendar at an address of the site."""
    absolute = press.site.absolute(address)
    return CalendarView(name, press.site.href(address), f"webcal:{absolute.partition(':')[2]}")


def count_words(words: Words, number: int) -> str:
    """How many notices."""
    return words.count("{number} notice", "{number} notices", number)


def year_links(
    press: Press, words: Words, address: str, counts: list[tuple[int, int]]
) -> tuple[Counted, ...]:
    """The years, below an address, that have notices."""
    home = press.site.href(address)
    return tuple(
        Counted(str(year), f"{home}{year}/", count_words(words, number))
        for year, number in counts
        if number
    )


def coming_events(archive: Archive, language: str) -> list[Edition]:
    """Events that are not over, the next one first."""
    coming = [
        edition
        for edition in archive.listings[EVENTS, ""].shelves[language].editions
        if edition.event
        and edition.status is not Status.WITHDRAWN
        and archive.phase(edition) is not Phase.PAST
    ]
    return sorted(coming, key=_by_start)[:COMING]


def _by_start(edition: Edition) -> tuple[float, str]:
    return (edition.event.starts.at.timestamp() if edition.event else 0, edition.id)
