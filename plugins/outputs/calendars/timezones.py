"""A time zone as calendars carry it (RFC 5545, VTIMEZONE), for the years that they need."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple
from zoneinfo import ZoneInfo

STEP = timedelta(days=7)
"""No zone changes its clocks, and back, within a week."""


class Observance(NamedTuple):
    """From `at`, an instant, clocks show `after` of UTC instead of `before`."""

    before: timedelta
    after: timedelta
    name: str
    is_summer: bool
    at: datetime


@cache
def vtimezone(zone: ZoneInfo, first: int, last: int) -> bytes:
    """The zone from the day before a year to the end of another, and its changes in between.

    The day is for programs that compare the time of another zone with the beginning. icalendar's
    own `Timezone.from_tzinfo` tells when clocks change by the new time, where the RFC (3.6.5) asks
    for the old one, and looks for a next change until the year 9999.
    """
    import icalendar

    component = icalendar.Timezone()
    component.add("tzid", zone.key)
    for _, group in groupby(sorted(_observances(zone, first, last)), itemgetter(slice(4))):
        found = list(group)
        start = found[0]
        part = icalendar.TimezoneDaylight() if start.is_summer else icalendar.TimezoneStandard()
        dates = [_by_the_old_clock(observance) for observance in found]
        part.add("dtstart", dates[0])
        part.add("tzoffsetfrom", start.before)
        part.add("tzoffsetto", start.after)
        part.add("tzname", start.name)
        if dates[1:]:
            part.add("rdate", dates[1:])
        component.add_component(part)
    return bytes(component.to_ical())


def _by_the_old_clock(observance: Observance) -> datetime:
    return (observance.at + observance.before).replace(tzinfo=None)


def _observances(zone: ZoneInfo, first: int, last: int) -> Iterator[Observance]:
    """What the zone shows when the first year begins, then each of its changes."""
    begin = (datetime(first, 1, 1, tzinfo=zone) - timedelta(days=1)).astimezone(UTC)
    yield _observance(zone, begin, _offset(zone, begin))
    for year in range(first, last + 1):
        yield from _changes(zone, year)


@cache
def _changes(zone: ZoneInfo, year: int) -> tuple[Observance, ...]:
    """The changes of a zone's clocks in a year."""
    found = []
    at = datetime(year, 1, 1, tzinfo=zone).astimezone(UTC)
    end = datetime(year + 1, 1, 1, tzinfo=zone).astimezone(UTC)
    while at < end:
        before = _offset(zone, at)
        later = min(at + STEP, end)
        if _offset(zone, later) != before:
            found.append(_observance(zone, _first_other(zone, at, later), before))
        at = later
    return tuple(found)


def _first_other(zone: ZoneInfo, low: datetime, high: datetime) -> datetime:
    """The first second after `low` at which clocks show something else, as they do at `high`."""
    before = _offset(zone, low)
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) // timedelta(seconds=2) * timedelta(seconds=1)
        low, high = (middle, high) if _offset(zone, middle) == before else (low, middle)
    return high


def _observance(zone: ZoneInfo, at: datetime, before: timedelta) -> Observance:
    local = at.astimezone(zone)
    is_summer = (local.dst() or timedelta()) > timedelta()  # in Dublin, winter is less than none
    return Observance(before, _offset(zone, at), local.tzname() or "", is_summer, at)


def _offset(zone: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()
