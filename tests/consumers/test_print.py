"""Pages on paper: what is read out of the PDF that Chromium prints."""

import unicodedata
from io import BytesIO

import pytest
from pypdf import PdfReader

from pelicanconf import PLUGINS
from tests.conftest import URL
from tests.consumers.kinds import STATES, Kind, in_one_language
from tests.consumers.reader import Reader

NAVIGATION = "nav, .skip, button, form, [role=search]"

IN_PRINT = [*(Kind(name, "vi") for name in STATES), Kind("bulletin", "en"), Kind("event", "en")]


def words(text: str) -> str:
    """Letters and signs of the Latin script, however lines are broken, marks and ligatures made.

    Those of other scripts are in a PDF in the order in which they are drawn.
    """
    whole = unicodedata.normalize("NFKC", text)
    return "".join(c for c in whole if "!" <= c <= "~" or "LATIN" in unicodedata.name(c, ""))


def printed(data: bytes) -> str:
    """The words of a PDF."""
    return words(" ".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages))


@pytest.mark.parametrize("kind", IN_PRINT, ids=str)
def test_a_notice_on_paper_says_where_it_is_from(reader: Reader, kind: Kind) -> None:
    """The PDF holds title, date, text and the whole address, and no navigation."""
    page = reader.open(kind)
    left_out = [words(text) for text in page.locator("nav a, .skip").all_text_contents()]
    page.emulate_media(media="print")
    text = printed(page.pdf(format="A4"))
    for part in ("h1", "main time", ".body p"):
        assert words(page.locator(part).first.inner_text()) in text
    assert words(URL + reader.kinds[kind]) in text
    kept = words(page.title() + page.locator("main").inner_text())
    assert len(left_out) > 10
    assert [said for said in left_out if said in text and said not in kept] == []


@pytest.mark.parametrize("kind", in_one_language(PLUGINS), ids=str)
def test_nothing_to_press_is_printed(reader: Reader, kind: Kind) -> None:
    """On paper there is no navigation, of whatever kind the page is."""
    page = reader.open(kind)
    page.emulate_media(media="print")
    shown = page.locator(NAVIGATION).filter(visible=True)
    assert [element.evaluate("e => e.outerHTML.slice(0, 90)") for element in shown.all()] == []
