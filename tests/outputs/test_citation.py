"""Tests of `plugins/outputs/notices/citation.py`.

How a notice is cited, and how one writes about it.
"""

from urllib.parse import parse_qs, urlsplit

import pytest

from plugins.model.notice import Change, ChangeKind, Document, Edition, Status
from plugins.model.site import Contact
from plugins.outputs.notices.citation import LONGEST, citation, letter
from tests.model.builders import a_site, an_edition, at
from tests.outputs.printing import a_press
from tests.outputs.visiting import Visit

SITE = a_site(contact=Contact(email="so+web@example.org"))
DOCUMENT = Document(number="12/2008/TT-BTTTT", issuer="Bộ Tin tức")
CORRECTED = Change(at("2008-04-02 08:00"), ChangeKind.CORRECTION, "sai ngày", "vi")
WITHDRAWN = Change(at("2008-05-02 08:00"), ChangeKind.WITHDRAWN, "nhầm", "vi")


@pytest.mark.parametrize(
    ("edition", "expected"),
    [
        (
            an_edition(title="Hội nghị"),
            "“Hội nghị”, Lưu trữ, ngày 21 tháng 3 năm 2008, https://example.org/vi/2008/03/hop/",
        ),
        (
            an_edition(title="Thông tư", document=DOCUMENT),
            "Bộ Tin tức, “Thông tư”, số 12/2008/TT-BTTTT, Lưu trữ, ngày 21 tháng 3 năm 2008,"
            " https://example.org/vi/2008/03/hop/",
        ),
        (
            an_edition(language="en", title="Conference", document=Document(number="5")),
            "‘Conference’, No. 5, Archive, 21 March 2008, https://example.org/en/2008/03/hop/",
        ),
        (
            an_edition(title="Hội nghị", changes=(CORRECTED,)),
            "“Hội nghị”, Lưu trữ, ngày 21 tháng 3 năm 2008, đính chính ngày 02 tháng 4 năm 2008,"
            " https://example.org/vi/2008/03/hop/",
        ),
        (
            an_edition(
                language="en",
                title="A",
                status=Status.WITHDRAWN,
                changes=(CORRECTED, WITHDRAWN),
            ),
            "‘A’, Archive, 21 March 2008, withdrawn 2 May 2008,"
            " https://example.org/en/2008/03/hop/",
        ),
    ],
)
def test_citation(edition: Edition, expected: str) -> None:
    """Issuer, title, number, archive, day, what became of it, address: as far as they are there."""
    assert citation(a_press(SITE), a_press(SITE).words(edition.language), edition) == expected


def test_pages_show_the_citation_and_copy_it(pages: Visit) -> None:
    """The sentence can be read, and the button, which scripts show, copies the same."""
    page = pages.pages["/en/2008/02/circular-on-electronic-forms/"]
    button = page.select_one(".citation button")
    assert button.has_attr("hidden")
    assert button["data-copy"] == page.select_one(".citation p").get_text()
    assert button["data-copy"].startswith("Ministry of News and Communications, ‘Circular")


@pytest.mark.parametrize(
    "title", ["Hội nghị", 'Hỏi & đáp? "100%" #1 <a> + ]]>\u2028', "a" * LONGEST, "ắ" * 500]
)
def test_a_letter_has_the_id_and_the_title(title: str) -> None:
    """An address of RFC 6068: ASCII, all reserved characters of the subject encoded."""
    address = letter(a_press(SITE), a_press(SITE).words("vi"), an_edition(title=title))
    assert address.isascii()
    parts = urlsplit(address)
    assert (parts.scheme, parts.path, parts.fragment) == ("mailto", "so+web@example.org", "")
    subject = parse_qs(parts.query, strict_parsing=True)
    short = title if len(title) <= LONGEST else f"{title[: LONGEST - 1]}…"
    assert subject == {"subject": [f"Thông báo 2008/03/hop: {short}"]}
    assert "+" not in parts.query
    assert len(address) < 1_500


def test_no_letter_without_a_contact() -> None:
    """A site that gives no mail address asks for none."""
    site = a_site()
    assert letter(a_press(site), a_press(site).words("vi"), an_edition()) == ""
