"""Parts of the index by time: borders of the calendar, so that an edit changes one part only.

A part is ten years, or five, one, half a year, a quarter, a month: the longest in which there are
not too many editions. So a part is made again when one of its own editions changes, and divided
when it has grown too large; the others stay. In the newest year and the one before, parts are
small: every search loads the newest two, and most edits are there.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from msgspec import Struct

from plugins.model.notice import Edition

LARGEST = 300
LARGEST_RECENT = 120
"""Editions of a part, if a month has no more."""

RECENT = 2
"""Years whose parts are small."""

_YEARS = (10, 5, 1)
_MONTHS = (6, 3, 1)


class Pack(Struct, frozen=True):
    """The editions of a span of time, oldest first, so that those to come change no number.

    `first` and `last` are the years of the span in which there are any.
    """

    name: str
    first: int
    last: int
    editions: tuple[Edition, ...]


def divided(years: Mapping[int, Sequence[Edition]]) -> list[Pack]:
    """The parts of a language, newest first; `years` hold their editions newest first."""
    newest = max(years, default=0)
    largest = {year: LARGEST if year <= newest - RECENT else LARGEST_RECENT for year in years}
    return list(_of_years(sorted(years, reverse=True), years, largest, _YEARS))


def _of_years(
    wanted: Sequence[int],
    years: Mapping[int, Sequence[Edition]],
    largest: Mapping[int, int],
    spans: Sequence[int],
) -> Iterator[Pack]:
    """Parts of whole years, none longer than the first of `spans`."""
    span, *shorter = spans
    for start, group in groupby(wanted, lambda year: year - year % span):
        found = list(group)
        editions = [edition for year in found for edition in years[year]]
        if len(editions) <= largest[found[0]]:
            name = str(start) if span == 1 else f"{start}-{start + span - 1}"
            yield _pack(name, editions)
        elif shorter:
            yield from _of_years(found, years, largest, shorter)
        else:
            yield from _of_months(str(start), editions, largest[start], _MONTHS)


def _of_months(
    year: str, editions: Sequence[Edition], largest: int, spans: Sequence[int]
) -> Iterator[Pack]:
    """Parts of a year, none longer than the first of `spans`."""
    span, *shorter = spans
    for number, group in groupby(editions, lambda edition: (edition.day.month - 1) // span):
        found, start = list(group), number * span + 1
        if len(found) <= largest or not shorter:
            end = "" if span == 1 else f"-{start + span - 1:02d}"
            yield _pack(f"{year}-{start:02d}{end}", found)
        else:
            yield from _of_months(year, found, largest, shorter)


def _pack(name: str, editions: Sequence[Edition]) -> Pack:
    return Pack(name, editions[-1].day.year, editions[0].day.year, tuple(editions[::-1]))
