"""Tests of `plugins/outputs/listings.py`: what is listed where, in which order, and what comes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from plugins.model.archive import CATEGORY, TAG, Archive
from plugins.model.notice import Edition
from tests.building.contents import Content, a_notice, a_translation
from tests.conftest import SITE, Build
from tests.outputs.visiting import Visit, cards, is_redirect, visit

COMING = {
    "vi": [
        "/vi/2026/05/tuan-le-du-lieu-mo/",  # has begun, and is not over
        "/vi/2026/05/tap-huan-an-toan-thong-tin/",
        "/vi/2026/04/huong-dan-tai-xa-ben-lau/",  # cancelled: who wants to come must know
        "/vi/2026/03/hoi-thao-du-lieu-mo/",  # postponed until then
        "/vi/2026/05/ngay-chuyen-doi-so/",
    ],
    "en": [
        "/en/2026/05/open-data-week/",
        "/en/2026/05/information-security-training/",
        "/en/2026/04/help-in-ben-lau/",
        "/en/2026/03/workshop-on-open-data/",
        "/en/2026/05/digital-day/",
    ],
}


def newest(page: BeautifulSoup) -> list[str]:
    """What a page lists, coming events aside."""
    coming = cards(page, ".coming")
    return cards(page)[len(coming) :]


def years(page: BeautifulSoup) -> dict[str, str]:
    """The years or months that a page leads to, each with its number of notices in words."""
    bars = page.select(".chart a")
    return {str(bar["href"]): bar.title.get_text().partition(": ")[2] for bar in bars}


def addresses(editions: list[Edition]) -> list[str]:
    return [edition.address for edition in editions]


def listings(archive: Archive) -> Iterator[tuple[str, list[Edition]]]:
    """The address of each listing in each language, and all that it holds, newest first."""
    for listing in archive.listings.values():
        for language, shelf in listing.shelves.items():
            yield listing.address(language), shelf.editions


def test_a_listing_shows_all_of_its_notices(pages: Visit, archive: Archive) -> None:
    """Home, bulletins, events, each category, each tag: newest first, in each language."""
    held = {a: editions for a, editions in listings(archive) if not a.endswith("/events/")}
    shown = {address: newest(pages.pages[address]) for address in held}
    assert shown == {address: addresses(editions) for address, editions in held.items()}
    assert len(shown) == 2 * (2 + 3 + 9)


def test_a_year_shows_its_notices(pages: Visit, archive: Archive) -> None:
    """A listing leads to its years in a language, and counts; all of a year is on its page."""
    for address, editions in listings(archive):
        found = sorted({edition.day.year for edition in editions}, reverse=True)
        assert list(years(pages.pages[address])) == [f"{address}{year}/" for year in found]
        if address.count("/") == 2 or address.endswith("/events/"):  # see below
            continue
        for year in found:
            of_year = [edition for edition in editions if edition.day.year == year]
            assert cards(pages.pages[f"{address}{year}/"]) == addresses(of_year)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_month_shows_its_notices(pages: Visit, archive: Archive, language: str) -> None:
    """From home by year and month to each notice, published in that month of the site's zone."""
    found = []
    for year in years(pages.pages[f"/{language}/"]):
        for month in sorted(years(pages.pages[year]), reverse=True):
            found += cards(pages.pages[month])
            here = month.removeprefix(f"/{language}/").rstrip("/")
            days = [time["datetime"] for time in pages.pages[month].select(".card-meta time")]
            assert {day[:7] for day in days} == {here.replace("/", "-")}
    assert found == addresses(archive.editions(language))


@pytest.mark.parametrize(
    ("address", "counts"),
    [
        ("/vi/", {"2026": "12 thông báo", "2009": "1 thông báo", "2008": "1 thông báo"}),
        ("/en/", {"2026": "11 notices", "2009": "1 notice", "2008": "1 notice"}),
        ("/vi/tag/nguoi-nuoc-ngoai/", {}),
    ],
)
def test_years_are_counted_in_words(pages: Visit, address: str, counts: dict[str, str]) -> None:
    """One notice, two notices; a year without any in the language is not offered."""
    expected = {f"{address}{year}/": count for year, count in counts.items()}
    assert years(pages.pages[address]) == expected


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/vi/tag/nguoi-nuoc-ngoai/", "Mục này chưa có thông báo bằng tiếng Việt."),
        ("/vi/tag/nguoi-nuoc-ngoai/2026/", "Mục này chưa có thông báo bằng tiếng Việt."),
    ],
)
def test_an_empty_listing_says_so(pages: Visit, address: str, words: str) -> None:
    """A topic with notices in another language only has its pages here, and they say why."""
    assert pages.pages[address].select_one(".empty").get_text() == words
    assert cards(pages.pages[address]) == []


def test_only_an_empty_listing_says_so(pages: Visit) -> None:
    """No page says that it is empty and lists something."""
    wrong = [a for a, p in pages.pages.items() if p.select(".empty") and (cards(p) or years(p))]
    assert wrong == []


@pytest.mark.parametrize("language", ["vi", "en"])
def test_tags_that_differ_in_a_mark_are_two(pages: Visit, language: str) -> None:
    """Thuế (tax) and Thuê (rent) have a page each, and each holds its own notices."""
    tax, rent = {"vi": ("thue", "thue-nha"), "en": ("tax", "rent")}[language]
    titles = [pages.pages[f"/{language}/tag/{slug}/"].h1.get_text() for slug in (tax, rent)]
    assert titles == {"vi": ["Thuế", "Thuê"], "en": ["Tax", "Rent"]}[language]
    lists = [newest(pages.pages[f"/{language}/tag/{slug}/"]) for slug in (tax, rent)]
    assert [len(found) for found in lists] == [2, 1]


def test_a_listing_without_notices_does_not_exist(archive: Archive, pages: Visit) -> None:
    """Each tag and category that a public notice has is a listing, and no other is."""
    terms = {(e.category, *e.tags) for es in archive.siblings.values() for e in es}
    used = {term for group in terms for term in group}
    assert {listing.term.key for name in (TAG, CATEGORY) for listing in archive.of(name)} == used
    shown = {
        address
        for address, page in pages.pages.items()
        if address.startswith(("/vi/tag/", "/vi/category/")) and not is_redirect(page)
    }
    assert len({address.split("/")[3] for address in shown}) == len(used)


def test_a_listing_shows_the_newest(build: Build, pages: Visit, tmp_path: Path) -> None:
    """With `LATEST` notices on a page, the others are behind its years, and none is lost."""
    build(SITE, tmp_path / "out", tmp_path / "cache", LATEST=2)
    few = visit(tmp_path / "out", pages.url)
    assert few.pages.keys() == pages.pages.keys()
    for address, page in few.pages.items():
        whole = pages.pages[address]
        is_top = bool(whole.select("p.subscribe"))
        assert newest(page) == (newest(whole)[:2] if is_top else newest(whole)), address
        assert years(page) == years(whole)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("name", ["", "events/"])
def test_coming_events_are_on_home_and_events(pages: Visit, language: str, name: str) -> None:
    """What is not over, the next one first, whatever has become of it."""
    assert cards(pages.pages[f"/{language}/{name}"], ".coming") == COMING[language]


def test_coming_events_are_nowhere_else(pages: Visit) -> None:
    """No other list repeats them."""
    found = {address for address, page in pages.pages.items() if page.select(".coming")}
    assert found == {"/vi/", "/en/", "/vi/events/", "/en/events/"}


@pytest.mark.parametrize(
    ("address", "state"),
    [
        ("/en/2026/05/information-security-training/", "Moved online"),
        ("/en/2026/04/help-in-ben-lau/", "Cancelled"),
        ("/en/2026/03/workshop-on-open-data/", "Postponed"),
        ("/en/2026/03/part-time-editors-wanted/", "Withdrawn"),
        ("/en/2009/10/online-public-services-days/", None),  # `scheduled` is nothing to tell
        ("/en/2026/05/digital-day/", None),
    ],
)
def test_a_card_says_what_is_not_as_announced(
    pages: Visit, address: str, state: str | None
) -> None:
    """Whoever reads a list only learns of a cancellation or a withdrawal all the same."""
    card = next(c for c in pages.pages["/en/"].select(".card") if c.select(f'a[href="{address}"]'))
    label = card.select_one(".label-warning")
    assert (label and label.get_text()) == state


# Phases of events, each built at the instants around its start and its end.

TIMED, OPEN, DAYS = "2026/03/co-gio", "2026/03/khong-ket-thuc", "2026/03/ca-ngay"

EVENTS = Content(
    {
        f"{TIMED}.vi.md": a_notice(
            Kind="event", Starts="2026-05-10 08:30", Ends="2026-05-10 11:00", Title="Có giờ"
        ),
        f"{TIMED}.en.md": a_translation(Title="Timed"),
        f"{OPEN}.vi.md": a_notice(Kind="event", Starts="2026-05-10 20:00", Title="Không kết thúc"),
        f"{OPEN}.en.md": a_translation(Title="Open end"),
        f"{DAYS}.vi.md": a_notice(
            Kind="event", Starts="2026-05-10", Ends="2026-05-11", Title="Cả ngày"
        ),
        f"{DAYS}.en.md": a_translation(Title="Whole days"),
    }
)

UPCOMING, NOW, PAST = (
    ("Sắp diễn ra", "Upcoming"),
    ("Đang diễn ra", "On now"),
    ("Đã diễn ra", "Past event"),
)

INSTANTS = [
    ("2026-05-09T23:59:59+07:00", {DAYS: UPCOMING, TIMED: UPCOMING, OPEN: UPCOMING}),
    ("2026-05-09T17:00:00+00:00", {DAYS: NOW, TIMED: UPCOMING, OPEN: UPCOMING}),  # midnight there
    ("2026-05-10T08:29:59+07:00", {DAYS: NOW, TIMED: UPCOMING, OPEN: UPCOMING}),
    ("2026-05-10T08:30:00+07:00", {DAYS: NOW, TIMED: NOW, OPEN: UPCOMING}),
    ("2026-05-10T11:00:00+07:00", {DAYS: NOW, TIMED: PAST, OPEN: UPCOMING}),
    ("2026-05-10T23:59:59+07:00", {DAYS: NOW, TIMED: PAST, OPEN: NOW}),
    ("2026-05-11T00:00:00+07:00", {DAYS: NOW, TIMED: PAST, OPEN: PAST}),  # its day is over
    ("2026-05-12T00:00:00+07:00", {DAYS: PAST, TIMED: PAST, OPEN: PAST}),
]


@pytest.fixture(scope="module")
def events(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the content of three events, where builds at each instant follow each other."""
    folder = tmp_path_factory.mktemp("events")
    EVENTS.write(folder / "content")
    return folder


@pytest.mark.parametrize(("as_of", "phases"), INSTANTS)
def test_phases_are_true_around_start_and_end(
    build: Build, events: Path, as_of: str, phases: dict[str, tuple[str, str]]
) -> None:
    """An event is upcoming before its start, on until its end, past from then on."""
    build(events / "content", events / "out", events / "cache", AS_OF=as_of)
    visited = visit(events / "out", "https://lamgiang.example")
    for number, language in enumerate(("vi", "en")):
        for stem, words in phases.items():
            phases_shown = visited.pages[f"/{language}/{stem}/"].select(".about .phase")
            assert [mark.get_text() for mark in phases_shown] == [words[number]]
        coming = [f"/{language}/{stem}/" for stem, words in phases.items() if words is not PAST]
        assert cards(visited.pages[f"/{language}/"], ".coming") == coming
        assert cards(visited.pages[f"/{language}/events/"], ".coming") == coming
