"""The language switch: to the same page in the other language, and back."""

import pytest
from playwright.sync_api import Page

from pelicanconf import PLUGINS
from tests.consumers.kinds import Kind, in_one_language
from tests.consumers.reader import Reader

SWITCH = "nav.languages a[hreflang]"

WITHOUT = {"chooser", "frame", "not found", "not found in any language", "untranslated"}
"""Kinds of page that are in both languages or in one, are for other sites, or have no address."""

SWITCHED = [kind for kind in in_one_language(PLUGINS) if kind.name not in WITHOUT]


def versions(page: Page) -> dict[str, str]:
    """The paths of a page by language, as it gives them for machines."""
    links: dict[str, str] = page.eval_on_selector_all(
        "link[rel=alternate][hreflang]",
        "(all) => Object.fromEntries(all.map((a) => [a.hreflang, new URL(a.href).pathname]))",
    )
    return links


@pytest.mark.parametrize("kind", SWITCHED, ids=str)
def test_there_and_back(reader: Reader, kind: Kind) -> None:
    """The switch leads to the page in the other language, whose switch leads back."""
    page = reader.open(kind)
    start, said = page.url, versions(page)
    other = page.locator(SWITCH).get_attribute("hreflang")
    page.locator(SWITCH).click()
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.lang") == other != kind.language
    assert page.url != start
    assert versions(page) == said
    assert page.evaluate("location.pathname") == said[other or ""]
    page.locator(SWITCH).click()
    page.wait_for_load_state()
    assert page.url == start


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_page_in_one_language_says_so(reader: Reader, language: str) -> None:
    """There is a word in the other language in place of the link."""
    page = reader.open(Kind("untranslated", language))
    assert page.locator(SWITCH).count() == 0
    note = page.locator("nav.languages [lang]:not([aria-current])")
    assert note.count() == 1
    assert note.get_attribute("lang") != language
    assert note.inner_text().strip()
