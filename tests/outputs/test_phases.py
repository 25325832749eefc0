"""Tests of `plugins/outputs/views/phases.py`.

The word for where an event stands, and who may move it.
"""

import pytest

from plugins.model.notice import Edition, Event, EventStatus, Moment, Phase, Status
from plugins.outputs.views.phases import PhaseView, clock, phase_view
from tests.model.builders import a_day, a_site, an_edition, an_event, at
from tests.outputs.printing import a_press

PRESS = a_press(a_site())
WORDS = PRESS.words("en")
MORNING = Moment(at("2008-03-20 08:00"))


def a_phase(phase: Phase | None = Phase.UPCOMING, **changes: object) -> PhaseView | None:
    """The phase of an event in English."""
    return phase_view(PRESS, WORDS, an_event(language="en", **changes), phase)


def with_status(status: EventStatus, previous: Moment | None = None) -> dict[str, Event]:
    """An event of a status."""
    return {"event": Event(starts=MORNING, status=status, previous_start=previous)}


@pytest.mark.parametrize(
    ("phase", "word"),
    [(Phase.UPCOMING, "Upcoming"), (Phase.NOW, "On now"), (Phase.PAST, "Past event")],
)
def test_a_phase_is_a_word_with_a_name(phase: Phase, word: str) -> None:
    """The name is for the mark that stands before the word."""
    view = a_phase(phase)
    assert view and (view.name, view.word) == (phase.value, word)


@pytest.mark.parametrize(
    ("starts", "ends", "expected"),
    [
        (MORNING, None, ("2008-03-20T08:00:00+07:00", "2008-03-21T00:00:00+07:00")),
        (
            a_day("2008-03-20"),
            a_day("2008-03-22"),
            ("2008-03-20T00:00:00+07:00", "2008-03-23T00:00:00+07:00"),
        ),
    ],
)
def test_it_says_when_it_begins_and_ends(
    starts: Moment, ends: Moment | None, expected: tuple[str, str]
) -> None:
    """Both as instants in the zone of the site; the past needs neither."""
    event = Event(starts=starts, ends=ends)
    view, past = a_phase(event=event), a_phase(Phase.PAST, event=event)
    assert view and (view.starts, view.over) == expected
    assert past and (past.starts, past.over) == ("", "")


@pytest.mark.parametrize(
    ("changes", "has_one"),
    [
        (with_status(EventStatus.SCHEDULED), True),
        (with_status(EventStatus.MOVED_ONLINE), True),
        (with_status(EventStatus.CANCELLED), False),
        (with_status(EventStatus.POSTPONED), False),  # nobody knows to when
        (with_status(EventStatus.POSTPONED, a_day("2008-03-01")), True),
        ({"status": Status.WITHDRAWN}, False),
    ],
)
def test_what_is_called_off_has_no_phase(changes: dict[str, object], has_one: bool) -> None:
    """It is not upcoming, and when its day is over it did not take place."""
    assert (a_phase(**changes) is not None) is has_one


@pytest.mark.parametrize("edition", [an_edition(), an_event()])
def test_without_a_phase_there_is_none(edition: Edition) -> None:
    """Bulletins have none; what is rendered apart from the clock, as frames are, is given none."""
    assert phase_view(PRESS, WORDS, edition, None) is None


def test_the_clock_is_for_what_is_to_change() -> None:
    """A page with nothing but past events needs no script."""
    assert clock(PRESS, WORDS, [None, a_phase(Phase.PAST)]) is None
    found = clock(PRESS, WORDS, [None, a_phase(Phase.PAST), a_phase(Phase.NOW)])
    assert found and (found.now, found.past) == ("On now", "Past event")
    assert found.src.startswith("/theme/clock.js?")


def test_the_script_is_small() -> None:
    """Less than a kilobyte, without anything of another host."""
    script = PRESS.theme("static/clock.js")
    assert len(script) < 1000
    assert b"http" not in script
