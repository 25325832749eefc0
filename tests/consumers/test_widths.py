"""Pages on small screens, at great zoom and in large type: no reader scrolls sideways."""

import pytest
from playwright.sync_api import Page

from pelicanconf import PLUGINS
from tests.consumers.kinds import Kind, expected
from tests.consumers.reader import Reader

SCREENS = {
    "a small telephone": (320, 640),
    "400 % zoom": (320, 256),  # of a window of 1,280 by 1,024 (WCAG 2.2, 1.4.10)
    "a great screen": (1920, 1080),
}

STICKING_OUT = """() => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const out = [...document.querySelectorAll("body *")].filter(
    (element) => element.getBoundingClientRect().right > root.clientWidth + 0.5);
  return [`${root.scrollWidth} > ${root.clientWidth}`, ...out.map((e) => e.outerHTML.slice(0, 90))];
}"""

COVERED = """() => {
  const stays = (element) => ["fixed", "sticky"].includes(getComputedStyle(element).position);
  const heights = [...document.querySelectorAll("body *")].filter(stays).map(
    (element) => element.getBoundingClientRect().height);
  return heights.reduce((sum, height) => sum + height, 0) / innerHeight;
}"""


def sticking_out(page: Page) -> list[str]:
    """What makes a page scroll sideways, its width first; nothing if it does not."""
    found: list[str] = page.evaluate(STICKING_OUT)
    return found


@pytest.mark.parametrize("kind", expected(PLUGINS), ids=str)
def test_no_page_scrolls_sideways(reader: Reader, kind: Kind) -> None:
    """From 320 pixels up, and at 400 % zoom, where what stays in place leaves room to read."""
    page = reader.open(kind)
    for name, (width, height) in SCREENS.items():
        page.set_viewport_size({"width": width, "height": height})
        assert (name, sticking_out(page)) == (name, [])
        assert page.evaluate(COVERED) < 1 / 3


@pytest.mark.parametrize("name", ["home", "events", "document", "all tags", "feeds", "maker"])
def test_type_can_be_twice_as_large(reader: Reader, name: str) -> None:
    """Who sets letters to twice their size (WCAG 2.2, 1.4.4) on a tablet reads on without scrolling
    sideways.
    """
    page = reader.open(Kind(name, "vi"))
    page.set_viewport_size({"width": 768, "height": 1024})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert sticking_out(page) == []


def test_what_sticks_out_is_found(reader: Reader) -> None:
    """A picture that is too wide is named."""
    reader.page.goto("about:blank")
    reader.page.set_content("<!doctype html><svg width=2000 height=9></svg>")
    width, picture = sticking_out(reader.page)
    assert width == "2008 > 1280"
    assert picture.startswith("<svg")
