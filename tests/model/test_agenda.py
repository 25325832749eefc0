"""Tests of `plugins/model/agenda.py`: on which days events take place, and the weeks of a month."""

from datetime import date

import pytest

from plugins.model.agenda import Agenda, weeks
from plugins.model.notice import Edition, Event, Moment
from tests.model.builders import ZONE, a_day, an_edition, an_event, at


def an_event_on(stem: str, starts: Moment, ends: Moment | None = None) -> Edition:
    """An event that takes place from a moment to another."""
    return an_event(stem, event=Event(starts=starts, ends=ends))


@pytest.mark.parametrize(
    ("starts", "ends", "days"),
    [
        (a_day("2008-03-20"), None, ("2008-03-20", "2008-03-20")),
        (a_day("2008-03-20"), a_day("2008-03-22"), ("2008-03-20", "2008-03-22")),
        (Moment(at("2008-03-20 00:00")), None, ("2008-03-20", "2008-03-20")),  # 19 March in UTC
        (
            Moment(at("2008-03-20 22:00")),
            Moment(at("2008-03-21 00:00")),  # midnight is no part of the day after
            ("2008-03-20", "2008-03-20"),
        ),
        (
            Moment(at("2008-03-20 22:00")),
            Moment(at("2008-03-21 00:01")),
            ("2008-03-20", "2008-03-21"),
        ),
    ],
)
def test_an_event_has_days(starts: Moment, ends: Moment | None, days: tuple[str, str]) -> None:
    """The first and the last day on which it takes place, in the zone of the site."""
    [dated] = Agenda([an_event_on("2008/03/hop", starts, ends)], ZONE).events
    assert (dated.first.isoformat(), dated.last.isoformat()) == days


def test_events_are_in_each_of_their_months_and_in_the_year_of_their_start() -> None:
    """Soonest first; what is no event is not there; a month without events is not, either."""
    long = an_event_on("2008/01/dai", a_day("2008-12-30"), a_day("2009-02-01"))
    short = an_event_on("2008/01/ngan", Moment(at("2009-01-01 08:00")))
    agenda = Agenda([short, an_edition("2008/01/tin"), long], ZONE)
    assert [dated.edition for dated in agenda.events] == [long, short]
    years = {year: [d.edition for d in some] for year, some in agenda.years.items()}
    assert years == {2008: [long], 2009: [short]}
    months = {month: [d.edition for d in some] for month, some in agenda.months.items()}
    assert months == {(2008, 12): [long], (2009, 1): [long, short], (2009, 2): [long]}


@pytest.mark.parametrize("begins", range(1, 8))
@pytest.mark.parametrize(("year", "month"), [(2009, 11), (2010, 2), (2024, 2), (2015, 2)])
def test_weeks_are_whole(year: int, month: int, begins: int) -> None:
    """Every day of the month once, in whole weeks that begin on their day, and no week besides."""
    found = weeks(year, month, begins)
    days = [day for week in found for day in week]
    assert {len(week) for week in found} == {7}
    assert {week[0].isoweekday() for week in found} == {begins}
    assert days == sorted(set(days))
    own = [day for day in days if (day.year, day.month) == (year, month)]
    following = date(year + month // 12, month % 12 + 1, 1)
    assert (own[0], len(own)) == (date(year, month, 1), (following - own[0]).days)
    assert all(any(day in own for day in week) for week in found)
