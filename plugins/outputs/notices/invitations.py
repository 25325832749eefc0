"""The invitation: what an event's page says of it, when, where, by whom and how to take part.

All of it comes from the event's occasion (`occasions.py`), in a language's words.
"""

from collections.abc import Iterator
from datetime import date, datetime

from msgspec import Struct

from plugins.model.notice import Edition, EventStatus, Phase
from plugins.model.output import Press, Words
from plugins.outputs.views.facts import Fact
from plugins.outputs.views.occasions import Occasion, iso
from plugins.outputs.views.phases import PhaseView, phase_view
from plugins.outputs.views.wording import date_words, dates_words


class InvitationView(Struct, frozen=True):
    """What the component `invitation` prints: `state` is what has become of the event, `calendar`
    the address of its file for calendars, `add` the same as long as one may want to be there; each
    may be empty.
    """

    state: str
    phase: PhaseView | None
    facts: tuple[Fact, ...]
    calendar: str
    add: str


def invitation(
    press: Press, words: Words, edition: Edition, phase: Phase | None, occasion: Occasion
) -> InvitationView:
    """The invitation of an event's edition, whose occasion is given too."""
    is_open = _is_open(edition, phase, occasion)
    has_calendar = press.site.has("calendars")
    calendar = press.site.href(f"{edition.address}event.ics") if has_calendar else ""
    return InvitationView(
        state=occasion.state,
        phase=phase_view(press, words, edition, phase),
        facts=tuple(_facts(words, occasion, is_open=is_open)),
        calendar=calendar,
        add=calendar if is_open else "",
    )


def _is_open(edition: Edition, phase: Phase | None, occasion: Occasion) -> bool:
    """Whether one can still take part."""
    is_off = occasion.status is EventStatus.CANCELLED or edition.withdrawal
    return not is_off and phase is not Phase.PAST


def _facts(words: Words, occasion: Occasion, *, is_open: bool) -> Iterator[Fact]:
    text = words.text
    when = dates_words(occasion.start, occasion.end, words)
    yield Fact(text("When"), _in_zone(when, occasion.start, words), iso(occasion.start))
    for name, at in (
        (text("Previous date"), occasion.previous_start),
        (text("Closing date"), occasion.register_until),
    ):
        if at:
            yield Fact(name, _in_zone(date_words(at, words), at, words), iso(at))
    for name, value, field in (
        (text("Where"), occasion.venue, "venue"),
        (text("Channels"), ", ".join(occasion.channels), "channels"),
        (text("Organiser"), occasion.organizer, "organizer"),
        (text("Contact"), occasion.contact, "contact"),
    ):
        if value:
            tag = occasion.tag_of(field)
            yield Fact(name, value, tag=tag if tag != occasion.tag else "")
    if occasion.register and is_open:
        shown = occasion.register.removeprefix("mailto:")
        yield Fact(text("How to take part"), shown, href=occasion.register)


def _in_zone(when: str, at: date, words: Words) -> str:
    """Words for a time with those for its zone; a day needs none."""
    if not isinstance(at, datetime):
        return when
    return words.text("{when} · {zone}", when=when, zone=words.zone(at))
