"""A notice as lists show it: the same few facts wherever notices are listed."""

from msgspec import Struct

from plugins.model.notice import Edition, Kind, Phase
from plugins.model.output import Press, Words
from plugins.outputs.views.facts import tag_of
from plugins.outputs.views.phases import PhaseView, phase_view
from plugins.outputs.views.wording import moment_iso, span_words, state_words


class CardView(Struct, frozen=True):
    """A notice in a list; `when` and `where` of events, `state` of what is not as
    announced.
    """

    title: str
    href: str
    iso: str
    day: str
    kind: str
    summary: str
    state: str
    when: str
    when_iso: str
    where: str
    where_tag: str
    phase: PhaseView | None


def card(press: Press, words: Words, edition: Edition, phase: Phase | None = None) -> CardView:
    """A notice as a list shows it; without a phase where pages are not built as time goes by."""
    site, event = press.site, edition.event
    return CardView(
        title=edition.title,
        href=site.href(edition.address),
        iso=edition.day.isoformat(),
        day=words.day(edition.day),
        kind=words.text("Event") if edition.kind is Kind.EVENT else "",
        summary=edition.summary,
        state=state_words(edition, words),
        when=span_words(event.starts, event.ends, site, words) if event else "",
        when_iso=moment_iso(event.starts, site) if event else "",
        where=(event.venue or ", ".join(event.channels)) if event else "",
        where_tag=tag_of(press, edition, "Venue" if event.venue else "Channels") if event else "",
        phase=phase_view(press, words, edition, phase),
    )
