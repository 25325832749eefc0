"""A source split into its header's fields and its body."""

import tomllib
from pathlib import Path

import pytest

import pelicanconf
from plugins.reading import names
from plugins.reading.header import Field, nearest, split
from plugins.reading.names import key_named
from plugins.reading.values import KEYS

KNOWN = ("Title", "Tags", "Date", "Event_status")


def fields_of(text: str) -> tuple[Field, ...]:
    """The fields of a header that has no problem."""
    found = split("a.md", text, KNOWN)
    assert found.problems == ()
    return found.fields


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("Title: a", [Field("Title", ("a",), 1)]),
        ("Title: a\nDate: b\n\nc", [Field("Title", ("a",), 1), Field("Date", ("b",), 2)]),
        ("Title:\ta  \n", [Field("Title", ("a",), 1)]),
        ("Title: a: b\n", [Field("Title", ("a: b",), 1)]),
        ("Event_status: a\n", [Field("Event_status", ("a",), 1)]),
        # A longer value, indented by spaces or a tab, on the key's line or below it.
        (
            "Title: a\n  b\n\tc\nDate: d\n",
            [Field("Title", ("a", "b", "c"), 1), Field("Date", ("d",), 4)],
        ),
        ("Tags:\n    a\n    b\n", [Field("Tags", ("a", "b"), 1)]),
        # What goes on with a value may look like a key.
        ("Title: a\n  Date: b\n", [Field("Title", ("a", "Date: b"), 1)]),
        # Between fences blank lines are allowed.
        ("---\nTitle: a\n\nDate: b\n---\nc", [Field("Title", ("a",), 2), Field("Date", ("b",), 4)]),
        ("--- \nTitle: a\n---  \n", [Field("Title", ("a",), 2)]),
    ],
)
def test_fields(text: str, fields: list[Field]) -> None:
    """Keys, their values line by line, and the line on which each key stands."""
    assert list(fields_of(text)) == fields


def test_value_as_one_line() -> None:
    """A value over several lines is one line where a line is asked for."""
    (field,) = fields_of("Title: a\n  b\n")
    assert field.text == "a b"


@pytest.mark.parametrize(
    ("text", "body", "line"),
    [
        ("Title: a\n\nb\nc\n", "b\nc", 3),
        ("Title: a\n\n\n  \nb\n\n\n", "b", 5),
        ("Title: a\n \t\nb", "b", 3),  # a line of white space is blank
        ("---\nTitle: a\n---\nb", "b", 4),
        ("---\nTitle: a\n---\n\nb\n\n---\n\nc", "b\n\n---\n\nc", 5),  # a rule of the text
        ("Title: a\n\n    code\n", "    code", 3),  # its indent is the text's
    ],
)
def test_body(text: str, body: str, line: int) -> None:
    """The body without the blank lines around it, and the line on which it begins."""
    found = split("a.md", text, KNOWN)
    assert (found.body, found.body_line, found.problems) == (body, line, ())


@pytest.mark.parametrize("text", ["Title: a", "Title: a\n", "Title: a\n\n", "---\nTitle: a\n---"])
def test_header_alone(text: str) -> None:
    """A header may be all that there is."""
    assert split("a.md", text, KNOWN).body == ""


@pytest.mark.parametrize(
    "line",
    [
        "Hội nghị họp.",
        "Title a",
        "Đề bài: a",
        ": a",
        "* Title: a",
        "# Title",
        "=======",
    ],
)
def test_lines_that_are_no_fields(line: str) -> None:
    """Whatever is not exactly a key, a colon and a space is a fault, in any place."""
    for text, number in ((f"{line}\n\nb", 1), (f"Title: a\n{line}\n\nb", 2)):
        (problem,) = split("a.md", text, KNOWN).problems
        assert (problem.line, problem.key) == (number, "header")
        assert f"“{line}”" in str(problem.message)


@pytest.mark.parametrize("name", ["Tiêu đề", "tieu de", "TIÊU ĐỀ", "Tiêu đề ", "Tieu-de"])
def test_a_key_by_its_name_in_another_language(name: str) -> None:
    """It is a field, and the fault says the key; of a key that may not be there it says nothing."""
    found = split("a.md", f"{name}: a\n  b\nDate: 2008-03-21\n\nb", ("Title", "Date"))
    assert [(field.key, field.lines) for field in found.fields] == [
        (name.strip(), ("a", "b")),
        ("Date", ("2008-03-21",)),
    ]
    (problem,) = found.problems
    assert (problem.key, str(problem.remedy)) == (name.strip(), "Write “Title”.")
    others = split("a.md", f"{name}: a\n\nb", ("Date",)).problems
    assert "Write “Title”." not in [str(problem.remedy) for problem in others]


def test_names_of_keys_are_known() -> None:
    """Every name stands for a key, in the languages of the site that are not the keys' own, and no
    name stands for two.
    """
    tables = tomllib.loads(Path(names.__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    assert set(tables) <= set(pelicanconf.LANGUAGES)
    for table in tables.values():
        assert set(table) == set(KEYS)
        for key, called in table.items():
            for name in called:
                assert key_named(name, tuple(KEYS)) == key, name


@pytest.mark.parametrize("line", ["Title:a", "Title : a"])
def test_a_key_without_its_space(line: str) -> None:
    """A known key whose colon stands wrong is a fault that says how to write it, each time."""
    found = split("a.md", f"{line}\nDate:2008-03-21\n\nb", ("Title", "Date"))
    assert [(p.line, p.key) for p in found.problems] == [(1, "header"), (2, "header")]
    assert str(found.problems[0].remedy).startswith("Write “Title: a”")
    assert [field.key for field in found.fields] == ["Title", "Date"]


@pytest.mark.parametrize(
    ("line", "shown"),
    [("a" * 60, "a" * 60), ("a" * 61, "a" * 57 + "…"), ("a" * 999, "a" * 57 + "…")],
)
def test_long_line_is_shown_by_its_beginning(line: str, shown: str) -> None:
    """A paragraph in the place of a header is shown by 60 characters at most."""
    (problem,) = split("a.md", line, KNOWN).problems
    assert f"“{shown}”" in str(problem.message)


@pytest.mark.parametrize(
    ("word", "known"),
    [
        ("title", "Title"),
        ("Titel", "Title"),
        ("Tag", "Tags"),
        ("Event-status", "Event_status"),
        ("Qqq", ""),
        ("", ""),
    ],
)
def test_nearest(word: str, known: str) -> None:
    """The known word that was meant, whatever its case, or none."""
    assert nearest(word, KNOWN) == known
