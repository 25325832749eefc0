"""The text of a source file: UTF-8, one kind of line end, composed Unicode, nothing invisible."""

import re
from collections.abc import Iterator
from unicodedata import is_normalized, normalize

from plugins.model.problem import Level, Problem, Said, said
from plugins.reading.mojibake import misread

MAX_BYTES = 1_000_000
"""A longer text is not a notice; a decree of 100 pages has 300 kB."""

INVISIBLE = frozenset(
    [chr(code) for code in (*range(9), *range(11, 32), *range(0x7F, 0xA0), *range(0xFDD0, 0xFDF0))]
    + [chr(plane + last) for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF)]
)
"""Control characters and noncharacters: XML forbids them, or nobody sees them."""

_WRITE_NOTICE = said("Write “Title: …”, “Date: …”, a blank line and the text, or delete the file.")
_SEE_GUIDE = said("The guide for webmasters shows one.")
SAVE_AGAIN = said("Save it again in your editor, or take its last version from git.")
_CONFLICT = re.compile(r"^(?:<{7}|>{7}) ", re.MULTILINE)

LONGEST_LETTER, CUT = 4, "unexpected end of data"
"""Bytes of a letter in UTF-8 (RFC 3629); Python's word for one that lacks some."""


def text_of(path: str, data: bytes) -> tuple[str, list[Problem]]:
    """The text of a file's bytes, and what is wrong with it; no text where it cannot be read."""
    if len(data) > MAX_BYTES:
        size = len(data) / 1_000_000
        return "", [too_large(path, size)]
    if not data.strip():
        return "", [
            Problem(
                path,
                1,
                "file",
                said("The file is empty."),
                _WRITE_NOTICE if path.endswith(".md") else _SEE_GUIDE,
            )
        ]
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        return "", [_not_utf8(path, data, error)]
    problems = []
    if text.startswith("\ufeff"):
        text = text[1:]
        problems.append(
            _advice(
                path,
                1,
                said("The file begins with a byte order mark."),
                said("Save it as UTF-8 without."),
            )
        )
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        problems.append(
            _advice(
                path,
                1,
                said("The lines end as in Windows (CRLF)."),
                said("Save it with LF line ends."),
            )
        )
    if not is_normalized("NFC", text):
        line = next(
            n for n, line in enumerate(text.split("\n"), 1) if not is_normalized("NFC", line)
        )
        text = normalize("NFC", text)
        problems.append(
            _advice(
                path,
                line,
                said("Letters and their marks are written apart (decomposed Unicode)."),
                said("Save the text in the composed form, NFC."),
            )
        )
    problems += [problem for rule in TEXT_RULES for problem in rule(path, text)]
    return text, problems


def too_large(path: str, megabytes: float) -> Problem:
    """The fault of a file that is no notice by its size."""
    return Problem(
        path,
        1,
        "file",
        said(
            "The file has {size} MB; a notice has {most} MB at most.",
            size=f"{megabytes:.1f}",
            most=f"{MAX_BYTES / 1e6:.0f}",
        ),
        said("Put pictures and long documents beside the notice as attachments."),
    )


def nothing_is_invisible(path: str, text: str) -> Iterator[Problem]:
    """A text holds no control characters and no noncharacters; zero bytes are told as what they
    are: a file that was not saved whole.
    """
    if text.replace("\n", "").isprintable() or not (found := INVISIBLE.intersection(text)):
        return
    index, character = min((text.index(one), one) for one in found)
    message, remedy = (
        (said("The file holds zero bytes: it was not saved whole, or is no text."), SAVE_AGAIN)
        if character == "\0"
        else (
            said(
                "The character U+{code} is invisible, and forbidden in feeds.",
                code=f"{ord(character):04X}",
            ),
            said("Delete it."),
        )
    )
    yield Problem(path, _line_at(text, index), "file", message, remedy)


def no_conflict_is_left(path: str, text: str) -> Iterator[Problem]:
    """Git leaves both versions of a passage between `<<<<<<<` and `>>>>>>>`: one must be chosen."""
    if line := conflict_line(text):
        yield Problem(
            path,
            line,
            "file",
            said("A merge conflict was left in the file."),
            said(
                "Keep one of the two versions; delete the lines with <<<<<<<, ======= and >>>>>>>."
            ),
        )


def letters_are_unicode(path: str, text: str) -> Iterator[Problem]:
    """Vietnamese is in Unicode: not in TCVN3, VNI or windows-1258 that was taken for another
    encoding.
    """
    if found := misread(text):
        yield Problem(
            path,
            _line_at(text, found.start),
            "file",
            said(
                "“{word}” seems to be “{better}” in an old encoding, {encoding}.",
                word=found.word,
                better=found.better,
                encoding=found.encoding,
            ),
            said("Convert the text to Unicode, or type it anew."),
            Level.ADVICE,
        )


TEXT_RULES = (nothing_is_invisible, no_conflict_is_left, letters_are_unicode)


def conflict_line(text: str) -> int:
    """The first line that git left of a conflict; 0 if there is none."""
    signs = ("<<<<<<< ", ">>>>>>> ")
    found = any(sign in text for sign in signs) and _CONFLICT.search(text)
    return _line_at(text, found.start()) if found else 0


def _not_utf8(path: str, data: bytes, error: UnicodeDecodeError) -> Problem:
    line = data.count(b"\n", 0, error.start) + 1
    if len(data) - error.start < LONGEST_LETTER and error.reason == CUT:
        message = said("The file ends within a letter: it was not saved whole.")
        return Problem(path, line, "file", message, SAVE_AGAIN)
    return Problem(
        path,
        line,
        "file",
        said("The byte 0x{byte} is not UTF-8.", byte=f"{data[error.start]:02X}"),
        said(
            "Save the file as UTF-8; if it came from an old system, convert it from its old"
            " encoding."
        ),
    )


def _advice(path: str, line: int, message: Said, remedy: Said) -> Problem:
    return Problem(path, line, "file", message, remedy, Level.ADVICE)


def _line_at(text: str, index: int) -> int:
    return text.count("\n", 0, index) + 1
