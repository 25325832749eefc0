"""Tests of `plugins/writing/header.py`: an edit changes the lines that it must, and no other."""

from collections.abc import Callable

import pytest

from plugins.writing.header import (
    Entry,
    appended,
    entries,
    entry,
    exchanged,
    put,
    removed,
    renamed,
    replaced,
)

PLAIN = """Title: Hội nghị
Date: 2008-03-21 16:44
Changes:
  2008-03-22 08:00 minor: sửa lỗi
  2008-03-23 08:00 major: đổi giờ
Tags: mot,
      hai

Thân bài.
Title: không phải khóa
"""
FENCED = "---\nTitle: Hội nghị\n\nDate: 2008-03-21 16:44\n\n---\nThân bài.\n"
ODD = "\ufeffTitle:   Ho\u0323\u0302i   \r\nDate:2008-03-21 16:44\r\nTags: a\r\r\nThân\u2028bài."
TEXTS = [PLAIN, FENCED, ODD]

Edit = Callable[[str], str]


def the(text: str, key: str) -> Entry:
    """The field of a key that is there."""
    found = entry(text, key)
    assert found
    return found


def test_fields_have_their_lines() -> None:
    """The first and the last, with the indented ones; the text below has no fields."""
    assert [(e.key, e.line, e.end) for e in entries(PLAIN)] == [
        ("Title", 1, 1),
        ("Date", 2, 2),
        ("Changes", 3, 5),
        ("Tags", 6, 7),
    ]
    assert [(e.key, e.text, e.line) for e in entries(FENCED)] == [
        ("Title", "Hội nghị", 2),
        ("Date", "2008-03-21 16:44", 4),
    ]
    assert [(e.key, e.line) for e in entries(ODD)] == [("Title", 1), ("Date", 2), ("Tags", 3)]
    assert entry(PLAIN, "Summary") is None


@pytest.mark.parametrize(
    ("edit", "before", "after"),
    [
        (lambda t: put(t, "Title", "Họp"), "Title: Hội nghị\n", "Title: Họp\n"),
        (lambda t: put(t, "Tags", "ba"), "Tags: mot,\n      hai\n", "Tags: ba\n"),
        (lambda t: put(t, "Tags", "x,", "y"), "mot,\n      hai\n", "x,\n      y\n"),
        (
            lambda t: put(t, "Changes", "2008-03-22 08:00 minor: a"),
            "  2008-03-22 08:00 minor: sửa lỗi\n  2008-03-23 08:00 major: đổi giờ\n",
            "  2008-03-22 08:00 minor: a\n",
        ),
        (
            lambda t: put(t, "Status", "draft"),  # after Tags, which the table has before it
            "      hai\n",
            "      hai\nStatus: draft\n",
        ),
        (lambda t: put(t, "Kind", "event"), "Changes:", "Kind: event\nChanges:"),
        (
            lambda t: put(t, "Aliases", "/a/", "/b/"),
            "đổi giờ\n",
            "đổi giờ\nAliases:\n    /a/\n    /b/\n",
        ),
        (
            lambda t: appended(t, the(t, "Changes"), "2009-01-01 08:00 minor:  x\ny "),
            "đổi giờ\n",
            "đổi giờ\n  2009-01-01 08:00 minor: x y\n",
        ),
        (
            lambda t: appended(t, the(t, "Date"), "x"),
            "2008-03-21 16:44\n",
            "2008-03-21 16:44\n    x\n",
        ),
        (lambda t: renamed(t, the(t, "Changes"), "Aliases"), "Changes:\n", "Aliases:\n"),
        (lambda t: removed(t, the(t, "Tags")), "Tags: mot,\n      hai\n", ""),
        (lambda t: exchanged(t, 7, "hai", "ba"), "      hai", "      ba"),
    ],
)
def test_an_edit_is_surgical(edit: Edit, before: str, after: str) -> None:
    """Only the lines of the field are others: what is indented, and how, stays."""
    assert edit(PLAIN) == PLAIN.replace(before, after, 1) != PLAIN


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (lambda t: put(t, "Date", "2008-03-22"), FENCED.replace("03-21 16:44", "03-22")),
        (lambda t: put(t, "Kind", "event"), FENCED.replace("16:44\n", "16:44\nKind: event\n")),
        (lambda t: removed(t, the(t, "Title")), FENCED.replace("Title: Hội nghị\n", "")),
    ],
)
def test_a_fence_stays(edit: Edit, expected: str) -> None:
    """New lines stand within it, blank lines are not taken away."""
    assert edit(FENCED) == expected


@pytest.mark.parametrize(
    ("edit", "before", "after"),
    [
        (lambda t: put(t, "Kind", "event"), "16:44\r\n", "16:44\r\nKind: event\r\n"),
        (lambda t: renamed(t, the(t, "Date"), "Date"), "Date:2", "Date: 2"),
        (lambda t: renamed(t, the(t, "Title"), "Summary"), "Title:   ", "Summary:   "),
        (lambda t: put(t, "Date", "2008"), "Date:2008-03-21 16:44", "Date: 2008"),
    ],
)
def test_odd_bytes_stay(edit: Edit, before: str, after: str) -> None:
    """A byte order mark, CRLF, decomposed letters, separators of lines that are none, the lack of a
    last line end.
    """
    assert edit(ODD) == ODD.replace(before, after, 1)


@pytest.mark.parametrize("text", ["Title: a", "Title: a\r\nDate: b", "\ufeffTitle: a"])
def test_a_header_alone_may_end_without_a_line_end(text: str) -> None:
    """A field is added on a line of its own, and the last line still has no end."""
    longer = put(text, "Tags", "x")
    assert longer.replace("\r\n", "\n") == text.replace("\r\n", "\n") + "\nTags: x"
    assert removed(longer, the(longer, "Tags")) == text


@pytest.mark.parametrize("text", TEXTS)
def test_the_same_value_changes_nothing(text: str) -> None:
    """What is put as it is leaves every byte."""
    for found in entries(text):
        assert replaced(text, found, *found.values) == text


@pytest.mark.parametrize("text", TEXTS)
def test_what_is_put_is_read(text: str) -> None:
    """Each key of the table, in each text: it is there afterwards, once, and the rest as it was."""
    for key in ("Title", "Kind", "Status", "Changes", "Aliases", "Id"):
        found = entries(put(text, key, "một", "hai"))
        assert [e.values for e in found if e.key == key] == [("một", "hai")]
        others = [(e.key, e.values) for e in entries(text) if e.key != key]
        assert [(e.key, e.values) for e in found if e.key != key] == others


@pytest.mark.parametrize("value", ["", " \n "])
def test_a_field_needs_a_value(value: str) -> None:
    """An empty one is not written: the file would have a fault."""
    with pytest.raises(ValueError, match="value"):
        put(PLAIN, "Status", value)
