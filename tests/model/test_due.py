"""Tests of `plugins/model/due.py`: until the site falls due nothing changes, and then it does."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from plugins.model.due import due
from plugins.model.notice import Change, ChangeKind, Event, Moment, Notice, Status
from tests.model.builders import ZONE, a_day, a_notice, an_archive, an_edition, an_event, at

NOW = at("2008-03-21 12:00")
INSTANT = timedelta(microseconds=1)


def fall_due(*notices: Notice, as_of: datetime = NOW) -> str:
    """When the site falls due, in the site's zone; nothing if it never does."""
    found = due(notices, as_of, ZONE)
    return f"{found.astimezone(ZONE):%Y-%m-%d %H:%M}" if found else ""


def a_change(instant: str) -> Change:
    """A change that subscribers are told."""
    return Change(at(instant), ChangeKind.MAJOR, "đổi giờ", "vi")


def test_an_archive_of_the_past_never_falls_due() -> None:
    """What is published, changed, over and old stays so; so does an archive without notices."""
    change = a_change("2008-03-20 09:00")
    past = an_event(date="2008-03-01 08:00", changes=(change,))
    assert fall_due(a_notice(past), as_of=at("2013-03-01 08:00")) == fall_due() == ""


@pytest.mark.parametrize(
    ("date", "expected"),
    [("2003-03-22 08:00", "2008-03-22 08:00"), ("2004-02-29 08:00", "2009-03-01 08:00")],
)
def test_a_notice_grows_old(date: str, expected: str) -> None:
    """On the anniversary from which its page says how old it is."""
    assert fall_due(a_notice(an_edition(date=date))) == expected


@pytest.mark.parametrize(
    ("starts", "ends", "expected"),
    [
        (Moment(at("2008-03-22 08:00")), None, "2008-03-22 08:00"),
        (Moment(at("2008-03-21 08:00")), Moment(at("2008-03-21 13:00")), "2008-03-21 13:00"),
        (Moment(at("2008-03-21 08:00")), None, "2008-03-22 00:00"),  # the end of its day
        (a_day("2008-03-20"), a_day("2008-03-22"), "2008-03-23 00:00"),
        (Moment(at("2008-03-21 12:00")), Moment(at("2008-03-21 12:30")), "2008-03-21 12:30"),
    ],
)
def test_events_begin_and_end(starts: Moment, ends: Moment | None, expected: str) -> None:
    """At its start an event is on now, after its end it is past; now is not to come."""
    event = an_event(date="2008-03-01 08:00", event=Event(starts=starts, ends=ends))
    assert fall_due(a_notice(event)) == expected


def test_what_is_dated_later_is_published_later() -> None:
    """The soonest of all: a notice, a translation, a change; a draft never is."""
    early = an_edition(date="2008-03-01 08:00")
    late = an_edition("2008/04/sau", date="2008-04-02 08:00")
    translation = an_edition(language="en", date="2008-04-01 08:00")
    changed = an_edition(
        "2008/02/tin", date="2008-02-01 08:00", changes=(a_change("2008-03-31 08:00"),)
    )
    draft = an_edition("2008/03/nhap", date="2008-03-22 08:00", status=Status.DRAFT)
    assert fall_due(a_notice(late)) == "2008-04-02 08:00"
    assert fall_due(a_notice(late), a_notice(early, translation)) == "2008-04-01 08:00"
    everything = (a_notice(late), a_notice(early, translation), a_notice(changed), a_notice(draft))
    assert fall_due(*everything) == "2008-03-31 08:00"


def test_what_befalls_a_notice_that_is_not_public_changes_nothing() -> None:
    """An event that is over before it is announced, a translation dated before its original."""
    event = an_event(
        date="2008-05-01 08:00",
        event=Event(starts=Moment(at("2008-04-01 08:00"))),
        changes=(a_change("2008-04-02 08:00"),),
    )
    assert fall_due(a_notice(event)) == "2008-05-01 08:00"
    original = an_edition(date="2008-05-01 08:00")
    assert fall_due(a_notice(original, an_edition(language="en", date="2008-04-01 08:00"))) == (
        "2008-05-01 08:00"
    )


INSTANTS = st.integers(-300, 300).map(lambda hours: NOW + timedelta(hours=hours))


@st.composite
def notices(draw: st.DrawFn) -> list[Notice]:
    """Notices whose dates, changes and events lie around now."""
    found = []
    for number in range(draw(st.integers(0, 4))):
        stem, editions = f"2008/03/tin-{number}", []
        starts = draw(INSTANTS)
        ends = starts + timedelta(hours=draw(st.integers(1, 60)))
        event = Event(starts=Moment(starts), ends=draw(st.sampled_from([None, Moment(ends)])))
        changes = draw(st.lists(INSTANTS, max_size=2))
        for language in draw(st.sampled_from([("vi",), ("vi", "en")])):
            facts: dict[str, Any] = {
                "status": draw(st.sampled_from([Status.PUBLISHED, Status.PUBLISHED, Status.DRAFT])),
                "changes": tuple(
                    Change(instant, ChangeKind.MINOR, "sửa", "vi") for instant in sorted(changes)
                ),
            }
            make = an_event if number % 2 else an_edition
            more = {"event": event} if number % 2 else {}
            edition = make(stem, language=language, **facts, **more)
            editions.append(replace(edition, date=draw(INSTANTS)))
        found.append(Notice(stem, tuple(editions)))
    return found


@given(notices())
def test_until_then_nothing_changes(some: list[Notice]) -> None:
    """What all outputs are made of is the same until the last instant before, and another then."""
    falls_due = due(some, NOW, ZONE)
    now = an_archive(some, as_of=NOW).digest()
    if falls_due is None:
        assert an_archive(some, as_of=NOW + timedelta(days=3650)).digest() == now
        return
    assert falls_due > NOW
    assert an_archive(some, as_of=falls_due - INSTANT).digest() == now
    assert an_archive(some, as_of=falls_due).digest() != now
