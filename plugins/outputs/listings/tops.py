"""The first page of a listing: its newest notices, what is coming, and the way to its years."""

from collections.abc import Sequence

from plugins.model.archive import ALL, Archive, Listing
from plugins.model.notice import Edition, Phase, Status, digest
from plugins.model.output import Order, Output, Press, Words, file_of
from plugins.outputs.charts import ChartView, Count, chart
from plugins.outputs.frame import Frame, frame
from plugins.outputs.listings.places import Place, crumbs, empty, named, path_of
from plugins.outputs.listings.views import (
    CalendarView,
    GroupView,
    ListingView,
    Shown,
    cards_of,
    clock_of,
    shown,
)

COMING = 10
"""Coming events on the home page."""

Counts = list[tuple[int, int]]
"""Years with their numbers of notices, newest first."""


def top(archive: Archive, listing: Listing, place: Place, shared: bytes) -> Output:
    """The first page of any listing but that of events."""
    shelf = listing.shelves[place.language]
    newest = shown(archive, shelf.editions[: archive.site.latest])
    home = listing.name == ALL
    coming = shown(archive, coming_events(archive, place.language)[:COMING] if home else [])
    counts = [(year, len(editions)) for year, editions in shelf.years.items()]
    calendar = calendar_of(archive, listing, place)
    key = digest(shared, newest.key, coming.key, counts, calendar)
    arguments = (place, newest, coming, counts, calendar)
    return Output(file_of(place.top), key, Order.LISTING, render_top, arguments)


def coming_events(archive: Archive, language: str) -> list[Edition]:
    """Events that are not over, the soonest first: so those that are on now stand at the top."""
    return [
        dated.edition
        for dated in archive.agendas[language].events
        if dated.edition.status is not Status.WITHDRAWN
        and archive.phase(dated.edition) is not Phase.PAST
    ]


def calendar_of(archive: Archive, listing: Listing, place: Place) -> str:
    """The address of the calendar of a listing's events, if it has one."""
    return listing.calendar(place.language) if archive.site.has("calendars") else ""


def render_top(
    press: Press, place: Place, newest: Shown, coming: Shown, counts: Counts, calendar: str
) -> bytes:
    """The page; `calendar` is the address of its events' calendar, if it has one."""
    words = press.words(place.language)
    title, description = named(press, place, words)
    soon = cards_of(press, words, *coming)
    latest = cards_of(press, words, *newest)
    view = ListingView(
        frame=frame_of_top(press, place, words),
        title=title,
        description=description,
        ways=ways(press, place),
        calendar=calendar_view(press, title, calendar),
        coming_title=words.text("Coming events"),
        coming=soon,
        zone=zone_note(words, coming.editions),
        groups=(GroupView(words.text("Newest notices"), latest),) if latest else (),
        empty=empty(words, latest),
        chart_title=words.text("By year"),
        chart=chart_of_years(press, place, words, counts),
        clock=clock_of(press, words, soon, latest),
    )
    return press.page("listing.html", place.language, view)


def frame_of_top(press: Press, place: Place, words: Words) -> Frame:
    """The frame of a listing's first page."""
    title, description = named(press, place, words)
    return frame(
        press,
        place.language,
        title,
        place.addresses,
        place.footer,
        description=description,
        crumbs=crumbs(place, words),
        feed=(title, f"{place.top}feed.xml") if press.site.has("feeds") else None,
        default="/" if place.name == ALL else "",
    )


def ways(press: Press, place: Place) -> str:
    """Where a reader finds all ways to follow the archive."""
    return press.site.href(f"/{place.language}/feeds/") if press.site.has("feeds") else ""


def calendar_view(press: Press, title: str, address: str) -> CalendarView | None:
    """The calendar at an address, if there is one."""
    if not address:
        return None
    absolute = press.site.absolute(address)
    return CalendarView(title, press.site.href(address), f"webcal:{absolute.partition(':')[2]}")


def zone_note(words: Words, coming: Sequence[Edition]) -> str:
    """In which zone the times of coming events are; nothing if no time is said."""
    timed = [e.event.starts.at for e in coming if e.event and not e.event.starts.all_day]
    return words.zone(timed[0]) if timed else ""


def chart_of_years(press: Press, place: Place, words: Words, counts: Counts) -> ChartView | None:
    """The chart that leads from a listing to its years."""
    href = press.site.href
    years = [Count(str(y), href(place.top + path_of((y,))), number) for y, number in counts]
    return chart(words, words.text("Notices by year"), words.text("Year"), years)
