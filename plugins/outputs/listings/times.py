"""The pages of a listing's years and months, by publication: a year never moves.

The year of all notices leads to its months, each a page; that of another listing is one page with
its months below each other. Years and months that are empty in a language are there, since they
are in another, but no page leads to them.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec.structs import replace

from plugins.model.archive import ALL, Archive, Listing
from plugins.model.notice import Edition, digest
from plugins.model.output import Order, Output, Press, Words, file_of
from plugins.outputs.listings.places import (
    Beside,
    Place,
    beside,
    empty,
    frame_of_time,
    neighbour,
    path_of,
)
from plugins.outputs.listings.views import GroupView, ListingView
from plugins.outputs.views.charts import ChartView, Count, chart
from plugins.outputs.views.listed import Listed, clock_of, listed


def years(archive: Archive, listing: Listing, place: Place, shared: bytes) -> Iterator[Output]:
    """The pages of a listing's years, with the notices of each."""
    filled = listing.shelves[place.language].years
    for around in beside(listing.years, filled):
        editions = listed(archive, filled.get(around.here[0], []))
        key = digest(shared, around, editions.key)
        path = file_of(place.top + path_of(around.here))
        yield Output(path, key, Order.LISTING, render_year, (place, around, editions))


def months(archive: Archive, place: Place, shared: bytes) -> Iterator[Output]:
    """The pages of all notices by year and by month."""
    listing = archive.listings[ALL, ""]
    filled = _by_month(listing.shelves[place.language].editions)
    numbers = Counter({month: len(editions) for month, editions in filled.items()})
    for around in beside(listing.years, {year for year, _ in filled}):
        year = around.here[0]
        counts = [(month, numbers[year, month]) for month in range(12, 0, -1)]
        path = file_of(place.top + path_of(around.here))
        key = digest(shared, around, counts)
        yield Output(path, key, Order.LISTING, render_months, (place, around, counts))
    for around in beside(listing.months, filled):
        editions = listed(archive, filled.get((around.here[0], around.here[1]), []))
        path = file_of(place.top + path_of(around.here))
        key = digest(shared, around, editions.key)
        yield Output(path, key, Order.LISTING, render_month, (place, around, editions))


def _by_month(editions: Sequence[Edition]) -> dict[tuple[int, int], list[Edition]]:
    """Editions, newest first, by the year and the month of their publication."""
    groups = groupby(editions, lambda edition: (edition.day.year, edition.day.month))
    return {month: list(group) for month, group in groups}


def render_year(press: Press, place: Place, around: Beside, editions: Listed) -> bytes:
    """The notices of a year by month; their titles only, since a year is long."""
    words = press.words(place.language)
    groups, counts = [], []
    for month, some in _by_month(editions.editions).items():
        cards = Listed(some, editions.phases).cards(press, words)
        bare = tuple(replace(card, summary="") for card in cards)
        anchor = f"Month-{month[1]:02d}"
        groups.append(GroupView(words.month(*month), bare, anchor))
        counts.append(Count(words.month_name(month[1]), f"#{anchor}", len(some)))
    return page_of_time(press, place, around, tuple(groups), chart_of_months(words, counts))


def render_months(
    press: Press, place: Place, around: Beside, counts: list[tuple[int, int]]
) -> bytes:
    """The months of a year, with the number of their notices."""
    words = press.words(place.language)
    home = press.site.href(place.top + path_of(around.here))
    months = [
        Count(words.month_name(month), home + path_of((month,)), number) for month, number in counts
    ]
    return page_of_time(press, place, around, (), chart_of_months(words, months))


def render_month(press: Press, place: Place, around: Beside, editions: Listed) -> bytes:
    """The notices of a month."""
    words = press.words(place.language)
    cards = editions.cards(press, words)
    return page_of_time(press, place, around, (GroupView("", cards),) if cards else (), None)


def chart_of_months(words: Words, counts: Sequence[Count]) -> ChartView | None:
    """The chart of a year's months."""
    return chart(words, words.text("Notices by month"), words.text("Month"), counts)


def page_of_time(
    press: Press,
    place: Place,
    around: Beside,
    groups: tuple[GroupView, ...],
    months: ChartView | None,
) -> bytes:
    """A page of a year or a month: what it shows, the way to its months, those beside it."""
    words = press.words(place.language)
    title, framed = frame_of_time(press, place, around.here)
    view = ListingView(
        frame=framed,
        title=title,
        groups=groups,
        empty="" if months else empty(words, groups),
        chart_title=words.text("By month") if months else "",
        chart=months,
        newer=neighbour(press, words, place, around.newer),
        older=neighbour(press, words, place, around.older),
        clock=clock_of(press, words, *(group.cards for group in groups)),
    )
    return press.page("listing.html", place.language, view)
