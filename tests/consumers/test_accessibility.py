"""axe-core in a real browser: no violation on any kind of page, in any of the browser's looks."""

from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from pelicanconf import PLUGINS
from tests.consumers.kinds import Kind, expected
from tests.consumers.reader import Reader

LOOKS: dict[str, dict[str, str]] = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "forced": {"forced_colors": "active"},
    "forced, dark": {"forced_colors": "active", "color_scheme": "dark"},
}
"""What is asked of the browser, by the name of a look."""

OFTEN = ("light", "dark")

OF_COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}
"""Rules that say something else in another look; the others hold in all or in none."""

RUN = """async (options) => {
  const given = { resultTypes: ["violations"], iframes: false, preload: false, ...options };
  const { violations } = await axe.run(document, given);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`));
}"""


def violations(reader: Reader, look: str) -> list[str]:
    """What axe objects to in the page that is open."""
    asked: dict[str, Any] = {"color_scheme": "light", "forced_colors": "none", **LOOKS[look]}
    reader.page.emulate_media(**asked)
    found = reader.page.evaluate(RUN, OF_COLOURS if LOOKS[look] else {})
    return [f"{look}: {violation}" for violation in found]


@pytest.mark.parametrize("kind", expected(PLUGINS), ids=str)
def test_axe_finds_no_violation(reader: Reader, kind: Kind) -> None:
    """All rules of axe-core hold, those of WCAG and those of good practice, in light and dark."""
    reader.open(kind).evaluate(AXE_SCRIPT)
    assert [violation for look in OFTEN for violation in violations(reader, look)] == []


@pytest.mark.parametrize("name", ["home", "events", "event", "withdrawn", "maker"])
def test_colours_of_the_reader_s_own_can_be_read(reader: Reader, name: str) -> None:
    """Where the reader's system sets all colours, nothing vanishes."""
    reader.open(Kind(name, "vi")).evaluate(AXE_SCRIPT)
    forced = [look for look in LOOKS if look not in OFTEN]
    assert [violation for look in forced for violation in violations(reader, look)] == []


def test_axe_is_at_work(reader: Reader) -> None:
    """A page with faults has violations, in a dark look those of dark colours."""
    reader.page.goto("about:blank")
    reader.page.set_content(
        "<!doctype html><html lang=vi><title>Thử</title><main><h1>Thử</h1><img src=data:,>"
        "<style>:root {color-scheme: light dark} @media (prefers-color-scheme: dark)"
        "{p {color: #333; background: #222}}</style><p>Chữ tối trên nền tối</p></main>"
    )
    reader.page.evaluate(AXE_SCRIPT)
    found = [violations(reader, look) for look in OFTEN]
    assert [len(said) for said in found] == [1, 1]
    assert found[0][0].startswith("light: image-alt:")
    assert found[1][0].startswith("dark: color-contrast:")
