"""The text of a source's bytes (see `tests/cases/test_bytes.py` for what is told of it)."""

from unicodedata import normalize

import pytest

from plugins.reading.text import MAX_BYTES, text_of

TEXT = "Title: Chính phủ điện tử\n\nĐoạn một.\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),  # old Macs
        TEXT.replace("\n\n", "\r\n\n").encode(),  # two editors
        normalize("NFD", TEXT).encode(),
        normalize("NFD", TEXT).replace("\n", "\r\n").encode("utf-8-sig"),
    ],
)
def test_one_text_whatever_the_editor(data: bytes) -> None:
    """Byte order mark, line ends and Unicode form are accidents: the text is one."""
    assert text_of("a.md", data)[0] == TEXT


@pytest.mark.parametrize(
    "character",
    [
        "\t",
        "\u00ad",  # the soft hyphen is TCVN3's ư: to strip it would destroy old texts
        "\u00a0",
        "\u200b",
        "\u200e",
        "\u2028",
        "đ",
        "🏛",
    ],
)
def test_characters_that_are_kept(character: str) -> None:
    """What is no control character stands in the text as it was written, without a problem."""
    text = f"Title: a{character}b\n"
    assert text_of("a.md", text.encode()) == (text, [])


@pytest.mark.parametrize(
    "code", [0x01, 0x08, 0x0B, 0x0C, 0x0E, 0x1F, 0x7F, 0x9F, 0xFDD0, 0xFDEF, 0xFFFE, 0x1FFFF]
)
def test_characters_that_are_faults(code: int) -> None:
    """Control characters and noncharacters are faults, told by their number and line."""
    _, problems = text_of("a.md", f"Title: a\n\nb{chr(code)}c{chr(code)}\n".encode())
    assert [str(problem) for problem in problems] == [
        f"a.md:3: file: The character U+{code:04X} is invisible, and forbidden in feeds. Delete it."
    ]


@pytest.mark.parametrize(("size", "faults"), [(MAX_BYTES, 0), (MAX_BYTES + 1, 1)])
def test_size_at_its_edge(size: int, faults: int) -> None:
    """A text of the greatest size is read whole; one byte more is a fault, and no text."""
    text, problems = text_of("a.md", b"a" * size)
    assert (len(text), len(problems)) == ((1 - faults) * size, faults)


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n", 1),
        ("a\n<<<<<<< ours\n", 1),
        ("a <<<<<<< b\n", 0),  # not at a line's beginning
        ("<<<<<<<<<<\n", 0),  # an arrow, say
        ("Title\n=======\n", 0),  # a heading of Markdown
    ],
)
def test_merge_conflicts(text: str, faults: int) -> None:
    """What git writes where two versions meet is a fault; what only looks like it is not."""
    assert len(text_of("a.md", text.encode())[1]) == faults


def test_an_empty_registry_is_not_told_to_be_a_notice() -> None:
    """The remedy for an empty file does not tell to write a notice into `taxonomy.toml`."""
    _, [problem] = text_of("taxonomy.toml", b"")
    assert "Title" not in str(problem.remedy)
