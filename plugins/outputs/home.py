"""The home page of each language: what is new, what is to come, the ways to topics and years.

Reads the archive. Writes `<language>/index.html`.
"""

from collections.abc import Iterator
from typing import NamedTuple

from blinker import signal
from msgspec import Struct

from plugins.model.archive import ALL, CATEGORY, Archive
from plugins.model.notice import digest
from plugins.model.output import Order, Output, Press, file_of
from plugins.model.taxonomy import Term
from plugins.outputs.views.cards import CardView
from plugins.outputs.views.charts import ChartView
from plugins.outputs.views.frame import Frame, Link, footer_of, frame
from plugins.outputs.views.graph import publisher, website
from plugins.outputs.views.listed import (
    CalendarView,
    Counts,
    Listed,
    TopicView,
    calendar_view,
    chart_of_years,
    clock_of,
    coming_events,
    listed,
)
from plugins.outputs.views.phases import ClockView
from plugins.outputs.views.wording import zone_words

COMING = 10
"""Coming events that the page shows."""


class HomeView(Struct, frozen=True):
    """What `home.html` prints."""

    frame: Frame
    title: str
    tagline: str
    ways: str
    calendar: CalendarView | None
    coming: tuple[CardView, ...]
    zone: str
    events: str
    newest: tuple[CardView, ...]
    categories: tuple[TopicView, ...]
    topics: Link
    chart: ChartView | None
    clock: ClockView | None


class Shown(NamedTuple):
    """What a home page shows of the archive: `calendar` is an address, or empty."""

    newest: Listed
    coming: Listed
    categories: list[tuple[Term, int]]
    years: Counts
    calendar: str
    footer: tuple[tuple[str, str], ...]


def outputs(archive: Archive) -> Iterator[Output]:
    """A page in each language."""
    listing = archive.listings[ALL, ""]
    for language in archive.site.languages:
        shelf = listing.shelves[language]
        shown = Shown(
            newest=listed(archive, shelf.editions[: archive.site.latest]),
            coming=listed(archive, coming_events(archive, language)[:COMING]),
            categories=[
                (each.term, number)
                for each in archive.of(CATEGORY)
                if each.term and (number := len(each.shelves[language].editions))
            ],
            years=[(year, len(editions)) for year, editions in shelf.years.items()],
            calendar=listing.calendar(language) if archive.site.has("calendars") else "",
            footer=footer_of(archive, language),
        )
        key = digest(shown.newest.key, shown.coming.key, *shown[2:])
        path = file_of(f"/{language}/")
        yield Output(path, key, Order.LISTING, render, (language, shown))


def render(press: Press, language: str, shown: Shown) -> bytes:
    """The home page of a language."""
    site, words = press.site, press.words(language)
    title, home = site.name[language], f"/{language}/"
    newest, coming = shown.newest.cards(press, words), shown.coming.cards(press, words)
    categories = [
        TopicView(
            term.label[language],
            site.href(f"{home}{CATEGORY}/{term.slug[language]}/"),
            number,
            "",
        )
        for term, number in shown.categories
    ]
    view = HomeView(
        frame=frame(
            press,
            language,
            title,
            {other: f"/{other}/" for other in site.languages},
            shown.footer,
            description=site.tagline[language],
            feed=(title, f"{home}feed.xml") if site.has("feeds") else None,
            default="/",
            nodes=(publisher(press, language), website(press, language)),
        ),
        title=title,
        tagline=site.tagline[language],
        ways=site.href(f"{home}feeds/") if site.has("feeds") else "",
        calendar=calendar_view(press, title, shown.calendar),
        coming=coming,
        zone=zone_words(words, shown.coming.editions),
        events=site.href(f"{home}events/"),
        newest=newest,
        categories=tuple(sorted(categories, key=lambda topic: words.order(topic.label))),
        topics=Link(words.text("All topics"), site.href(f"{home}tags/")),
        chart=chart_of_years(press, words, home, shown.years),
        clock=clock_of(press, words, newest, coming),
    )
    return press.page("home.html", language, view)


def register() -> None:
    """Pelican's hook for plugins."""
    signal("archive_outputs").connect(outputs)
