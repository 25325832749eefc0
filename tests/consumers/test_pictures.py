"""Tests of pictures in a real browser: which copy it takes, and that nothing moves meanwhile."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.consumers.hosts import Host, serving

HOUSES = "/vi/2026/01/ho-tro-thue-nha-o-xa-hoi/"
NAME = "/2026/01/ho-tro-thue-nha-o-xa-hoi/khu-nha.jpg"


@pytest.fixture
def archive(site: Path) -> Iterator[Host]:
    """The fictional archive."""
    with serving(site) as host:
        yield host


def a_screen(browser: Browser, width: int, density: float) -> Page:
    """A tab on a screen that is so wide, with so many pixels for one of CSS."""
    size = {"width": width, "height": 800}
    page = browser.new_context(viewport=size, device_scale_factor=density).new_page()
    page.set_default_timeout(10_000)
    return page


@pytest.mark.parametrize(
    ("width", "density", "widths"),
    [(320, 1, {320}), (360, 2, {640, 960}), (390, 3, {960, 1400}), (1280, 1, {640, 960})],
)
def test_a_screen_takes_what_it_shows(
    browser: Browser, archive: Host, width: int, density: float, widths: set[int]
) -> None:
    """A small screen is sent a small copy, upright, and never the picture itself."""
    page = a_screen(browser, width, density)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(archive.url)))
    page.goto(archive.url + HOUSES)
    image = page.locator(".lead-picture img")
    image.evaluate("image => image.decode()")
    (taken,) = [address for address in asked if address.startswith(NAME)]
    assert taken in {f"{NAME}.{each}.webp" for each in widths}
    box = image.bounding_box()
    assert box
    assert abs(box["width"] / box["height"] - 1400 / 900) < 0.01
    page.context.close()


def test_a_browser_without_webp_takes_the_picture(browser: Browser, archive: Host) -> None:
    """The picture itself is in the page, for browsers that pass the copies over."""
    page = a_screen(browser, 1280, 1)
    page.route("**/*.webp", lambda route: route.abort())
    page.goto(archive.url + HOUSES)
    page.evaluate("document.querySelector('.lead-picture source').type = 'image/unknown'")
    image = page.locator(".lead-picture img")
    image.evaluate("image => image.decode()")
    assert image.evaluate("image => image.currentSrc") == archive.url + NAME
    page.context.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_moves_when_the_picture_comes(browser: Browser, archive: Host, width: int) -> None:
    """Its place is kept for it: the text stands where it stood before, to less than a pixel."""
    tops = []
    for waits in (True, False):
        page = a_screen(browser, width, 1)
        if waits:
            page.route("**/khu-nha.jpg*", lambda route: route.abort())
        page.goto(archive.url + HOUSES)
        box = page.locator(".body").bounding_box()
        assert box
        tops.append(box["y"])
        page.context.close()
    assert tops[0] > 200
    assert abs(tops[0] - tops[1]) < 1
