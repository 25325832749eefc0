"""The pages of events, by the days on which they take place.

The first page shows what is coming, the soonest first, then what is past by year. A year shows its
events by month; a month is a table of its days (`months.py`).
"""

from collections.abc import Iterator
from itertools import groupby

from msgspec.structs import replace

from plugins.model.agenda import Month
from plugins.model.archive import Archive, Listing
from plugins.model.notice import Edition, Phase, digest
from plugins.model.output import Order, Output, Press, Words, file_of
from plugins.outputs.listings import times, tops
from plugins.outputs.listings.places import Beside, Place, beside, empty, named, path_of, time_words
from plugins.outputs.listings.views import GroupView, ListingView
from plugins.outputs.views.cards import CardView
from plugins.outputs.views.charts import Count
from plugins.outputs.views.frame import Link
from plugins.outputs.views.listed import (
    Counts,
    Listed,
    calendar_view,
    chart_of_years,
    clock_of,
    coming_events,
    listed,
)
from plugins.outputs.views.wording import zone_words

Years = list[tuple[int, int]]
"""Past events by the year of each: the year, and how many of those shown are of it."""


def top(archive: Archive, listing: Listing, place: Place, shared: bytes) -> Output:
    """The first page of events."""
    agenda, latest = archive.agendas[place.language], archive.site.latest
    coming = coming_events(archive, place.language)
    soon = listed(archive, coming[:latest])
    over = [one for one in agenda.events if archive.phase(one.edition) is Phase.PAST]
    over = over[: -latest - 1 : -1]
    past = listed(archive, [dated.edition for dated in over])
    years = [(year, len(list(some))) for year, some in groupby(over, lambda d: d.first.year)]
    months = _months_of(archive, coming, place.language)
    counts = [(year, len(agenda.years[year])) for year in sorted(agenda.years, reverse=True)]
    calendar = tops.calendar_of(archive, listing, place)
    key = digest(shared, soon.key, past.key, years, months, counts, calendar)
    arguments = (place, soon, past, years, months, counts, calendar)
    return Output(file_of(place.top), key, Order.LISTING, render_top, arguments)


def _months_of(archive: Archive, coming: list[Edition], language: str) -> list[Month]:
    """The months in which something that is coming takes place, soonest first; or the last one."""
    sources = {edition.source for edition in coming}
    months = archive.agendas[language].months
    found = [
        month for month, some in months.items() if any(d.edition.source in sources for d in some)
    ]
    return sorted(found) or sorted(months)[-1:]


def render_top(
    press: Press,
    place: Place,
    coming: Listed,
    past: Listed,
    years: Years,
    months: list[Month],
    counts: Counts,
    calendar: str,
) -> bytes:
    """The page: what comes, the months in which it does, what is past, the way to its years."""
    words, href = press.words(place.language), press.site.href
    title, description = named(press, place, words)
    soon, over = coming.cards(press, words), past.cards(press, words)
    view = ListingView(
        frame=tops.frame_of_top(press, place, words),
        title=title,
        description=description,
        ways=tops.ways(press, place),
        calendar=calendar_view(press, title, calendar),
        coming_title=words.text("Coming events"),
        coming=soon,
        zone=zone_words(words, coming.editions),
        months=tuple(
            Link(time_words(words, month), href(place.top + path_of(month))) for month in months
        ),
        groups=tuple(_past(press, place, words, years, over)),
        empty=empty(words, (*soon, *over)),
        chart_title=words.text("By year"),
        chart=chart_of_years(press, words, place.top, counts),
        clock=clock_of(press, words, soon),
    )
    return press.page("listing.html", place.language, view)


def _past(
    press: Press, place: Place, words: Words, years: Years, over: tuple[CardView, ...]
) -> Iterator[GroupView]:
    start = 0
    for year, number in years:
        title = words.text("Past events in {year}", year=year)
        href = press.site.href(place.top + path_of((year,)))
        yield GroupView(title, over[start : start + number], href=href)
        start += number


def years(archive: Archive, place: Place, shared: bytes) -> Iterator[Output]:
    """The pages of the years in which events begin."""
    filled = archive.agendas[place.language].years
    for around in beside(archive.event_years, filled):
        dated = filled.get(around.here[0], [])[::-1]
        editions = listed(archive, [one.edition for one in dated])
        months = [one.first.month for one in dated]
        key = digest(shared, around, editions.key, months)
        path = file_of(place.top + path_of(around.here))
        yield Output(path, key, Order.LISTING, render_year, (place, around, editions, months))


def render_year(
    press: Press, place: Place, around: Beside, editions: Listed, months: list[int]
) -> bytes:
    """The events of a year by the month in which each begins, given beside it; titles only."""
    words = press.words(place.language)
    home = press.site.href(place.top + path_of(around.here))
    pairs = list(zip(months, editions.editions, strict=True))
    groups, counts = [], []
    for month, some in groupby(pairs, lambda pair: pair[0]):
        cards = Listed([edition for _, edition in some], editions.phases).cards(press, words)
        href = home + path_of((month,))
        bare = tuple(replace(card, summary="") for card in cards)
        groups.append(GroupView(words.month(around.here[0], month), bare, href=href))
        counts.append(Count(words.month_name(month), href, len(cards)))
    chart = times.chart_of_months(words, counts)
    return times.page_of_time(press, place, around, tuple(groups), chart)
