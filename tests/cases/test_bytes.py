"""Faulty content that cannot stand in git as text: wrong bytes, wrong names, links, sizes."""

import os
from pathlib import Path
from unicodedata import normalize

import pytest

from tests.reading.content import NOTICE, lines_of, write

PATH = "2008/03/hop.vi.md"
EMPTY = "Write “Title: …”, “Date: …”, a blank line and the text, or delete the file."
SAVE_AGAIN = "Save it again in your editor, or take its last version from git."
ENCODING = (
    "Save the file as UTF-8; if it came from an old system, convert it from its old encoding."
)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        # An old encoding of Vietnamese.
        (
            "Title: Thông báo\n".encode("windows-1258"),
            f"1: file: The byte 0xF4 is not UTF-8. {ENCODING}",
        ),
        (
            NOTICE.encode("utf-16"),
            f"1: file: The byte 0xFF is not UTF-8. {ENCODING}",
        ),
        # Cut off within a character; the line is counted.
        (
            NOTICE.encode()[: NOTICE.encode().index("ện".encode()) + 1],
            f"4: file: The file ends within a letter: it was not saved whole. {SAVE_AGAIN}",
        ),
        # A surrogate is no character, whatever wrote it.
        (
            NOTICE.encode() + b"\n\xed\xa0\x80",
            f"6: file: The byte 0xED is not UTF-8. {ENCODING}",
        ),
        (b"", f"1: file: The file is empty. {EMPTY}"),
        (
            NOTICE.replace("bàn", "\0bàn").encode(),
            "4: file: The file holds zero bytes: it was not saved whole, or is no text."
            f" {SAVE_AGAIN}",
        ),
        (
            NOTICE.replace("bàn", "\x1bbàn").encode(),
            "4: file: The character U+001B is invisible, and forbidden in feeds. Delete it.",
        ),
        # A line end of some old systems; XML 1.1 and browsers disagree on it.
        (
            NOTICE.replace("bàn", "\x85bàn").encode(),
            "4: file: The character U+0085 is invisible, and forbidden in feeds. Delete it.",
        ),
        # The marks of links must not be forged.
        (
            NOTICE.replace("bàn", "\ufdd0x\ufdd1").encode(),
            "4: file: The character U+FDD0 is invisible, and forbidden in feeds. Delete it.",
        ),
        (
            NOTICE.replace("Hội", "\U0010ffffHội").encode(),
            "1: file: The character U+10FFFF is invisible, and forbidden in feeds. Delete it.",
        ),
    ],
    ids=[
        "windows-1258",
        "utf-16",
        "cut",
        "surrogate",
        "empty",
        "nul",
        "escape",
        "next-line",
        "mark",
        "last-character",
    ],
)
def test_bytes_that_are_no_text_are_faults(data: bytes, problem: str, tmp_path: Path) -> None:
    """Bytes that are no text are a fault on the line where they stand, and no other is told."""
    content = write(tmp_path / "content", {PATH: data})
    assert lines_of(content) == [f"{PATH}:{problem}"]


@pytest.mark.parametrize(
    ("data", "advice"),
    [
        (
            b"\xef\xbb\xbf" + NOTICE.encode(),
            "1: file: The file begins with a byte order mark. Save it as UTF-8 without.",
        ),
        (
            NOTICE.replace("\n", "\r\n").encode(),
            "1: file: The lines end as in Windows (CRLF). Save it with LF line ends.",
        ),
        (
            normalize("NFD", NOTICE).encode(),
            "1: file: Letters and their marks are written apart (decomposed Unicode)."
            " Save the text in the composed form, NFC.",
        ),
        # windows-1258 style: the tone apart, the rest composed.
        (
            NOTICE.replace("bàn", "ba\u0300n").encode(),
            "4: file: Letters and their marks are written apart (decomposed Unicode)."
            " Save the text in the composed form, NFC.",
        ),
    ],
    ids=["bom", "crlf", "nfd", "tone-apart"],
)
def test_bytes_that_can_be_understood_are_advice(data: bytes, advice: str, tmp_path: Path) -> None:
    """What an editor may have done to the bytes is repaired while reading, and told as advice."""
    content = write(tmp_path / "content", {PATH: data})
    assert lines_of(content) == [f"advice: {PATH}:{advice}"]


@pytest.mark.parametrize("file", [PATH, "site.toml", "taxonomy.toml"])
def test_20_mb_are_no_text(file: str, tmp_path: Path) -> None:
    """A file of 20 MB is told by its size, without being read as a notice or a registry."""
    content = write(tmp_path / "content", {PATH: NOTICE})
    with (content / file).open("wb") as huge:
        huge.truncate(20_000_000)
    assert lines_of(content) == [
        f"{file}:1: file: The file has 20.0 MB; a notice has 1 MB at most."
        " Put pictures and long documents beside the notice as attachments."
    ]


def test_decomposed_name_of_a_source_is_a_fault(tmp_path: Path) -> None:
    """A source whose name has marks apart is told by its composed name, with the reason."""
    name = "2008/03/hội-nghị.vi.md"
    content = write(tmp_path / "content", {normalize("NFD", name): NOTICE})
    assert lines_of(content) == [
        f"{name}:1: file: The name cannot be part of an address (its letters and marks stand"
        " apart). Rename it to “hoi-nghi.vi.md”."
    ]


def test_decomposed_name_of_an_attachment_is_understood(tmp_path: Path) -> None:
    """A link finds its attachment whatever form of Unicode the disk has for its name."""
    body = "\n[Toàn văn](hop/toàn%20văn.pdf), [phụ lục](hop/phụ%20lục.pdf).\n"
    content = write(
        tmp_path / "content",
        {
            PATH: NOTICE + body,
            normalize("NFD", "2008/03/hop/toàn văn.pdf"): b"%PDF",
            "2008/03/hop/phụ lục.pdf": b"%PDF",
        },
    )
    assert lines_of(content) == []


def test_two_forms_of_one_name_are_a_fault(tmp_path: Path) -> None:
    """Two attachments whose names are one in composed Unicode would overwrite each other."""
    name = "2008/03/hop/toàn-văn.pdf"
    content = write(
        tmp_path / "content",
        {
            PATH: f"{NOTICE}\n[Toàn văn](hop/toàn-văn.pdf).\n",
            name: b"%PDF",
            normalize("NFD", name): b"%PDF",
        },
    )
    assert lines_of(content) == [
        f"{name}:1: file: Two files have this name in two forms of Unicode. Delete one of them."
    ]


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("2008/03/vong", "../.."),  # a circle
        ("2008/03/chinh-no", "chinh-no"),  # itself
        ("2008/03/hop.en.md", "hop.vi.md"),
        ("2008/03/ngoai.pdf", "/etc/hostname"),
        ("2008/03/gay", "khong-co"),
    ],
)
def test_symbolic_links_are_faults(link: str, target: str, tmp_path: Path) -> None:
    """A symbolic link is a fault and is not followed, wherever it leads."""
    content = write(tmp_path / "content", {PATH: NOTICE})
    (content / link).symlink_to(target)
    assert lines_of(content) == [
        f"{link}:1: file: This is a symbolic link. Put the file itself here: links lead astray."
    ]


@pytest.mark.parametrize("name", ["2008/03/ong.vi.md", "2008/03/ong.pdf"])
def test_pipes_are_faults(name: str, tmp_path: Path) -> None:
    """A pipe is a fault, whatever its name; reading it would wait for ever."""
    content = write(tmp_path / "content", {PATH: NOTICE})
    os.mkfifo(content / name)
    assert lines_of(content) == [
        f"{name}:1: file: This is not an ordinary file. Put a file here that can be copied."
    ]


@pytest.mark.parametrize("registry", ["site.toml", "taxonomy.toml"])
def test_missing_registry_is_a_fault(registry: str, tmp_path: Path) -> None:
    """A content folder without one of its registries is told so."""
    content = write(tmp_path / "content", {PATH: NOTICE})
    (content / registry).unlink()
    assert lines_of(content) == [
        f"{registry}:1: file: The file is missing from the content folder."
        " Write it; the guide for webmasters shows one."
    ]
