"""Tests of the pages of events: what comes, what is past, the months with their days."""

from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup, Tag

from plugins.model.archive import Archive
from plugins.model.notice import Edition, Phase
from tests.building.contents import Content, a_notice, a_translation
from tests.conftest import URL, Build
from tests.outputs.test_listings import newest, years
from tests.outputs.visiting import Visit, cards, visit

LANGUAGES = ["vi", "en"]


def days(page: BeautifulSoup) -> dict[str, list[str]]:
    """The days of a month's table that have events, each with the addresses of those."""
    return {
        str(cell.time["datetime"]): [str(link["href"]) for link in cell("a")]
        for cell in page.select("table.month td")
        if cell("a")
    }


def months(pages: Visit, language: str) -> Iterator[str]:
    """The addresses of all months, found by following the years' charts."""
    for year in years(pages.pages[f"/{language}/events/"]):
        yield from years(pages.pages[year])


def is_past(archive: Archive, edition: Edition) -> bool:
    return archive.phase(edition) is Phase.PAST


@pytest.mark.parametrize("language", LANGUAGES)
def test_past_events_follow_by_year(pages: Visit, archive: Archive, language: str) -> None:
    """What is over, the last one first, below a heading that leads to its year; nothing twice."""
    page = pages.pages[f"/{language}/events/"]
    over = [d.edition for d in archive.agendas[language].events if is_past(archive, d.edition)]
    assert newest(page) == [edition.address for edition in reversed(over)]
    assert not {*newest(page)} & {*cards(page, ".coming")}
    headings = [str(link["href"]) for link in page.select(".columns section:not(.coming) h2 a")]
    assert headings == [f"/{language}/events/2009/"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_year_holds_the_events_that_begin_in_it(
    pages: Visit, archive: Archive, language: str
) -> None:
    """Whenever they were announced; and all events are in some year."""
    found = []
    for year in years(pages.pages[f"/{language}/events/"]):
        found += cards(pages.pages[year])
        for card in pages.pages[year].select(".card-when time"):
            assert f"/{str(card['datetime'])[:4]}/" in year
    expected = [d.edition.address for d in archive.agendas[language].events][::-1]
    assert found == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_month_is_a_table_of_its_days(pages: Visit, archive: Archive, language: str) -> None:
    """With a caption and the names of the days; each day once, in the column of its weekday."""
    for (year, month), _ in archive.agendas[language].months.items():
        table = pages.pages[f"/{language}/events/{year}/{month:02d}/"].select_one("table.month")
        assert table and table.caption.get_text()
        heads = table.select("thead th[scope=col] abbr")
        assert [head["title"] for head in heads][::6] == {
            "vi": ["Thứ Hai", "Chủ nhật"],
            "en": ["Monday", "Sunday"],
        }[language]
        rows = [row("td", recursive=False) for row in table.tbody("tr", recursive=False)]
        assert {len(row) for row in rows} == {7}
        said = [str(cell.time["datetime"]) for row in rows for cell in row if cell.time]
        assert said == sorted(set(said))
        assert {day[:8] for day in said} == {f"{year}-{month:02d}-"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_event_is_on_each_of_its_days(pages: Visit, archive: Archive, language: str) -> None:
    """And on no other: over the turn of a month too."""
    expected: dict[str, list[str]] = {}
    for dated in archive.agendas[language].events:
        for ordinal in range(dated.first.toordinal(), dated.last.toordinal() + 1):
            day = dated.first.fromordinal(ordinal).isoformat()
            expected.setdefault(day, []).append(dated.edition.address)
    found: dict[str, list[str]] = {}
    for year, month in archive.event_months:
        found |= days(pages.pages[f"/{language}/events/{year}/{month:02d}/"])
    assert found == expected
    assert {"2026-05-31", "2026-06-01"} <= found.keys()


def occurrence(page: BeautifulSoup, day: str) -> Tag:
    """What a day of a month says of its one event."""
    [cell] = page.select(f'td:has(> time[datetime="{day}"])')
    [item] = cell("li")
    return item


def test_a_day_says_when_it_begins_and_what_became_of_it(pages: Visit) -> None:
    """The time on the first day, the state on each; the day in words, for narrow screens."""
    page = pages.pages["/en/events/2026/06/"]
    assert occurrence(page, "2026-06-09").get_text(" ", strip=True) == (
        "1:30pm Information security training for ward and commune staff Moved online"
    )
    assert occurrence(page, "2026-06-15").strong.get_text() == "Cancelled"
    second_day = pages.pages["/en/events/2026/10/"]
    assert occurrence(second_day, "2026-10-11").get_text(strip=True) == "Lam Giang Digital Day 2026"
    assert page.select_one("td time:has(.month-day)").get_text(" ") == "1 Monday, 1 June 2026"


@pytest.mark.parametrize("language", LANGUAGES)
def test_months_lead_to_each_other(pages: Visit, archive: Archive, language: str) -> None:
    """From each to the next that has events, over empty months and years."""
    times = sorted(archive.agendas[language].months)
    addresses = [f"/{language}/events/{year}/{month:02d}/" for year, month in times]
    for index, address in enumerate(addresses):
        page = pages.pages[address]
        around = {str(a["rel"][0]): a["href"] for a in page.select(".neighbours a")}
        expected = {"prev": addresses[index - 1]} if index else {}
        if index + 1 < len(addresses):
            expected["next"] = addresses[index + 1]
        assert around == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_page_leads_to_the_months_to_come(
    pages: Visit, archive: Archive, language: str
) -> None:
    """Each month on a day of which something that is not over takes place."""
    page = pages.pages[f"/{language}/events/"]
    links = [str(link["href"]) for link in page.select("nav.by-month a")]
    assert links == [f"/{language}/events/2026/{month:02d}/" for month in (5, 6, 7, 10)]


def test_a_page_of_events_leads_to_calendars(pages: Visit) -> None:
    """To the calendar of all from the list, to that of one from its page."""
    listing = pages.pages["/vi/events/"]
    assert listing.select_one('.calendar a[href="/vi/calendar.ics"]')
    event = pages.pages["/en/2026/05/digital-day/"]
    assert event.select_one('.calendar a[href="/en/2026/05/digital-day/event.ics"]')


# Events that one language lacks, that are withdrawn, that pass from year to year.

CONTENT = Content(
    {
        "2008/12/giao-thua.vi.md": a_notice(
            Title="Giao thừa", Kind="event", Starts="2008-12-31 20:00", Ends="2009-01-01 02:00"
        ),
        "2008/12/giao-thua.en.md": a_translation(Title="New Year’s Eve"),
        "2009/02/chi-tieng-viet.vi.md": a_notice(
            Title="Chỉ tiếng Việt", Date="2009-02-01 08:00", Kind="event", Starts="2010-03-05"
        ),
        "2009/02/thu-hoi.vi.md": a_notice(
            Title="Thu hồi",
            Date="2009-02-01 08:00",
            Kind="event",
            Starts="2011-05-05",
            Status="withdrawn",
            Changes="2009-02-02 08:00 withdrawn: có nhầm lẫn",
        ),
    }
)


@pytest.fixture(scope="module")
def few(build: Build, tmp_path_factory: pytest.TempPathFactory) -> Visit:
    """The site of these events, in 2009."""
    folder = tmp_path_factory.mktemp("few")
    content = CONTENT.write(folder / "content")
    build(content, folder / "out", folder / "cache", AS_OF="2009-03-01T00:00:00+07:00")
    return visit(folder / "out", URL)


def test_an_event_over_new_year_is_in_both_months(few: Visit) -> None:
    """On either day; but in one year, that of its start."""
    evening = "/en/2008/12/giao-thua/"
    assert days(few.pages["/en/events/2008/12/"]) == {"2008-12-31": [evening]}
    assert days(few.pages["/en/events/2009/01/"]) == {"2009-01-01": [evening]}
    assert "/en/events/2009/" not in few.pages


def test_a_language_without_events_in_a_month_has_the_page(few: Visit) -> None:
    """It says that it is empty, and leads back; no page of the language leads there."""
    page = few.pages["/en/events/2010/03/"]
    assert page.select_one(".empty").get_text() == "There are no notices in English here yet."
    assert [str(a["href"]) for a in page.select(".neighbours a")] == ["/en/events/2009/01/"]
    assert few.pages["/en/events/2009/01/"].select(".neighbours a[rel=next]") == []
    assert years(few.pages["/en/events/"]) == {"/en/events/2008/": "1 notice"}


def test_a_withdrawn_event_is_neither_coming_nor_past(few: Visit) -> None:
    """Its year and its month tell of it, with the word."""
    top = few.pages["/vi/events/"]
    withdrawn = "/vi/2009/02/thu-hoi/"
    assert withdrawn not in cards(top)
    assert cards(few.pages["/vi/events/2011/"]) == [withdrawn]
    month = few.pages["/vi/events/2011/05/"]
    assert occurrence(month, "2011-05-05").strong.get_text() == "Đã thu hồi"


def test_no_time_needs_no_zone(few: Visit, pages: Visit) -> None:
    """The list says in which zone its times are, if it says any."""
    assert pages.pages["/en/events/"].select_one(".coming .count").get_text() == (
        "Times: Vietnam Time, UTC+7"
    )
    assert few.pages["/vi/events/"].select(".coming .count") == []
