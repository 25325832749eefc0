"""The mechanical repairs of a source: a repair's docstring is what it does, `REPAIRS` the table.

What can be meant in two ways is left alone. A repair gives the text as it should be and what it
did, line by line; a second run of the same finds nothing to do.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import accumulate
from typing import NamedTuple
from unicodedata import is_normalized, normalize

from plugins.model.notice import EventStatus, Kind, Status
from plugins.model.problem import Said, said
from plugins.model.taxonomy import fold
from plugins.reading.header import split
from plugins.reading.names import key_named
from plugins.reading.values import KEYS
from plugins.writing.header import BOM, Entry, entries, exchanged, lines, renamed, replaced

DAYS = {key for key in KEYS if KEYS[key] is KEYS["Issued"]}
DATED = DAYS | {key for key in KEYS if KEYS[key] in (KEYS["Date"], KEYS["Starts"])}
WORDY = {key for key in KEYS if KEYS[key] in (KEYS["Title"], KEYS["Tags"])} | {"Changes", "Aliases"}
CHOICES = {"Kind": Kind, "Status": Status, "Event_status": EventStatus}
SHORTEST_KEY, SHORTEST_CHOICE, SHORTEST_LABEL = 4, 5, 8
"""Letters that a word must have for one slip to be certain: “Thuê” is not a slip of “Thuế”."""

_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(.*)", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(.*)", re.ASCII)
_TIME = re.compile(
    r"(?:,? +|T)(\d{1,2})(?::(\d\d)|(?:[hg]| ?giờ) ?(\d\d)?)(:\d\d)?( ?(?:Z|[+-]\d\d:?\d\d))?",
    re.ASCII,
)
_INSTANT = re.compile(
    r"\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d)?(?: ?(?:Z|[+-]\d\d:?\d\d))?)?", re.ASCII
)
_CHANGE = re.compile(r"(.+?) ([a-z]+: .*)")
_FIELD = re.compile(r"([A-Za-z][A-Za-z_-]*)[ \t]*:")
_HEADING = re.compile(r"#{1,6} ")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_LABEL = re.compile(r"([^,]+)")


class Known(NamedTuple):
    """What a source may say: its keys; the words that name terms, by the key that holds them."""

    keys: tuple[str, ...]
    terms: Mapping[str, Mapping[str, str]]


class Done(NamedTuple):
    """What was done in a line, which counts from 1 as it is then."""

    line: int
    what: Said


Repaired = tuple[str, list[Done]]
Repair = Callable[[str, Known], Repaired]


def mark_goes(text: str, _: Known) -> Repaired:
    """A byte order mark at the beginning is taken away."""
    if not text.startswith(BOM):
        return text, []
    return text.removeprefix(BOM), [Done(1, said("The byte order mark is gone."))]


def lines_end_alike(text: str, _: Known) -> Repaired:
    """Lines end with LF."""
    if "\r" not in text:
        return text, []
    mended = text.replace("\r\n", "\n").replace("\r", "\n")
    return mended, [Done(1, said("The lines end with LF."))]


def letters_are_composed(text: str, _: Known) -> Repaired:
    """Letters and their marks are one character, NFC."""
    if is_normalized("NFC", text):
        return text, []
    broken = [n for n, line in enumerate(text.split("\n"), 1) if not is_normalized("NFC", line)]
    what = said("Letters and their marks are put together (NFC).")
    return normalize("NFC", text), [Done(number, what) for number in broken]


def no_space_trails(text: str, known: Known) -> Repaired:
    """White space at the ends of lines goes where it means nothing: two spaces before a further
    line of a paragraph are a line break, and code stays as it is.
    """
    there = text.split("\n")
    if "<pre" in text or not any(line[-1:] in (" ", "\t") for line in there):
        return text, []
    body = split("", text, known.keys).body_line
    fences = list(
        accumulate(
            number >= body and bool(_FENCE.match(line)) for number, line in enumerate(there, 1)
        )
    )
    mended, done = [], []
    for number, line in enumerate(there, 1):
        bare = line.rstrip(" \t")
        below = there[number].strip() if number < len(there) else ""
        is_break = number >= body and bool(bare) and bool(below) and line.endswith("  ")
        is_code = fences[number - 1] % 2 or (bare and line.startswith(("    ", "\t")))
        means = number >= body and (is_break or is_code)
        mended.append(line if means else bare)
        if not means and bare != line:
            done.append(Done(number, said("White space at the end is gone.")))
    return "\n".join(mended), done


def text_stands_apart(text: str, known: Known) -> Repaired:
    """A blank line parts the text from the header, where it is certain that the text begins: at a
    heading, or below a key whose value cannot go on; and no known key follows.
    """
    there = [line.text for line in lines(text)]
    header = there[: next((n for n, line in enumerate(there) if not line.strip()), len(there))]
    keys = [_key(line, known) for line in header]
    first = next((n for n, key in enumerate(keys) if not key and header[n][0] not in " \t"), 0)
    if not first or header[0].rstrip() == "---" or set(keys[first:]) & {*known.keys}:
        return text, []
    above = next((key for key in reversed(keys[:first]) if key), "")
    if not _HEADING.match(header[first]) and (above not in KEYS or above in WORDY):
        return text, []
    mended = exchanged(text, first + 1, header[first], f"\n{header[first]}")
    return mended, [Done(first + 1, said("A blank line parts the text from the header."))]


def keys_are_spelled(text: str, known: Known) -> Repaired:
    """A key that is named in another language, is one slip away from one known key only, or differs
    by case, is that key, if the header has it not yet; a space that lacks after the colon is put
    there.
    """
    done = []
    for entry in entries(text):
        there = {other.key for other in entries(text)}
        key = entry.key if entry.key in known.keys else key_named(entry.key, known.keys)
        key = key or _nearly(entry.key, known.keys, SHORTEST_KEY)
        if not key or (key != entry.key and key in there):
            continue
        mended = renamed(text, entry, key)
        if mended != text:
            text = mended
            done.append(Done(entry.line, _instead(entry.key, key) if key != entry.key else _SPACE))
    return text, done


def dates_are_iso(text: str, known: Known) -> Repaired:
    """A date that can be read in one way only is written in the form of ISO 8601; a time of day
    that lacks is not made up.
    """
    done = []
    for entry in _known(text, known):
        values = tuple(_dated(entry.key, value) for value in entry.values)
        if values != entry.values:
            text = replaced(text, entry, *values)
            changed = [pair for pair in zip(entry.values, values, strict=True) if len({*pair}) == 2]
            done += [Done(entry.line, _instead(old, new)) for old, new in changed]
    return text, done


def choices_are_spelled(text: str, known: Known) -> Repaired:
    """A value of a list that is one slip away from one of them, or differs by case, is that one."""
    done = []
    for entry in _known(text, known):
        choices = tuple(CHOICES.get(entry.key, ()))
        value = entry.text
        better = "" if value in choices else _nearly(value, choices, SHORTEST_CHOICE)
        if better:
            text = replaced(text, entry, better)
            done.append(Done(entry.line, _instead(value, better)))
    return text, done


def labels_are_spelled(text: str, known: Known) -> Repaired:
    """A category or tag that is one slip away from a name of one term only is that name, if it is
    long enough to be certain.
    """
    done = []
    for entry in _known(text, known):
        names = known.terms.get(entry.key, {})
        for number in range(entry.line, entry.end + 1) if names else ():
            there = lines(text)[number - 1].text
            start = there.index(":") + 1 if number == entry.line else 0
            slips: list[tuple[str, str]] = []

            def better(match: re.Match[str]) -> str:
                label = match[1].strip()
                near = _term(label, names)  # noqa: B023 (used at once)
                if near:
                    slips.append((label, near))  # noqa: B023 (used at once)
                return match[0].replace(label, near) if near else match[0]

            mended = there[:start] + _LABEL.sub(better, there[start:])
            if slips:
                text = exchanged(text, number, there, mended)
                done += [Done(number, _instead(*slip)) for slip in slips]
    return text, done


BYTES: tuple[Repair, ...] = (mark_goes, lines_end_alike, letters_are_composed)
"""What is done to the registries, too."""

REPAIRS: tuple[Repair, ...] = (
    *BYTES,
    text_stands_apart,
    keys_are_spelled,
    dates_are_iso,
    choices_are_spelled,
    labels_are_spelled,
    no_space_trails,
)

_SPACE = said("A space stands after the colon.")


def repaired(text: str, known: Known, repairs: tuple[Repair, ...] = REPAIRS) -> Repaired:
    """The text after all repairs, and what they did, by lines."""
    done: list[Done] = []
    for repair in repairs:
        text, more = repair(text, known)
        done += more
    return text, sorted(done)


def iso(text: str) -> str:
    """A date, perhaps with a time, in the form of ISO 8601 if it has one reading; else nothing."""
    if match := _YEAR_FIRST.fullmatch(text):
        year, _, month, day, rest = match.groups()
        readings = {_day(year, month, day)}
    elif match := _YEAR_LAST.fullmatch(text):
        first, _, second, year, rest = match.groups()
        readings = {_day(year, second, first), _day(year, first, second)}
    else:
        return ""
    readings.discard("")
    time = _time(rest.rstrip())
    return readings.pop() + time if len(readings) == 1 and time is not None else ""


def _day(year: str, month: str, day: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def _time(rest: str) -> str | None:
    """The time of day after a date, ` 08:30`; nothing if there is none; None if it is no time."""
    if not rest:
        return ""
    match = _TIME.fullmatch(rest)
    if not match:
        return None
    hour, minute = int(match[1]), int(match[2] or match[3] or 0)
    known = hour < 24 and minute < 60
    return f" {hour:02d}:{minute:02d}{match[4] or ''}{match[5] or ''}" if known else None


def _dated(key: str, value: str) -> str:
    """A value of a key with its date in ISO form, if that is certain."""
    if key == "Changes":
        match = _CHANGE.fullmatch(value)
        at = _better(match[1]) if match else ""
        return f"{at} {match[2]}" if match and at else value
    better = _better(value) if key in DATED else ""
    is_time_on_a_day = key in DAYS and len(better) > len("2008-03-21")
    return better if better and not is_time_on_a_day else value


def _better(value: str) -> str:
    """The ISO form of what is not in it yet: `T` and seconds may stay as they are."""
    return "" if _INSTANT.fullmatch(value) else iso(value)


def _known(text: str, known: Known) -> Iterator[Entry]:
    """The fields that a source may have, from the last to the first, so that lines stay."""
    yield from (entry for entry in reversed(entries(text)) if entry.key in known.keys)


def _key(line: str, known: Known) -> str:
    """The key with which a line begins, or the one that it names; nothing if it is no field."""
    match = _FIELD.match(line)
    return match[1] if match else key_named(line.partition(":")[0], known.keys)


def _nearly(word: str, words: tuple[str, ...], shortest: int) -> str:
    """The one of the words that differs by case or hyphens, or by one slip; else nothing."""
    plain = {_plain(one): one for one in words}
    if _plain(word) in plain:
        return plain[_plain(word)]
    near = [one for one in words if len(one) >= shortest and one_slip(_plain(word), _plain(one))]
    return near[0] if len(near) == 1 else ""


def _plain(word: str) -> str:
    return re.sub(r"[ _-]+", "_", word.casefold())


def _term(label: str, names: Mapping[str, str]) -> str:
    """The name of the only term that is one slip away from an unknown label."""
    folded = fold(label)
    if label in names or folded in names or len(folded) < SHORTEST_LABEL:
        return ""
    near = [name for name in names if one_slip(folded, fold(name))]
    return near[0] if len({names[name] for name in near}) == 1 else ""


def one_slip(one: str, other: str) -> bool:
    """Whether two words differ by one letter, more or less or another, or by two that changed
    places (optimal string alignment distance 1).
    """
    short = min(len(one), len(other))
    start = next((n for n in range(short) if one[n] != other[n]), short)
    left, right = one[start:], other[start:]
    while left and right and left[-1] == right[-1]:
        left, right = left[:-1], right[:-1]
    if len(left) == len(right) == 2:
        return left == right[::-1]
    return max(len(left), len(right)) == 1


def _instead(old: str, new: str) -> Said:
    return said("“{old}” is now “{new}”.", old=old, new=new)
