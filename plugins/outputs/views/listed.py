"""What the home page and the listings share: notices with their phases, a list's calendar, what
comes, the chart of years.
"""

from collections.abc import Sequence
from typing import NamedTuple

from msgspec import Struct

from plugins.model.archive import Archive
from plugins.model.notice import Edition, Phase, Status, digest
from plugins.model.output import Press, Words
from plugins.outputs.views.cards import CardView, card
from plugins.outputs.views.charts import ChartView, Count, chart
from plugins.outputs.views.phases import ClockView, clock

Counts = list[tuple[int, int]]
"""Years with their numbers of notices, newest first."""


class Listed(NamedTuple):
    """Editions that a page lists, and where the events among them stand, by their source."""

    editions: Sequence[Edition]
    phases: dict[str, Phase]

    @property
    def key(self) -> bytes:
        """Stands for all that cards show of them."""
        return digest(b"".join([edition.card for edition in self.editions]), self.phases)

    def cards(self, press: Press, words: Words) -> tuple[CardView, ...]:
        """Their cards."""
        phases = self.phases
        return tuple(card(press, words, each, phases.get(each.source)) for each in self.editions)


class TopicView(Struct, frozen=True):
    """A tag or a category with the number of its notices."""

    label: str
    href: str
    count: int
    description: str


class CalendarView(Struct, frozen=True):
    """The calendar of a list: its name, the file, and the address by which programs follow it."""

    name: str
    href: str
    webcal: str


def listed(archive: Archive, editions: Sequence[Edition]) -> Listed:
    """Editions as a page lists them."""
    return Listed(editions, archive.phases(editions))


def calendar_view(press: Press, name: str, address: str) -> CalendarView | None:
    """The calendar at an address of the site, if there is one."""
    if not address:
        return None
    absolute = press.site.absolute(address)
    return CalendarView(name, press.site.href(address), f"webcal:{absolute.partition(':')[2]}")


def chart_of_years(press: Press, words: Words, address: str, counts: Counts) -> ChartView | None:
    """The chart that leads from a listing, at `address`, to its years."""
    home = press.site.href(address)
    years = [Count(str(year), f"{home}{year}/", number) for year, number in counts]
    return chart(words, words.text("Notices by year"), words.text("Year"), years)


def clock_of(press: Press, words: Words, *lists: Sequence[CardView]) -> ClockView | None:
    """The script for the phases on these cards, if they need it."""
    return clock(press, words, (card.phase for cards in lists for card in cards))


def coming_events(archive: Archive, language: str) -> list[Edition]:
    """Events that are not over, the soonest first: so those that are on now stand at the top."""
    return [
        dated.edition
        for dated in archive.agendas[language].events
        if dated.edition.status is not Status.WITHDRAWN
        and archive.phase(dated.edition) is not Phase.PAST
    ]
