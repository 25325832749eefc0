"""Tests of the frames, in a real browser, on pages of another origin."""

from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import BrowserContext, FrameLocator, Page, expect

from tests.conftest import URL
from tests.consumers.hosts import Answer, Host, serving

STRICT = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self';"
    " base-uri 'none'"
}
"""A page without script needs no more than its style sheet and its icon."""


@pytest.fixture
def archive(site: Path) -> Iterator[Host]:
    """The fictional archive, served as strictly as a frame allows."""
    with serving(site, STRICT) as host:
        yield host


@pytest.fixture
def snippet(site: Path, archive: Host) -> str:
    """The snippet of the newest notices' frame, as the maker gives it, for this server."""
    maker = BeautifulSoup((site / "vi/embed/index.html").read_bytes(), "lxml")
    (found,) = [c.get_text() for c in maker.select(".way code") if "<iframe" in c.get_text()]
    return found.replace(URL, archive.url)


def framed(page: Page, partner: Host, snippet: str, *, policy: str = "") -> FrameLocator:
    """The frame on a partner's page."""
    headers = {"Content-Security-Policy": policy} if policy else {}
    html = f'<!doctype html><html lang="de"><title>Partner</title><body>{snippet}</body></html>'
    partner.answers["/page"] = Answer(html.encode(), headers=headers)
    page.goto(f"{partner.url}/page")
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("heading", level=1)).to_be_visible()
    return frame


def test_it_lists_the_newest_notices(
    page: Page, partner: Host, archive: Host, snippet: str
) -> None:
    """The ten newest notices, as the archive's own page lists them."""
    frame = framed(page, partner, snippet)
    home = BeautifulSoup((archive.folder / "vi/index.html").read_bytes(), "lxml")
    newest = [unescape(a.get_text()) for a in home.select(".newest .card-title a")]
    assert frame.locator("h2").all_inner_texts() == newest[:10]


def test_it_is_styled_under_strict_policies(
    page: Page, partner: Host, archive: Host, snippet: str
) -> None:
    """A partner allows the frame and nothing else; the frame itself loads its style sheet."""
    said: list[str] = []
    page.on("console", lambda message: message.type == "error" and said.append(message.text))
    policy = f"default-src 'none'; frame-src {archive.url}"
    frame = framed(page, partner, snippet, policy=policy)
    style = "getComputedStyle(e).listStyleType"
    assert frame.get_by_role("list").evaluate(f"e => {style}") == "none"
    assert said == []


def test_links_lead_out_of_the_frame(
    page: Page, partner: Host, archive: Host, snippet: str
) -> None:
    """A notice is shown in the whole window, though the frame is sandboxed; no referrer is sent."""
    frame = framed(page, partner, snippet)
    link = frame.locator("h2 a").first
    path = str(link.get_attribute("href"))
    link.click()
    page.wait_for_url(archive.url + path)
    sent = [headers["Referer"] for asked, headers in archive.asked if asked == path]
    assert sent == [None]


def test_it_leaves_no_trace(
    context: BrowserContext, page: Page, partner: Host, archive: Host, snippet: str
) -> None:
    """It sets no cookie, gets no referrer, and asks no other host."""
    hosts: set[str] = set()
    context.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    framed(page, partner, snippet)
    assert "/vi/embed/latest/" in archive.paths()
    partners = [h["Referer"] for _, h in archive.asked if partner.url in (h["Referer"] or "")]
    assert partners == []
    assert context.cookies() == []
    assert hosts == {urlsplit(host.url).netloc for host in (archive, partner)}


def test_it_fits_a_narrow_column(page: Page, partner: Host, snippet: str) -> None:
    """At 280 pixels nothing sticks out, not even the longest title of the archive."""
    page.set_viewport_size({"width": 280, "height": 600})
    frame = framed(page, partner, snippet)
    fits = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    assert frame.locator("html").evaluate(f"() => {fits}")
    assert page.evaluate(fits)


@pytest.mark.parametrize(("reader", "ground"), [("light", "255, 255, 255"), ("dark", "23, 22, 21")])
def test_it_follows_the_reader(
    page: Page, partner: Host, snippet: str, reader: Any, ground: str
) -> None:
    """It is light for readers of light pages and dark for those of dark ones."""
    page.emulate_media(color_scheme=reader)
    frame = framed(page, partner, snippet)
    colour = frame.locator("html").evaluate("e => getComputedStyle(e).backgroundColor")
    assert colour == f"rgb({ground})"
