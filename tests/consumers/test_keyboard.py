"""Pages by keyboard alone: every stop is reached in order and seen, and none is a trap."""

from typing import Any

import pytest

from pelicanconf import PLUGINS
from tests.consumers.kinds import Kind, in_one_language
from tests.consumers.reader import Reader

WATCH = """() => {
  const looks = (element) => {
    const { outlineStyle, outlineWidth, boxShadow, backgroundColor } = getComputedStyle(element);
    const outline = outlineStyle === "none" ? "" : outlineStyle + outlineWidth;
    return [outline, boxShadow, backgroundColor].join();
  };
  const takesPart = (element) => element.tabIndex >= 0 && !element.disabled
    && element.checkVisibility({ visibilityProperty: true });
  const all = "a[href], button, input, select, textarea, summary, audio, video, [tabindex]";
  window.expected = [...document.querySelectorAll(all)].filter(takesPart);
  const before = new Map(window.expected.map((element) => [element, looks(element)]));
  window.stops = [];
  document.addEventListener("focusin", ({ target }) => {
    const box = target.getClientRects()[0];
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    const top = document.elementFromPoint(x, y);
    window.stops.push({
      element: target,
      html: target.outerHTML.slice(0, 120),
      seen: Boolean(top) && (target.contains(top) || top.contains(target)),
      marked: looks(target) !== before.get(target),
    });
  });
}"""
"""Notes each stop: whether it is on the screen with nothing above it, and looks unlike before."""

READ = """() => {
  const reached = window.stops.map(({ element }) => element);
  const round = reached.indexOf(reached[0], 1);
  const first = round < 0 ? reached : reached.slice(0, round);
  const planned = first.filter((element) => window.expected.includes(element));
  return {
    round: round > 0,
    inOrder: planned.every((element, place) => element === window.expected[place]),
    missed: window.expected.filter((e) => !first.includes(e)).map((e) => e.outerHTML.slice(0, 120)),
    unseen: window.stops.filter(({ seen }) => !seen).map(({ html }) => html),
    unmarked: window.stops.filter(({ marked }) => !marked).map(({ html }) => html),
  };
}"""

ONWARD = 3
"""How many times as many stops as those of the page itself there may be: frames have their own."""


def walk(reader: Reader) -> dict[str, Any]:
    """Press Tab from the top of the page that is open until the first stop comes again."""
    page = reader.page
    page.evaluate(WATCH)
    count = page.evaluate("window.expected.length")
    for _ in range(ONWARD):
        for _ in range(count + 2):
            page.keyboard.press("Tab")
        walked: dict[str, Any] = page.evaluate(READ)
        if walked["round"]:
            break
    return walked


ALL_WELL = {"round": True, "inOrder": True, "missed": [], "unseen": [], "unmarked": []}


@pytest.mark.parametrize("kind", in_one_language(PLUGINS), ids=str)
def test_tab_leads_through_the_page(reader: Reader, kind: Kind) -> None:
    """Tab reaches all that can be used, in the order of the text, each on the screen and marked,
    and comes to the top again.
    """
    reader.open(kind)
    assert walk(reader) == ALL_WELL


@pytest.mark.parametrize("name", ["home", "event", "tag", "feeds", "not found", "standing page"])
def test_the_first_stop_skips_to_the_content(reader: Reader, name: str) -> None:
    """Enter on the first link moves the focus into the content: the next stop is there."""
    page = reader.open(Kind(name, "en"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('a.skip')")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.matches('main')")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main, main ~ footer') !== null")
    assert not page.evaluate("document.activeElement.closest('header.masthead')")


def test_a_walk_finds_faults(reader: Reader) -> None:
    """What is out of order, unmarked, hidden below something or a trap is told."""
    reader.page.goto("about:blank")
    reader.page.set_content(
        "<style>#a:focus {outline: none} div {position: fixed; inset: 0 0 50% 0}</style>"
        "<a id=a href=#a>a</a> <a href=#b>b</a>"
        "<p style='margin-top: 90vh'><a href=#c tabindex=1>c</a>"
        "<a href=#d id=trap>d</a><div></div><script>trap.onkeydown=e=>e.preventDefault()</script>"
    )
    walked = walk(reader)
    assert (walked["round"], walked["inOrder"]) == (False, False)
    assert len(walked["unmarked"]) == 1
    assert len(walked["unseen"]) == 2
