"""Listing pages: bulletins, events, each tag and category; and each, and all notices, by its years.

A listing shows its newest notices and leads to its years. A year never moves, so its page is
written again only when one of its notices changes. Reads the archive. Writes
`<language>/[<listing>/][<year>/[<month>/]]index.html`.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from blinker import signal
from msgspec import Struct
from msgspec.structs import replace

from plugins.model.archive import ALL, BULLETINS, EVENTS, Archive, Listing
from plugins.model.notice import Edition, digest
from plugins.model.output import Order, Output, Press, Words, file_of
from plugins.model.taxonomy import Term
from plugins.outputs.cards import CardView, card
from plugins.outputs.frame import Frame, Link, footer_of, frame
from plugins.outputs.listed import (
    CalendarView,
    Counted,
    calendar_view,
    coming_events,
    count_words,
    year_links,
)


class GroupView(Struct, frozen=True):
    """A heading with the notices below it."""

    title: str
    cards: tuple[CardView, ...]


class ListingView(Struct, frozen=True):
    """What `listing.html` prints."""

    frame: Frame
    title: str
    description: str
    ways: str
    calendar: CalendarView | None
    coming_title: str
    coming: tuple[CardView, ...]
    groups: tuple[GroupView, ...]
    empty: str
    years_title: str
    years: tuple[Counted, ...]
    newer: Link | None
    older: Link | None


class Place(NamedTuple):
    """Which page of which listing: its addresses by language, and what names it."""

    language: str
    name: str
    term: Term | None
    addresses: dict[str, str]
    footer: tuple[tuple[str, str], ...]


def outputs(archive: Archive) -> Iterator[Output]:
    """The pages of every listing in every language."""
    languages = archive.site.languages
    footers = {language: footer_of(archive, language) for language in languages}
    for listing in archive.listings.values():
        term = digest(listing.term)
        years = listing.years
        tops = {language: listing.address(language) for language in languages}
        for language in languages:
            shared = digest(listing.name, term, tops, footers[language])
            place = Place(language, listing.name, listing.term, tops, footers[language])
            if listing.name != ALL:
                yield _top(archive, listing, place, shared, years)
            yield from _years(archive, listing, place, shared, years)


def _cards(editions: Sequence[Edition]) -> bytes:
    return b"".join([edition.card for edition in editions])


def _top(
    archive: Archive, listing: Listing, place: Place, shared: bytes, years: list[int]
) -> Output:
    shelf = listing.shelves[place.language]
    newest = shelf.editions[: archive.site.latest]
    coming = _coming(archive, listing, place.language)
    counts = [(year, len(shelf.years.get(year, ()))) for year in years]
    calendar = listing.calendar(place.language) if archive.site.has("calendars") else ""
    key = digest(shared, _cards(newest), _cards(coming), counts, calendar)
    return Output(
        file_of(place.addresses[place.language]),
        key,
        Order.LISTING,
        render_top,
        (place, newest, coming, counts, calendar),
    )


def _coming(archive: Archive, listing: Listing, language: str) -> list[Edition]:
    """Coming events, on the page that is about them."""
    return coming_events(archive, language) if listing.name == EVENTS else []


def _years(
    archive: Archive, listing: Listing, place: Place, shared: bytes, years: list[int]
) -> Iterator[Output]:
    shelves = listing.shelves
    for index, year in enumerate(years):
        around = (
            years[index - 1] if index else None,
            years[index + 1] if index + 1 < len(years) else None,
        )
        editions = shelves[place.language].years.get(year, [])
        path = file_of(f"{place.addresses[place.language]}{year}/")
        if listing.name == ALL:
            months = {e.day.month for s in shelves.values() for e in s.years.get(year, ())}
            yield from _months(archive, place, shared, year, sorted(months, reverse=True))
            number = Counter(edition.day.month for edition in editions)
            counts = [(month, number[month]) for month in sorted(months, reverse=True)]
            key = digest(shared, year, around, counts)
            arguments = (place, year, around, counts)
            yield Output(path, key, Order.LISTING, render_months, arguments)
        else:
            key = digest(shared, year, around, _cards(editions))
            yield Output(path, key, Order.LISTING, render_year, (place, year, around, editions))


def _months(
    archive: Archive, place: Place, shared: bytes, year: int, months: list[int]
) -> Iterator[Output]:
    shelf = archive.listings[ALL, ""].shelves[place.language]
    editions = {
        month: list(group)
        for month, group in groupby(shelf.years.get(year, ()), lambda edition: edition.day.month)
    }
    for index, month in enumerate(months):
        around = (
            months[index - 1] if index else None,
            months[index + 1] if index + 1 < len(months) else None,
        )
        found = editions.get(month, [])
        path = file_of(f"{place.addresses[place.language]}{year}/{month:02d}/")
        key = digest(shared, year, month, around, _cards(found))
        yield Output(path, key, Order.LISTING, render_month, (place, year, month, around, found))


def render_top(
    press: Press,
    place: Place,
    newest: list[Edition],
    coming: list[Edition],
    counts: list[tuple[int, int]],
    calendar: str,
) -> bytes:
    """The page of a listing; `calendar` is the address of its events' calendar, if it has one."""
    words = press.words(place.language)
    title, description = _named(press, place, words)
    feed = (
        (title, f"{place.addresses[place.language]}feed.xml") if press.site.has("feeds") else None
    )
    view = ListingView(
        frame=frame(
            press,
            place.language,
            title,
            place.addresses,
            place.footer,
            description=description,
            crumbs=_crumbs(place, words),
            feed=feed,
        ),
        title=title,
        description=description,
        ways=press.site.href(f"/{place.language}/feeds/") if press.site.has("feeds") else "",
        calendar=calendar_view(press, title, calendar) if calendar else None,
        coming_title=words.text("Coming events") if coming else "",
        coming=tuple(card(press, words, edition) for edition in coming),
        groups=_one_group(words.text("Newest notices"), press, words, newest),
        empty=_empty(words, newest),
        years_title=words.text("By year"),
        years=year_links(press, words, place.addresses[place.language], counts),
        newer=None,
        older=None,
    )
    return press.page("listing.html", place.language, view)


def render_year(
    press: Press,
    place: Place,
    year: int,
    around: tuple[int | None, int | None],
    editions: list[Edition],
) -> bytes:
    """The notices of a listing in a year, by month; their titles only, since a year is long."""
    words = press.words(place.language)
    groups = tuple(
        GroupView(
            words.month(year, month),
            tuple(replace(card(press, words, edition), summary="") for edition in group),
        )
        for month, group in groupby(editions, lambda edition: edition.day.month)
    )
    return _page_of_time(press, place, str(year), (f"{year}/",), around, groups, ())


def render_months(
    press: Press,
    place: Place,
    year: int,
    around: tuple[int | None, int | None],
    counts: list[tuple[int, int]],
) -> bytes:
    """The months of a year, with the number of their notices."""
    words = press.words(place.language)
    home = press.site.href(place.addresses[place.language])
    months = tuple(
        Counted(words.month(year, month), f"{home}{year}/{month:02d}/", count_words(words, number))
        for month, number in counts
        if number
    )
    return _page_of_time(press, place, str(year), (f"{year}/",), around, (), months)


def render_month(
    press: Press,
    place: Place,
    year: int,
    month: int,
    around: tuple[int | None, int | None],
    editions: list[Edition],
) -> bytes:
    """The notices of a month."""
    words = press.words(place.language)
    groups = _one_group("", press, words, editions)
    return _page_of_time(
        press, place, words.month(year, month), (f"{year}/", f"{month:02d}/"), around, groups, ()
    )


def _page_of_time(
    press: Press,
    place: Place,
    title: str,
    path: tuple[str, ...],
    around: tuple[int | None, int | None],
    groups: tuple[GroupView, ...],
    months: tuple[Counted, ...],
) -> bytes:
    """A page of a year or a month; `around` are the newer and the older one."""
    words = press.words(place.language)
    name, description = _named(press, place, words)
    top = place.addresses[place.language]
    addresses = {language: a + "".join(path) for language, a in place.addresses.items()}
    crumbs = _crumbs(place, words)
    if place.name != ALL:
        crumbs.append((name, top))
    if len(path) > 1:
        crumbs.append((path[0].rstrip("/"), top + path[0]))
    within = title if place.name == ALL else f"{name} – {title}"
    newer, older = (_neighbour(press, words, top, path, other) for other in around)
    view = ListingView(
        frame=frame(
            press,
            place.language,
            within,
            addresses,
            place.footer,
            description=description,
            crumbs=crumbs,
        ),
        title=within,
        description="",
        ways="",
        calendar=None,
        coming_title="",
        coming=(),
        groups=groups,
        empty="" if months else _empty(words, groups),
        years_title=words.text("By month") if months else "",
        years=months,
        newer=newer,
        older=older,
    )
    return press.page("listing.html", place.language, view)


def _neighbour(
    press: Press, words: Words, top: str, path: tuple[str, ...], other: int | None
) -> Link | None:
    if other is None:
        return None
    if len(path) == 1:
        return Link(str(other), press.site.href(f"{top}{other}/"))
    year = int(path[0].rstrip("/"))
    return Link(words.month(year, other), press.site.href(f"{top}{year}/{other:02d}/"))


def _named(press: Press, place: Place, words: Words) -> tuple[str, str]:
    """The title and the description of a listing."""
    if place.term:
        return place.term.label[place.language], place.term.description[place.language]
    return {
        ALL: (press.site.name[place.language], press.site.tagline[place.language]),
        BULLETINS: (words.text("Bulletins"), words.text("What was announced, newest first.")),
        EVENTS: (words.text("Events"), words.text("What is to take place, and what took place.")),
    }[place.name]


def _crumbs(place: Place, words: Words) -> list[tuple[str, str]]:
    if place.term:
        return [(words.text("Topics"), f"/{place.language}/tags/")]
    return []


def _one_group(
    title: str, press: Press, words: Words, editions: Sequence[Edition]
) -> tuple[GroupView, ...]:
    if not editions:
        return ()
    return (GroupView(title, tuple(card(press, words, edition) for edition in editions)),)


def _empty(words: Words, shown: Sequence[object]) -> str:
    return "" if shown else words.text("There are no notices here in this language.")


def register() -> None:
    """Pelican's hook for plugins."""
    signal("archive_outputs").connect(outputs)
