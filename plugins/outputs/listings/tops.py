"""The first page of a listing: its newest notices, and the way to its years."""

from plugins.model.archive import Archive, Listing
from plugins.model.notice import digest
from plugins.model.output import Order, Output, Press, Words, file_of
from plugins.outputs.listings.places import Place, crumbs, empty, named
from plugins.outputs.listings.views import GroupView, ListingView
from plugins.outputs.views.frame import Frame, frame
from plugins.outputs.views.listed import (
    Counts,
    Listed,
    calendar_view,
    chart_of_years,
    clock_of,
    listed,
)


def top(archive: Archive, listing: Listing, place: Place, shared: bytes) -> Output:
    """The first page of bulletins, of a tag or of a category."""
    shelf = listing.shelves[place.language]
    newest = listed(archive, shelf.editions[: archive.site.latest])
    counts = [(year, len(editions)) for year, editions in shelf.years.items()]
    calendar = calendar_of(archive, listing, place)
    key = digest(shared, newest.key, counts, calendar)
    arguments = (place, newest, counts, calendar)
    return Output(file_of(place.top), key, Order.LISTING, render_top, arguments)


def calendar_of(archive: Archive, listing: Listing, place: Place) -> str:
    """The address of the calendar of a listing's events, if it has one."""
    return listing.calendar(place.language) if archive.site.has("calendars") else ""


def render_top(press: Press, place: Place, newest: Listed, counts: Counts, calendar: str) -> bytes:
    """The page; `calendar` is the address of its events' calendar, if it has one."""
    words = press.words(place.language)
    title, description = named(press, place, words)
    cards = newest.cards(press, words)
    view = ListingView(
        frame=frame_of_top(press, place, words),
        title=title,
        description=description,
        ways=ways(press, place),
        calendar=calendar_view(press, title, calendar),
        groups=(GroupView(words.text("Newest notices"), cards),) if cards else (),
        empty=empty(words, cards),
        chart_title=words.text("By year"),
        chart=chart_of_years(press, words, place.top, counts),
        clock=clock_of(press, words, cards),
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
    )


def ways(press: Press, place: Place) -> str:
    """Where a reader finds all ways to follow the archive."""
    return press.site.href(f"/{place.language}/feeds/") if press.site.has("feeds") else ""
