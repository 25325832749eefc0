"""The home page of each language: what is new, what is to come, the ways to topics and years.

Reads the archive. Writes `<language>/index.html`.
"""

from collections.abc import Iterator
from typing import NamedTuple

from blinker import signal
from msgspec import Struct

from plugins.model.archive import ALL, CATEGORY, Archive
from plugins.model.notice import Edition, digest
from plugins.model.output import Order, Output, Press, file_of
from plugins.model.taxonomy import Term
from plugins.outputs.cards import CardView, card
from plugins.outputs.frame import Frame, Link, footer_of, frame
from plugins.outputs.listed import (
    CalendarView,
    Counted,
    TopicView,
    calendar_view,
    coming_events,
    year_links,
)


class HomeView(Struct, frozen=True):
    """What `home.html` prints."""

    frame: Frame
    title: str
    tagline: str
    ways: str
    calendar: CalendarView | None
    coming: tuple[CardView, ...]
    events: str
    newest: tuple[CardView, ...]
    categories: tuple[TopicView, ...]
    topics: Link
    years: tuple[Counted, ...]


class Shown(NamedTuple):
    """What a home page shows of the archive: `calendar` is an address, or empty."""

    newest: list[Edition]
    coming: list[Edition]
    categories: list[tuple[Term, int]]
    years: list[tuple[int, int]]
    calendar: str
    footer: tuple[tuple[str, str], ...]


def outputs(archive: Archive) -> Iterator[Output]:
    """A page in each language."""
    listing = archive.listings[ALL, ""]
    for language in archive.site.languages:
        shelf = listing.shelves[language]
        shown = Shown(
            newest=shelf.editions[: archive.site.latest],
            coming=coming_events(archive, language),
            categories=[
                (each.term, number)
                for each in archive.of(CATEGORY)
                if each.term and (number := len(each.shelves[language].editions))
            ],
            years=[(year, len(shelf.years.get(year, ()))) for year in listing.years],
            calendar=listing.calendar(language) if archive.site.has("calendars") else "",
            footer=footer_of(archive, language),
        )
        key = digest(
            b"".join(edition.card for edition in shown.newest),
            b"".join(edition.card for edition in shown.coming),
            *shown[2:],
        )
        path = file_of(f"/{language}/")
        yield Output(path, key, Order.LISTING, render, (language, shown))


def render(press: Press, language: str, shown: Shown) -> bytes:
    """The home page of a language."""
    site, words = press.site, press.words(language)
    title, home = site.name[language], f"/{language}/"
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
        ),
        title=title,
        tagline=site.tagline[language],
        ways=site.href(f"{home}feeds/") if site.has("feeds") else "",
        calendar=calendar_view(press, title, shown.calendar) if shown.calendar else None,
        coming=tuple(card(press, words, each) for each in shown.coming),
        events=site.href(f"{home}events/"),
        newest=tuple(card(press, words, edition) for edition in shown.newest),
        categories=tuple(sorted(categories, key=lambda topic: words.order(topic.label))),
        topics=Link(words.text("All topics"), site.href(f"{home}tags/")),
        years=year_links(press, words, home, shown.years),
    )
    return press.page("home.html", language, view)


def register() -> None:
    """Pelican's hook for plugins."""
    signal("archive_outputs").connect(outputs)
