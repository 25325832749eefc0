"""Every example of every component in a real browser, with the real style sheet."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from pelicanconf import JINJA_ENVIRONMENT
from plugins.building.catalogue import write
from tests.conftest import ROOT

LOW = """() => [...document.querySelectorAll("body *")].filter((element) => {
  const style = getComputedStyle(element);
  const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  return own && parseFloat(style.lineHeight) < 1.5 * parseFloat(style.fontSize) - 0.01;
}).map((element) => element.outerHTML)"""

CUT = """() => [...document.querySelectorAll("main *")].filter((element) =>
  getComputedStyle(element).overflowX === "visible" && element.clientWidth > 0
  && element.scrollWidth > element.clientWidth + 1
).map((element) => element.outerHTML)"""


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of the catalogue."""
    folder: Path = tmp_path_factory.mktemp("catalogue")
    write(ROOT / "theme", folder, JINJA_ENVIRONMENT)
    return (folder / "index.html").as_uri()


@pytest.mark.parametrize("width", [320, 768, 1920])
def test_no_example_leaves_its_place(page: Page, catalogue: str, width: int) -> None:
    """However long its words are, a component stays in the width that it has: 320 pixels are 1,280
    at 400 % zoom.
    """
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(catalogue)
    assert page.evaluate(CUT) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_no_line_is_low(page: Page, catalogue: str) -> None:
    """Whatever holds text has lines of 1.5 or more, for Vietnamese stacks its marks."""
    page.goto(catalogue)
    assert page.evaluate(LOW) == []
