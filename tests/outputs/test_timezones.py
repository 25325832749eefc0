"""Tests of `plugins/outputs/calendars/timezones.py`: a zone as a calendar program reads it."""

from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import icalendar
import pytest

from plugins.outputs.calendars.timezones import vtimezone


def read(zone: ZoneInfo, first: int, last: int) -> icalendar.Timezone:
    """The zone as it is read again."""
    return icalendar.Timezone.from_ical(vtimezone(zone, first, last).decode())


def instant(local: datetime, zone: tzinfo) -> datetime | None:
    """When clocks show a time; none where they show it twice, or not at all."""
    once, again = (local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    return once if once == again else None


@pytest.mark.parametrize(
    ("key", "first", "last"),
    [
        ("Asia/Ho_Chi_Minh", 2008, 2009),
        ("Asia/Ho_Chi_Minh", 1975, 1975),  # changed its clocks on 13 June
        ("Europe/Berlin", 2008, 2010),
        ("Europe/Dublin", 2019, 2021),  # its winter time is the exception
        ("America/St_Johns", 2010, 2012),  # half an hour; the rule changed in 2011
        ("Australia/Lord_Howe", 2025, 2026),  # summer over New Year, by half an hour
        ("Africa/Casablanca", 2025, 2026),  # not in Ramadan
        ("UTC", 2008, 2009),
    ],
)
def test_it_shows_what_the_zone_shows(key: str, first: int, last: int) -> None:
    """At every hour of these years the zone means the same instant as the tz database."""
    zone = ZoneInfo(key)
    told = read(zone, first, last).to_tz(lookup_tzid=False)
    local, wrong = datetime(first, 1, 1), []
    while local.year <= last:
        expected = instant(local, zone)
        if expected and local.replace(tzinfo=told).astimezone(UTC) != expected:
            wrong.append(local)
        local += timedelta(hours=1)
    assert wrong == []


def test_a_change_is_told_by_the_old_clock() -> None:
    """RFC 5545, 3.6.5: the onset is a local time by TZOFFSETFROM; years share an observance."""
    berlin = read(ZoneInfo("Europe/Berlin"), 2025, 2026)
    [summer] = berlin.daylight
    assert summer["DTSTART"].dt == datetime(2025, 3, 30, 2)
    assert [day.dt for day in summer["RDATE"].dts] == [datetime(2026, 3, 29, 2)]
    offsets = [summer[name].td for name in ("TZOFFSETFROM", "TZOFFSETTO")]
    assert offsets == [timedelta(hours=1), timedelta(hours=2)]


def test_a_zone_without_changes_has_one_observance() -> None:
    """It begins the day before the first year, with one offset."""
    saigon = read(ZoneInfo("Asia/Ho_Chi_Minh"), 2008, 2026)
    [standard] = saigon.standard
    assert saigon.tz_name == "Asia/Ho_Chi_Minh"
    assert saigon.daylight == []
    assert standard["DTSTART"].dt == datetime(2007, 12, 31)
    assert standard["TZOFFSETTO"].td == timedelta(hours=7)
