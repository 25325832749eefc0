"""Where an event stands, as pages say it: a word, and what a browser needs to go on from there.

The word is true at the build's `as_of`. A browser with script moves it on when the event begins or
ends (`theme/static/clock.js`); without script the site is built again by then (`model/due.py`).
"""

from collections.abc import Iterable

from msgspec import Struct

from plugins.model.notice import Edition, EventStatus, Phase, Status
from plugins.model.output import Press, Words
from plugins.outputs.views.frame import versioned
from plugins.outputs.views.wording import phase_words

CLOCK = "theme/clock.js"
CLOCK_SOURCE = "static/clock.js"


class PhaseView(Struct, frozen=True):
    """A word with its `name` for the style sheet; `starts` and `over` are ISO instants, empty for
    what is past, since nothing is to come of it.
    """

    name: str
    word: str
    starts: str
    over: str


class ClockView(Struct, frozen=True):
    """The script that moves phases on, with the words that it may need."""

    src: str
    now: str
    past: str


def phase_view(
    press: Press, words: Words, edition: Edition, phase: Phase | None
) -> PhaseView | None:
    """The phase of an event that takes place at the time it says; of others their status tells."""
    event = edition.event
    if not event or not phase or not _takes_place(edition):
        return None
    zone, is_past = press.site.zone, phase is Phase.PAST
    starts, over = (
        at.astimezone(zone).isoformat() for at in (event.starts.at, event.over_at(zone))
    )
    word = phase_words(phase, words)
    return PhaseView(phase.value, word, "" if is_past else starts, "" if is_past else over)


def _takes_place(edition: Edition) -> bool:
    """Whether it is not called off; what is postponed takes place once its new time is known."""
    event = edition.event
    if not event or edition.status is Status.WITHDRAWN or event.status is EventStatus.CANCELLED:
        return False
    return event.status is not EventStatus.POSTPONED or event.previous_start is not None


def clock(press: Press, words: Words, phases: Iterable[PhaseView | None]) -> ClockView | None:
    """The script, for a page with a phase that is to end."""
    if not any(phase and phase.over for phase in phases):
        return None
    return ClockView(
        versioned(press, CLOCK, CLOCK_SOURCE),
        phase_words(Phase.NOW, words),
        phase_words(Phase.PAST, words),
    )
