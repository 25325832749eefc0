"""Tests of the script that moves the words for events on, in a real browser at chosen times."""

from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

UPCOMING, NOW, PAST = "Sắp diễn ra", "Đang diễn ra", "Đã diễn ra"
EVENT = "/vi/2026/05/tap-huan-an-toan-thong-tin/"
"""From 13:30 to 16:30 on 9 June 2026, upcoming when the site was built."""


class Quiet(SimpleHTTPRequestHandler):
    """Serves files, and says nothing of it."""

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def home(site: Path) -> Iterator[str]:
    """Where `tests/site` is served."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=site)) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def mark(page: Page) -> tuple[str, str]:
    """The word for an event on its page, and its name for the style sheet."""
    phase = page.locator(".invitation .phase")
    return phase.inner_text(), str(phase.get_attribute("class"))


@pytest.mark.parametrize(
    ("time", "word", "name"),
    [
        ("2026-06-09T13:29:00+07:00", UPCOMING, "upcoming"),
        ("2026-06-09T06:30:00Z", NOW, "now"),
        ("2026-06-09T16:29:59+07:00", NOW, "now"),
        ("2026-06-09T16:30:00+07:00", PAST, "past"),
        ("2020-01-01T00:00:00Z", UPCOMING, "upcoming"),
    ],
)
def test_the_word_is_that_of_the_readers_time(
    page: Page, home: str, time: str, word: str, name: str
) -> None:
    """In whatever zone the reader is."""
    page.clock.set_fixed_time(time)
    page.goto(home + EVENT)
    assert mark(page) == (word, f"phase phase-{name}")


def test_the_word_moves_on_while_the_page_is_open(page: Page, home: str) -> None:
    """An event begins and ends before the reader's eyes, within a minute."""
    page.clock.install(time="2026-06-09T13:29:30+07:00")
    page.goto(home + EVENT)
    assert mark(page)[0] == UPCOMING
    page.clock.run_for("01:01")
    assert mark(page)[0] == NOW
    page.clock.run_for("03:00:30")
    assert mark(page)[0] == PAST


def test_a_slow_clock_takes_nothing_back(page: Page, home: str) -> None:
    """What is on now by the build stays so for a reader whose clock is years behind."""
    page.clock.set_fixed_time("2020-01-01T00:00:00Z")
    page.goto(f"{home}/vi/2026/05/tuan-le-du-lieu-mo/")
    assert mark(page)[0] == NOW


def test_all_cards_of_a_list_move_on(page: Page, home: str) -> None:
    """On the first page, those of what is cancelled aside."""
    page.clock.set_fixed_time("2030-01-01T00:00:00Z")
    page.goto(f"{home}/en/")
    words = page.locator(".phase").all_inner_texts()
    assert set(words) == {"Past event"}
    assert page.locator("[data-over]").count() == 0


@pytest.fixture
def plain(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that runs no script."""
    context = browser.new_context(java_script_enabled=False)
    yield context
    context.close()


def test_without_script_the_word_is_that_of_the_build(plain: BrowserContext, home: str) -> None:
    """It is there, and says where the event stood then."""
    page = plain.new_page()
    page.goto(home + EVENT)
    assert mark(page) == (UPCOMING, "phase phase-upcoming")


@pytest.mark.parametrize(
    "address", ["/vi/events/2026/06/", "/en/events/2026/10/", "/vi/events/", "/vi/2026/"]
)
@pytest.mark.parametrize("width", [320, 1280])
def test_months_and_charts_fit(page: Page, home: str, address: str, width: int) -> None:
    """Nothing is wider than a narrow screen; a month is a table on a wide one, a list on it."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(home + address)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if page.locator(".month").count():
        assert page.locator(".month thead").is_visible() is (width > 320)
        first = page.locator(".month-busy").first
        assert first.locator(".month-day").is_visible() is (width == 320)
        assert first.locator("a").first.is_visible()


def test_a_bar_leads_to_its_year(page: Page, home: str) -> None:
    """By a click anywhere on its row, and by the keyboard."""
    page.goto(f"{home}/en/")
    row = page.locator(".chart a").nth(1)
    row.locator(".chart-row").click(position={"x": 200, "y": 5})
    page.wait_for_url("**/en/2009/")
    page.go_back()
    page.locator(".chart a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/2026/")
