"""The agenda: events by the days on which they take place, not by those of their announcement."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from plugins.model.notice import Day, Edition

Month = tuple[int, int]
"""A year and a month of it, from 1."""


class Dated(NamedTuple):
    """An event with its first day and its last one."""

    first: Day
    last: Day
    edition: Edition


class Agenda:
    """The events of one language, each list by start, soonest first.

    `years` holds an event in the year of its first day, `months` in each month on a day of which it
    takes place.
    """

    __slots__ = ("events", "months", "years")

    def __init__(self, editions: Iterable[Edition], zone: ZoneInfo) -> None:
        self.events = sorted(_dated(editions, zone), key=_by_start)
        self.years: dict[int, list[Dated]] = {}
        self.months: dict[Month, list[Dated]] = {}
        for dated in self.events:
            self.years.setdefault(dated.first.year, []).append(dated)
            for month in _months(dated.first, dated.last):
                self.months.setdefault(month, []).append(dated)


def _dated(editions: Iterable[Edition], zone: ZoneInfo) -> Iterator[Dated]:
    for edition in editions:
        if edition.event:
            yield Dated(*edition.event.days(zone), edition)


def _by_start(dated: Dated) -> tuple[float, str]:
    event = dated.edition.event
    return (event.starts.at.timestamp() if event else 0, dated.edition.id)


def _months(first: Day, last: Day) -> Iterator[Month]:
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month):
        yield year, month
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def weeks(year: int, month: int, begins: int) -> list[list[Day]]:
    """The weeks of a month, whole, with days of the months before and after it.

    `begins` is the day on which weeks begin, 1 for Monday to 7 for Sunday (ISO 8601).
    """
    first = date(year, month, 1)
    day = first - timedelta(days=(first.isoweekday() - begins) % 7)
    found: list[list[Day]] = []
    while not found or (day.year, day.month) == (year, month):
        found.append([day + timedelta(days=n) for n in range(7)])
        day += timedelta(days=7)
    return found
