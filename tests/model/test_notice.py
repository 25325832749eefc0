"""Where an event stands at an instant, what has become of a text, what stands for a value."""

from datetime import UTC, date, timedelta
from zoneinfo import ZoneInfo

import pytest

from plugins.model.notice import (
    Change,
    ChangeKind,
    Event,
    Moment,
    Phase,
    digest,
    is_behind,
    old_since,
)
from tests.model.builders import ZONE, a_day, an_edition, at

TIMED = Event(starts=Moment(at("2008-03-20 08:00")), ends=Moment(at("2008-03-20 17:00")))
OPEN = Event(starts=Moment(at("2008-03-20 08:00")))
OVER_MIDNIGHT = Event(starts=Moment(at("2008-03-20 20:00")), ends=Moment(at("2008-03-21 02:00")))
DAY = Event(starts=a_day("2008-03-20"))
DAYS = Event(starts=a_day("2008-03-20"), ends=a_day("2008-03-22"))
ONE_DAY = Event(starts=a_day("2008-03-20"), ends=a_day("2008-03-20"))


@pytest.mark.parametrize(
    ("event", "begins", "is_over"),
    [
        (TIMED, "2008-03-20 08:00", "2008-03-20 17:00"),
        (OPEN, "2008-03-20 08:00", "2008-03-21 00:00"),  # without an end, to the end of its day
        (OVER_MIDNIGHT, "2008-03-20 20:00", "2008-03-21 02:00"),
        (DAY, "2008-03-20 00:00", "2008-03-21 00:00"),
        (DAYS, "2008-03-20 00:00", "2008-03-23 00:00"),  # the last day is whole
        (ONE_DAY, "2008-03-20 00:00", "2008-03-21 00:00"),
    ],
    ids=["timed", "open", "over midnight", "day", "days", "one day"],
)
def test_phase_at_its_edges(event: Event, begins: str, is_over: str) -> None:
    """An event is on from its first instant to the last before its end, in the site's zone."""
    instant = timedelta(microseconds=1)
    assert event.over_at(ZONE) == at(is_over)
    for as_of, phase in (
        (at(begins) - instant, Phase.UPCOMING),
        (at(begins), Phase.NOW),
        (at(is_over) - instant, Phase.NOW),
        (at(is_over), Phase.PAST),
    ):
        assert event.phase(as_of, ZONE) is phase, as_of


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Pacific/Kiritimati"])
def test_a_day_is_of_the_sites_zone(zone: str) -> None:
    """A whole day begins and ends at the midnights of the zone, wherever that is."""
    there = ZoneInfo(zone)
    event = Event(starts=a_day("2008-06-20", there))
    assert event.phase(at("2008-06-19 23:59", there), there) is Phase.UPCOMING
    assert event.phase(at("2008-06-20 23:59", there), there) is Phase.NOW
    assert event.phase(at("2008-06-21 00:00", there), there) is Phase.PAST


@pytest.mark.parametrize(
    ("day", "hours"),
    [("2008-03-29", 24), ("2008-03-30", 23), ("2008-10-26", 25)],  # clocks go on, clocks go back
)
def test_a_day_may_have_23_or_25_hours(day: str, hours: int) -> None:
    """Where clocks are changed, a day ends at its midnight all the same."""
    berlin = ZoneInfo("Europe/Berlin")
    event = Event(starts=a_day(day, berlin))
    assert event.over_at(berlin).astimezone(UTC) - event.starts.at == timedelta(hours=hours)


def test_the_instant_may_be_of_any_zone() -> None:
    """The phase depends on the instant, not on the zone that it is written in."""
    for zone in (UTC, ZONE, ZoneInfo("America/New_York")):
        assert TIMED.phase(at("2008-03-20 17:00").astimezone(zone), ZONE) is Phase.PAST


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("ab", "c"), ("a", "bc")),
        (("a",), ("a", "")),
        ((["a", "b"],), (["b", "a"],)),
        (({"a": 1, "b": 2},), ({"b": 2, "a": 1},)),  # a menu in another order is another menu
        ((1,), ("1",)),
        ((None,), ("",)),
        ((date(2008, 3, 20),), (date(2008, 3, 21),)),
        ((an_edition(title="a"),), (an_edition(title="b"),)),
    ],
)
def test_digest_tells_values_apart(one: tuple[object, ...], other: tuple[object, ...]) -> None:
    """Other parts, or the same in another order or division, have another digest."""
    assert digest(*one) != digest(*other)


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2008-03-21 16:44", "2013-03-21 16:44"),
        ("2008-02-29 16:44", "2013-03-01 16:44"),  # there is no such day five years later
        ("2008-02-29 00:30", "2013-03-01 00:30"),  # the 28th, in UTC
        ("9990-01-01 08:00", "9995-01-01 08:00"),
        ("9998-01-01 08:00", "9999-01-01 08:00"),  # the calendar's end
    ],
)
def test_a_notice_is_old_after_five_years(date: str, expected: str) -> None:
    """To the instant."""
    assert old_since(an_edition(date=date)) == at(expected)


MAJOR, LATER, MINOR = (
    Change(at(f"2008-0{month}-01 08:00"), kind, "", "vi")
    for month, kind in ((4, ChangeKind.MAJOR), (6, ChangeKind.CORRECTION), (8, ChangeKind.MINOR))
)


@pytest.mark.parametrize(
    ("own", "date", "expected"),
    [
        ((MAJOR, LATER, MINOR), "2008-03-21 16:44", False),  # inherited: nobody knows
        ((MAJOR,), "2008-03-21 16:44", True),
        ((MAJOR, MINOR), "2008-03-21 16:44", True),
        ((MAJOR, LATER), "2008-03-21 16:44", False),
        ((), "2008-03-21 16:44", True),
        ((MAJOR,), "2008-07-01 08:00", False),  # translated after that
    ],
)
def test_a_translation_is_behind(own: tuple[Change, ...], date: str, expected: bool) -> None:
    """If its own history lacks the original's last major change."""
    original = an_edition(changes=(MAJOR, LATER, MINOR))
    translation = an_edition(language="en", date=date, changes=own)
    assert is_behind(translation, original) is expected
    assert not is_behind(original, original)


@pytest.mark.parametrize(
    ("made_from", "own", "expected"),
    [
        ("now", (), False),  # its words are known to be up to date, whatever its history lacks
        ("before", (MAJOR, LATER, MINOR), True),
        ("before", (), True),
    ],
)
def test_a_translation_that_says_its_original_is_judged_by_it(
    made_from: str, own: tuple[Change, ...], expected: bool
) -> None:
    """`Translation_of` is compared with the words of the original."""
    original = an_edition(changes=(MAJOR, LATER, MINOR), words="now")
    translation = an_edition(language="en", changes=own, translation_of=made_from)
    assert is_behind(translation, original) is expected


def test_nothing_is_behind_a_translation() -> None:
    """Where the original is not public, no other edition stands for it."""
    translation = an_edition(language="en", translation_of="before", words="now")
    assert not is_behind(translation, translation)


def test_a_major_change_updates() -> None:
    """A minor one does not; without any, it is the date that counts."""
    assert an_edition(changes=(MAJOR, LATER, MINOR)).updated == LATER.at
    assert an_edition(changes=(MINOR,)).updated == an_edition().date
