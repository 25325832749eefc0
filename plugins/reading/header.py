"""A source file's header: `Key: value` lines to the first blank line, and the body after it.

The format is Pelican's own, read strictly; `---` fences are allowed. Nothing here knows what a
key means.
"""

import re
from collections.abc import Iterator
from difflib import get_close_matches

from msgspec import Struct

from plugins.model.problem import Problem, said
from plugins.reading.names import key_named

_FIELD = re.compile(r"([A-Za-z][A-Za-z_-]*):(?:[ \t]+(.*))?$")
_CLOSE = re.compile(r"([A-Za-z][A-Za-z_-]*)[ \t]*:[ \t]*(?!//)(\S.*)$")
"""A line that lacks a space after its colon, or has one before it."""

_NAMED = re.compile(r"([^\s:][^:]{0,39}?)[ \t]*:[ \t]*(.*)$")
"""A line that begins as a field does, if what stands before its colon is the name of a key."""

_FENCE = "---"


class Field(Struct, frozen=True, array_like=True):
    """A key with its value's lines (white space at their ends is gone) and where it stands."""

    key: str
    lines: tuple[str, ...]
    line: int

    @property
    def text(self) -> str:
        """The value as one line."""
        return " ".join(self.lines)


class Split(Struct, frozen=True):
    """A source, split: `body_line` is the line on which the body begins."""

    fields: tuple[Field, ...]
    body: str
    body_line: int
    problems: tuple[Problem, ...]


def split(path: str, text: str, known: tuple[str, ...]) -> Split:
    """Split a source into its header's fields and its body; `known` are the keys it may have."""
    lines = text.split("\n")
    fenced = lines[0].rstrip() == _FENCE
    end, problems = _end_of_header(path, lines, fenced)
    fields: list[Field] = []
    readable = True
    for number, line in enumerate(lines[fenced:end], start=1 + fenced):
        if not line.strip():
            continue
        if line[0] in " \t" and fields:
            last = fields[-1]
            fields[-1] = Field(last.key, (*last.lines, line.strip()), last.line)
        elif match := _FIELD.match(line):
            value = (match[2] or "").strip()
            fields.append(Field(match[1], (value,) if value else (), number))
        elif (match := _CLOSE.match(line)) and match[1] in known:
            problems.append(_too_close(path, number, line, match))
            fields.append(Field(match[1], (match[2].strip(),), number))
        elif (match := _NAMED.match(line)) and key_named(match[1], known):
            value = match[2].strip()
            fields.append(Field(match[1], (value,) if value else (), number))
        elif readable:
            problems.append(_not_a_field(path, number, line, bool(fields)))
            readable = False
            if not fields:
                break
    problems += _faults_of_fields(path, fields, known)
    start = end + 1
    while start < len(lines) and not lines[start].strip():
        start += 1
    body = "\n".join(lines[start:]).rstrip()
    return Split(tuple(fields), body, start + 1, tuple(problems))


def _end_of_header(path: str, lines: list[str], fenced: bool) -> tuple[int, list[Problem]]:
    """The line (from 0) that ends the header: a blank one, or the closing fence."""
    blank = next((i for i, line in enumerate(lines) if not line.strip()), len(lines))
    if not fenced:
        if blank == 0:
            return 0, [
                Problem(
                    path,
                    1,
                    "header",
                    said("The file begins with a blank line, not with a header."),
                    said("Begin with “Title: …” on the first line."),
                )
            ]
        return blank, []
    for index in range(1, len(lines)):
        if lines[index].rstrip() == _FENCE:
            return index, []
    return blank, [
        Problem(
            path,
            1,
            "header",
            said("The fence of the header is not closed."),
            said("Write a line of three hyphens after the last key."),
        )
    ]


def _short(line: str) -> str:
    return line if len(line) <= 60 else line[:57] + "…"


def _too_close(path: str, number: int, line: str, match: re.Match[str]) -> Problem:
    return Problem(
        path,
        number,
        "header",
        said("“{line}” is not a “Key: value” line.", line=_short(line)),
        said(
            "Write “{key}: {value}”, with a space after the colon.",
            key=match[1],
            value=match[2].strip()[:40],
        ),
    )


def _not_a_field(path: str, number: int, line: str, header_begun: bool) -> Problem:
    shown = _short(line)
    if header_begun:
        return Problem(
            path,
            number,
            "header",
            said("“{line}” is not a “Key: value” line.", line=shown),
            said(
                "Leave a blank line before the text, or indent the line if it goes on with the"
                " value above."
            ),
        )
    return Problem(
        path,
        number,
        "header",
        said("The file begins with text, not with a header: “{line}”.", line=shown),
        said("Begin with “Title: …” and “Date: …”, then a blank line, then the text."),
    )


def _faults_of_fields(path: str, fields: list[Field], known: tuple[str, ...]) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for field in fields:
        if field.key not in known:
            near = key_named(field.key, known) or nearest(field.key, known)
            all_keys = said("The keys are {keys}.", keys=", ".join(known))
            remedy = said("Write “{near}”.", near=near) if near else all_keys
            yield Problem(path, field.line, field.key, said("This key is not known."), remedy)
        elif field.key in first:
            yield Problem(
                path,
                field.line,
                field.key,
                said("The key stands on line {line} already.", line=first[field.key]),
                said("Keep one of the two."),
            )
        elif not field.lines:
            yield Problem(
                path,
                field.line,
                field.key,
                said("The value is empty."),
                said("Write a value, or remove the line."),
            )
        first.setdefault(field.key, field.line)


def nearest(word: str, known: tuple[str, ...] | list[str]) -> str:
    """The known word most like `word`, or nothing."""
    by_fold = {name.casefold(): name for name in known}
    found = get_close_matches(word.casefold(), list(by_fold), n=1, cutoff=0.6)
    return by_fold[found[0]] if found else ""
