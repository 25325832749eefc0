"""The month view of events: a table of its days, with the events that take place on each.

There is one for each month on a day of which an event takes place, in any language. Reads the
archive. Writes `<language>/events/<year>/<month>/index.html`.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct

from plugins.model.agenda import Dated, weeks
from plugins.model.archive import Archive
from plugins.model.notice import Day, digest
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
from plugins.outputs.views.frame import Frame, Link
from plugins.outputs.views.wording import state_words, zone_words


class HeadView(Struct, frozen=True):
    """A day of the week, in full and short."""

    name: str
    short: str


class OccurrenceView(Struct, frozen=True):
    """An event on one of its days; `time` is when it begins, if it does so on this one."""

    title: str
    href: str
    time: str
    state: str


class DayView(Struct, frozen=True):
    """A day of the month, in words too; without a number, one of another month."""

    iso: str
    number: str
    words: str
    events: tuple[OccurrenceView, ...]


class MonthView(Struct, frozen=True):
    """What the component `month` prints."""

    caption: str
    head: tuple[HeadView, ...]
    weeks: tuple[tuple[DayView, ...], ...]


class MonthPageView(Struct, frozen=True):
    """What `month.html` prints."""

    frame: Frame
    title: str
    month: MonthView
    zone: str
    empty: str
    newer: Link | None
    older: Link | None


def months(archive: Archive, place: Place, shared: bytes) -> Iterator[Output]:
    """The pages of the months in which events take place."""
    filled = archive.agendas[place.language].months
    for around in beside(archive.event_months, filled):
        dated = filled.get((around.here[0], around.here[1]), [])
        key = digest(shared, around, b"".join([one.edition.card for one in dated]))
        path = file_of(place.top + path_of(around.here))
        yield Output(path, key, Order.LISTING, render_month, (place, around, dated))


def render_month(press: Press, place: Place, around: Beside, dated: Sequence[Dated]) -> bytes:
    """The page of a month."""
    words = press.words(place.language)
    title, frame = frame_of_time(press, place, around.here)
    view = MonthPageView(
        frame=frame,
        title=title,
        month=_month(press, words, around.here[0], around.here[1], dated),
        zone=zone_words(words, [one.edition for one in dated]),
        empty=empty(words, dated),
        newer=neighbour(press, words, place, around.newer),
        older=neighbour(press, words, place, around.older),
    )
    return press.page("month.html", place.language, view)


def _month(press: Press, words: Words, year: int, month: int, dated: Sequence[Dated]) -> MonthView:
    week = words.week
    order = [(week.begins - 1 + n) % 7 for n in range(7)]
    return MonthView(
        caption=words.text("Events in {month} by day", month=words.month(year, month)),
        head=tuple(HeadView(week.days[n], week.short[n]) for n in order),
        weeks=tuple(
            tuple(_day(press, words, day, month, dated) for day in days)
            for days in weeks(year, month, week.begins)
        ),
    )


def _day(press: Press, words: Words, day: Day, month: int, dated: Sequence[Dated]) -> DayView:
    if day.month != month:
        return DayView("", "", "", ())
    on_it = [one for one in dated if one.first <= day <= one.last]
    return DayView(
        iso=day.isoformat(),
        number=str(day.day),
        words=words.text(
            "{weekday}, {day}", weekday=words.week.days[day.weekday()], day=words.day(day)
        ),
        events=tuple(_occurrence(press, words, one, day) for one in on_it),
    )


def _occurrence(press: Press, words: Words, dated: Dated, day: date) -> OccurrenceView:
    edition, event = dated.edition, dated.edition.event
    begins = event and not event.starts.all_day and day == dated.first
    return OccurrenceView(
        edition.title,
        press.site.href(edition.address),
        words.time(event.starts.at) if event and begins else "",
        state_words(edition, words),
    )
