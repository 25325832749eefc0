"""Tests of `plugins/checking/repairs.py`: what is mechanical is mended, the rest is left alone."""

from unicodedata import normalize

import pytest

from pelicanconf import MARKDOWN
from plugins.checking.repairs import Known, iso, one_slip, repaired
from plugins.reading.body import Renderer
from plugins.reading.values import KEYS

TERMS = {
    "Tags": {"chính phủ điện tử": "chinh-phu-dien-tu", "thuế": "thue", "hợp tác quốc tế": "a",
             "hợp tác quốc tê": "b"},
    "Category": {"tin hoạt động": "tin-hoat-dong"},
}  # fmt: skip
KNOWN = Known(tuple(KEYS), TERMS)


def mended(text: str) -> str:
    """The text after all repairs."""
    return repaired(text, KNOWN)[0]


def a_source(header: str, body: str = "Văn bản.\n") -> str:
    """A source with a title, this header line, and a body."""
    return f"Title: a\n{header}\n\n{body}"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2008-3-5", "2008-03-05"),
        ("2008/3/5", "2008-03-05"),
        ("2008-3-5 8:30", "2008-03-05 08:30"),
        ("2008-03-21 8h30", "2008-03-21 08:30"),
        ("21/03/2008", "2008-03-21"),
        ("21.3.2008", "2008-03-21"),
        ("21/03/2008 8h", "2008-03-21 08:00"),
        ("21/03/2008, 8 giờ 30", "2008-03-21 08:30"),
        ("03/21/2008", "2008-03-21"),
        ("05/05/2008", "2008-05-05"),
        ("2008-3-5 08:30 +07:00", "2008-03-05 08:30 +07:00"),
        ("05/03/2026", ""),  # 5 March or 3 May
        ("21/03/08", ""),  # of which century?
        ("31/02/2008", ""),
        ("32/13/2008", ""),
        ("21/03/2008 8h30 chiều", ""),  # half past eight in the evening
        ("21/03/2008 25:00", ""),
        ("21/03/2008 sáng", ""),
        ("2008-21-03", ""),
        ("21/03-2008", ""),
        ("ngày 21/03/2008", ""),
    ],
)
def test_dates_with_one_reading(written: str, expected: str) -> None:
    """A date is mended only if there is one day, and one time, that it can mean."""
    assert iso(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Date: 2008-3-5 8:30", "Date: 2008-03-05 08:30"),
        ("Starts: 21/03/2008", "Starts: 2008-03-21"),
        ("Issued: 21/03/2008 08:30", "Issued: 21/03/2008 08:30"),  # a day has no time
        ("Changes: 2008-3-5 8:30 major: đổi giờ", "Changes: 2008-03-05 08:30 major: đổi giờ"),
        ("Titel: b", "Titel: b"),  # there is a title already
        ("date: 2008-03-05 08:30", "Date: 2008-03-05 08:30"),
        ("Event-status: postponed", "Event_status: postponed"),
        ("Sumary: b", "Summary: b"),
        ("Tóm tắt: b", "Summary: b"),
        ("dia diem:b", "Venue: b"),
        ("Tiêu đề: b", "Tiêu đề: b"),  # there is a title already
        ("Summary:b", "Summary: b"),
        ("Ed: b", "Ed: b"),  # too short to be certain
        ("Author: b", "Author: b"),
        ("Kind: Event", "Kind: event"),
        ("Status: publised", "Status: published"),
        ("Status: drafted", "Status: drafted"),
        ("Tags: Thuế, Chính phủ điện tư", "Tags: Thuế, chính phủ điện tử"),
        ("Tags: Thuê", "Tags: Thuê"),  # rent is no slip of tax
        ("Tags: Hợp tác quốc t", "Tags: Hợp tác quốc t"),  # of two terms
        ("Category: tin hoạt đông", "Category: tin hoạt động"),
        ("Summary: 21/03/2008", "Summary: 21/03/2008"),
        ("Summary: b  ", "Summary: b"),
    ],
)
def test_lines_of_a_header(written: str, expected: str) -> None:
    """A line of a header is mended if it is certain, and else byte for byte the same."""
    assert mended(a_source(written)) == a_source(expected)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("\ufeffTitle: a\n\nb\n", "Title: a\n\nb\n"),
        ("Title: a\r\n\r\nb\r\n", "Title: a\n\nb\n"),
        (normalize("NFD", "Title: Thuế\n\nđiện tử"), "Title: Thuế\n\nđiện tử"),
        (
            "Title: a\nDate: 2008-03-21 16:44\nVăn bản.\n",
            "Title: a\nDate: 2008-03-21 16:44\n\nVăn bản.\n",
        ),
        ("Title: a\n# Đề mục\n", "Title: a\n\n# Đề mục\n"),
        ("Title: a\nSummary: b\nc d.\n", "Title: a\nSummary: b\nc d.\n"),  # it may go on
        ("Date: 2008-03-21 16:44\nVăn\nTitle: a\n", "Date: 2008-03-21 16:44\nVăn\nTitle: a\n"),
        ("Title: a \n\nb \nc  \nd  \n\n    e  \n   \n", "Title: a\n\nb\nc  \nd\n\n    e  \n\n"),
        ("Title: a\n\n```\nx \n```\ny \n", "Title: a\n\n```\nx \n```\ny\n"),
        ("Title: a\n\n<pre>\nx \n</pre>\n", "Title: a\n\n<pre>\nx \n</pre>\n"),
    ],
)
def test_texts(written: str, expected: str) -> None:
    """Bytes, the blank line and white space are mended where they mean nothing."""
    assert mended(written) == expected


MESS = (
    "\ufefftitle: Hội nghị \r\nDate: 21/03/2008 8h30\r\nTags: Chính phủ điện tư\r\n"
    "Kind: Bulletin\r\nVăn bản. \r\nhai  \r\nba\r\n"
)


def test_a_second_run_mends_nothing() -> None:
    """All that is mended at all is mended at once, and each thing is told with its line."""
    text, done = repaired(normalize("NFD", MESS), KNOWN)
    assert text == (
        "Title: Hội nghị\nDate: 2008-03-21 08:30\nTags: chính phủ điện tử\nKind: bulletin\n\n"
        "Văn bản.\nhai  \nba\n"
    )
    assert repaired(text, KNOWN) == (text, [])
    assert {one.line for one in done} >= {1, 2, 3, 4, 5}


def test_white_space_that_goes_shows_nowhere() -> None:
    """The page of a text is the same, but for white space, after the spaces at its ends went."""
    body = (
        "một \nhai  \nba\t\n\n> trích  \n> dẫn \n\n| a | b |  \n|---|---|\n| c | d | \n\n1. x  \n"
    )
    head = "Title: a\n\n"
    after = mended(head + body).removeprefix(head)
    assert after != body
    pages = [
        Renderer(MARKDOWN, b"").render("2008/03/a.vi.md", text, 1).html for text in (body, after)
    ]
    assert "".join(pages[0].split()) == "".join(pages[1].split())


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("title", "titel", True),
        ("tags", "tag", True),
        ("date", "data", True),
        ("date", "date", False),
        ("date", "dtea", False),
        ("aa", "aaa", True),
        ("", "ab", False),
        ("abcd", "badc", False),
    ],
)
def test_one_slip(one: str, other: str, expected: bool) -> None:
    """One letter more, less or other, or two that changed places."""
    assert one_slip(one, other) is expected
    assert one_slip(other, one) is expected
