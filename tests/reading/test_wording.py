"""Tests of `plugins/reading/wording.py`: a translation is behind when words changed, only then."""

import pytest

from plugins.reading.header import split
from plugins.reading.values import KEYS
from plugins.reading.wording import digest_of_words

ORIGINAL = """Title: Hội nghị
Date: 2008-03-21 16:44
Kind: event
Tags: mot, hai
Summary: Tóm
  tắt
Starts: 2008-03-20 08:00
Venue: Hà Nội
Changes: 2008-03-22 10:00 major: đổi giờ

Đoạn  một.

Đoạn hai.
"""


def words(text: str) -> str:
    """The digest of a source."""
    found = split("a.vi.md", text, tuple(KEYS))
    assert not found.problems
    return digest_of_words(found.fields, found.body)


def test_it_never_changes() -> None:
    """Files of webmasters hold it: this value is a contract."""
    assert words(ORIGINAL) == "63d71b74035d6fea"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Title: Hội nghị", "Title: Hội thảo"),
        ("Tóm", "Gom"),
        ("Venue: Hà Nội", "Venue: Huế"),
        ("Venue: Hà Nội\n", ""),
        ("Venue: Hà Nội", "Contact: Hà Nội"),
        ("Đoạn hai.", "Đoạn hai!"),
        ("Tags: mot, hai", "Image_alt: mot, hai"),
    ],
)
def test_words_matter(old: str, new: str) -> None:
    """Title, summary, the words of the facts, of the picture, of the body."""
    assert words(ORIGINAL.replace(old, new)) != words(ORIGINAL)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Date: 2008-03-21 16:44", "Date: 2008-03-21 16:45"),
        ("Tags: mot, hai", "Tags: ba"),
        ("Tags: mot, hai", "Status: draft"),
        ("Starts: 2008-03-20 08:00", "Starts: 2008-03-21 08:00"),
        ("đổi giờ", "đổi ngày"),
        ("Tóm\n  tắt", "Tóm tắt"),
        ("Đoạn  một.", "Đoạn \nmột. "),
        ("Title: Hội nghị\nDate: 2008-03-21 16:44", "Date: 2008-03-21 16:44\nTitle: Hội nghị"),
    ],
)
def test_facts_and_white_space_do_not(old: str, new: str) -> None:
    """What a translation inherits, its history, how lines are wrapped, the order of keys."""
    changed = ORIGINAL.replace(old, new)
    assert changed != ORIGINAL
    assert words(changed) == words(ORIGINAL)
