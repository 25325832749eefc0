"""The first view of a notice on a slow line: few bytes, one style sheet, no script."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page

from tests.consumers import nginx
from tests.consumers.kinds import STATES, Kind, addresses
from tests.consumers.reader import Reader

AT_MOST = 14_000
"""Bytes that a server sends before it waits for an answer: ten segments (RFC 6928), the headers
left aside.
"""

NOTICE = re.compile(r"/[a-z]+/\d{4}/\d\d/[^/]+/")

STYLED = {"maker": 2, "search": 2}
"""Style sheets of the kinds of page that have more than the site's."""


@pytest.fixture(scope="module")
def real(real_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[nginx.Server]:
    """The site of `content/` on nginx."""
    with nginx.serving(real_site, tmp_path_factory.mktemp("work")) as server:
        yield server


def compressed(server: nginx.Server, address: str) -> int:
    """The bytes of a file as they are sent to browsers."""
    answer = server.get(address, Accept_Encoding="gzip")
    assert (answer.status, answer.headers["content-encoding"]) == (200, "gzip")
    return len(answer.body)


def sheets(page: BeautifulSoup) -> list[str]:
    """The addresses of the style sheets of a page."""
    return [str(link["href"]) for link in page.select("link[rel=stylesheet]")]


def scripts_that_block(page: BeautifulSoup) -> list[str]:
    """The scripts for which a browser stops reading a page."""
    wait = (
        "[type=module], [defer], [async], [type='application/ld+json'], [type='application/json']"
    )
    return [str(script) for script in page.select(f"script:not({wait})")]


@pytest.mark.parametrize(("folder", "server"), [("site", "public"), ("real_site", "real")])
def test_a_notice_is_light(folder: str, server: str, request: pytest.FixtureRequest) -> None:
    """HTML and CSS of each notice together are 14 kB at most, as nginx sends them."""
    host: nginx.Server = request.getfixturevalue(server)
    weights = {}
    for address, file in addresses(request.getfixturevalue(folder)).items():
        if NOTICE.fullmatch(address):
            page = BeautifulSoup(file.read_bytes(), "lxml")
            assert len(sheets(page)) == 1
            weights[address] = sum(compressed(host, a) for a in (quote(address), *sheets(page)))
    assert len(weights) > 10
    assert {address: weight for address, weight in weights.items() if weight > AT_MOST} == {}


def test_nothing_else_is_waited_for(site: Path, kinds: dict[Kind, str]) -> None:
    """Of whatever kind, a page waits for its style sheets only: scripts run when all is read."""
    files = addresses(site)
    for kind, address in kinds.items():
        page = BeautifulSoup(files[address].read_bytes(), "lxml")
        assert scripts_that_block(page) == [], address
        assert len(sheets(page)) <= STYLED.get(kind.name, 1), address
        assert page.select("link[rel=preload], link[rel=preconnect], style") == []


@pytest.mark.parametrize("name", ["bulletin", "event", "pictured"])
def test_the_browser_waits_for_one_file(reader: Reader, name: str) -> None:
    """Chromium itself says that nothing but the style sheet kept it from painting."""
    page = reader.open(Kind(name, "vi"))
    waited: list[str] = page.evaluate(
        "performance.getEntriesByType('resource')"
        ".filter((entry) => entry.renderBlockingStatus === 'blocking').map((entry) => entry.name)"
    )
    assert [path.partition("?")[0] for path in waited] == [f"{reader.url}/theme/site.css"]


def told(page: Page) -> list[str]:
    """What a notice says on the screen: its title, its date, its text."""
    parts = ("h1", "main time", ".body")
    return [page.locator(part).first.inner_text() for part in parts]


def test_no_script_is_needed(browser: Browser, reader: Reader) -> None:
    """Without scripts, each notice shows what it shows with them."""
    context = browser.new_context(java_script_enabled=False)
    try:
        plain = context.new_page()
        for kind in (Kind(name, "vi") for name in STATES):
            page = reader.open(kind)
            plain.goto(page.url)
            assert told(plain) == told(page)
            assert all(told(plain))
    finally:
        context.close()
