"""Surgery on the header of a source: pure, text to text, touching no line but those concerned.

A text is a file's, decoded and otherwise as it is: byte order mark, kinds of line end, fences,
spelling and a missing last line end stay. Lines count from 1, as those of problems do. What a
field is, `plugins.reading.header` says; what a header lacks is put where `KEYS` has it.
"""

import re
from typing import NamedTuple

from plugins.reading.header import Field, split
from plugins.reading.values import KEYS

BOM = "\ufeff"
INDENT = "    "

_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
_FIRST = re.compile(r"([^\s:][^:]*?)[ \t]*:([ \t]*)(.*?)[ \t]*")
_SPACE = re.compile(r"[ \t\r\n]+")
_RANKS = {key: rank for rank, key in enumerate(KEYS)}


class Entry(NamedTuple):
    """A field of a header: its value's lines without the white space around them, and its first
    and last line in the file.
    """

    key: str
    values: tuple[str, ...]
    line: int
    end: int

    @property
    def text(self) -> str:
        """The value as one line."""
        return " ".join(self.values)


class Line(NamedTuple):
    """A line and what ends it; of the last one, that may be nothing."""

    text: str
    end: str


def lines(text: str) -> list[Line]:
    """The lines of a text as the reading counts them; a byte order mark belongs to none."""
    found = [Line(*match.groups()) for match in _LINE.finditer(text.removeprefix(BOM))]
    return [line for line in found if line.text or line.end]


def entries(text: str) -> tuple[Entry, ...]:
    """The fields of a header in their order, as far as it can be read; a key may come twice."""
    plain = [line.text for line in lines(text)]
    fields = split("", "\n".join(plain), tuple(KEYS)).fields
    return tuple(_entry(plain, field) for field in fields)


def entry(text: str, key: str) -> Entry | None:
    """The first field of a key, if it has one."""
    return next((found for found in entries(text) if found.key == key), None)


def put(text: str, key: str, *values: str) -> str:
    """The text with this value of a key, a line each: in the place of the one that it has, or in
    a new line where the table of keys has it.
    """
    found = entry(text, key)
    return replaced(text, found, *values) if found else added(text, key, *values)


def replaced(text: str, old: Entry, *values: str) -> str:
    """The text with other lines of a value; where the first one stands and how the others are
    indented stays.
    """
    if values == old.values:
        return text
    there = [line.text for line in lines(text)[old.line - 1 : old.end]]
    indent = next((line[: -len(line.lstrip())] for line in there[1:] if line.strip()), INDENT)
    below = len(there) > 1 and _first(there[0])[2] == ""
    return _with(text, old.line, old.end, _written(old.key, values, indent, below=below))


def added(text: str, key: str, *values: str) -> str:
    """The text with a field more: after those that the table of keys has before it."""
    fields = entries(text)
    before = [field for field in fields if _RANKS.get(field.key, -1) <= _RANKS[key]]
    nearest = max(before, key=lambda field: (_RANKS.get(field.key, -1), field.line), default=None)
    first = fields[0].line if fields else 1
    line = nearest.end + 1 if nearest else first
    return _with(text, line, line - 1, _written(key, values, INDENT, below=len(values) > 1))


def appended(text: str, old: Entry, value: str) -> str:
    """The text with one more line of a value, indented as the others are."""
    there = [line.text for line in lines(text)[old.line : old.end]]
    indent = next((line[: -len(line.lstrip())] for line in there if line.strip()), INDENT)
    return _with(text, old.end + 1, old.end, [f"{indent}{_one_line(value)}"])


def renamed(text: str, old: Entry, key: str) -> str:
    """The text with another key before a value; a space that lacks after the colon is put there, so
    the same key can be given to mend that alone.
    """
    there = lines(text)[old.line - 1].text
    _, gap, value = _first(there)
    rest = there.partition(":")[2].lstrip(" \t")
    return _with(text, old.line, old.line, [f"{key}:{gap or ' ' * bool(value)}{rest}"])


def removed(text: str, old: Entry) -> str:
    """The text without a field."""
    return _with(text, old.line, old.end, [])


def exchanged(text: str, line: int, old: str, new: str) -> str:
    """The text with `new` for the first `old` of a line."""
    there = lines(text)[line - 1].text
    return _with(text, line, line, [there.replace(old, new, 1)])


def _entry(plain: list[str], field: Field) -> Entry:
    """A field with its last line: indented lines go on with it, blank ones do not end a fence."""
    end, left = field.line, len(field.lines) - bool(_first(plain[field.line - 1])[2])
    for number in range(field.line + 1, len(plain) + 1):
        if not left:
            break
        if plain[number - 1].strip():
            end, left = number, left - 1
    return Entry(field.key, field.lines, field.line, end)


def _first(line: str) -> tuple[str, str, str]:
    """The key, the white space after the colon, the value of a field's first line."""
    match = _FIRST.fullmatch(line)
    if not match:
        raise ValueError(f"no field begins on the line {line!r}")
    return match[1], match[2], match[3].strip()


def _written(key: str, values: tuple[str, ...], indent: str, *, below: bool) -> list[str]:
    """The lines of a field; its value begins beside the key or below it."""
    shown = [_one_line(value) for value in values]
    if below:
        return [f"{key}:", *(f"{indent}{value}" for value in shown)]
    return [f"{key}: {shown[0]}", *(f"{indent}{value}" for value in shown[1:])]


def _one_line(value: str) -> str:
    """A value without line breaks; an empty one is a fault of the caller."""
    found = _SPACE.sub(" ", value).strip()
    if not found:
        raise ValueError("a field needs a value")
    return found


def _with(text: str, first: int, last: int, new: list[str]) -> str:
    """The text with `new` for the lines from `first` to `last`; before `first`, if that is less."""
    mark = BOM if text.startswith(BOM) else ""
    old = lines(text)
    ending = next((line.end for line in old if line.end), "\n")
    is_ended = not old or bool(old[-1].end)
    kept = [line.text + (line.end or ending) for line in old]
    kept[first - 1 : last] = [line + ending for line in new]
    whole = "".join(kept)
    return mark + (whole if is_ended else whole.removesuffix(ending))
