"""What the templates of listings print."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from msgspec import Struct

from plugins.model.archive import Archive
from plugins.model.notice import Edition, Phase, digest
from plugins.model.output import Press, Words
from plugins.outputs.cards import CardView, card
from plugins.outputs.charts import ChartView
from plugins.outputs.frame import Frame, Link
from plugins.outputs.phases import ClockView, clock


class GroupView(Struct, frozen=True):
    """A heading with the notices below it; `anchor` is its id, `href` where it leads, if any."""

    title: str
    cards: tuple[CardView, ...]
    anchor: str = ""
    href: str = ""


class CalendarView(Struct, frozen=True):
    """The calendar of a list: its name, the file, and the address by which programs follow it."""

    name: str
    href: str
    webcal: str


class ListingView(Struct, frozen=True, kw_only=True):
    """What `listing.html` prints; `months` are the months in which what is coming takes place."""

    frame: Frame
    title: str
    description: str = ""
    ways: str = ""
    calendar: CalendarView | None = None
    coming_title: str = ""
    coming: tuple[CardView, ...] = ()
    zone: str = ""
    months: tuple[Link, ...] = ()
    groups: tuple[GroupView, ...]
    empty: str = ""
    chart_title: str = ""
    chart: ChartView | None = None
    newer: Link | None = None
    older: Link | None = None
    clock: ClockView | None = None


class Shown(NamedTuple):
    """Editions that a page shows, and where the events among them stand, by their source."""

    editions: Sequence[Edition]
    phases: dict[str, Phase]

    @property
    def key(self) -> bytes:
        """Stands for all that cards show of them."""
        return digest(b"".join([edition.card for edition in self.editions]), self.phases)


def shown(archive: Archive, editions: Sequence[Edition]) -> Shown:
    """Editions as pages show them."""
    return Shown(editions, archive.phases(editions))


def cards_of(
    press: Press, words: Words, editions: Iterable[Edition], phases: dict[str, Phase]
) -> tuple[CardView, ...]:
    """The cards of editions whose phases are among those given."""
    return tuple(card(press, words, edition, phases.get(edition.source)) for edition in editions)


def clock_of(press: Press, words: Words, *lists: Sequence[CardView]) -> ClockView | None:
    """The script for the phases on these cards, if they need it."""
    return clock(press, words, (card.phase for cards in lists for card in cards))
