"""Charts of how many notices a listing has by year or by month, drawn when the site is built.

A chart is rows of bars (SVG): each row is a link with its label, its bar and its number, and the
same numbers stand in a table. Lengths are in the units of the drawing, which is `WIDTH` wide.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from msgspec import Struct

from plugins.model.output import Words

WIDTH = 240
ROW = 26
BAR = 14
NUMBER = 52
"""What a number at the end of the longest bar needs."""

LETTER = 8
"""About the width of a letter, at 14 units of height."""


class Count(NamedTuple):
    """How many notices something has: its label, its address, the number."""

    label: str
    href: str
    number: int


class BarView(Struct, frozen=True):
    """A row: `name` says all of it in words; `y` is its top, `base` the line of its letters."""

    label: str
    href: str
    name: str
    number: str
    y: int
    bar_y: int
    base: int
    length: int
    number_x: int


class ChartView(Struct, frozen=True):
    """What the component `chart` prints: the drawing, and the words of its table."""

    title: str
    description: str
    width: int
    height: int
    bar_x: int
    bar: int
    row: int
    bars: tuple[BarView, ...]
    summary: str
    head: str
    head_number: str


def chart(words: Words, title: str, head: str, counts: Iterable[Count]) -> ChartView | None:
    """A chart of what has any notices, in the order given; none if nothing has.

    `head` names what the rows are: years or months.
    """
    rows = [count for count in counts if count.number]
    if not rows:
        return None
    most = max(rows, key=lambda count: count.number)
    bar_x = LETTER * max(len(count.label) for count in rows) + LETTER
    return ChartView(
        title=title,
        description=words.text(
            "From {first} to {last}; the most, {most}, in {where}.",
            first=rows[-1].label,
            last=rows[0].label,
            most=_notices(words, most.number),
            where=most.label,
        ),
        width=WIDTH,
        height=ROW * len(rows),
        bar_x=bar_x,
        bar=BAR,
        row=ROW,
        bars=_bars(words, rows, bar_x, most.number),
        summary=words.text("The numbers in a table"),
        head=head,
        head_number=words.text("Notices"),
    )


def _bars(words: Words, rows: Sequence[Count], bar_x: int, most: int) -> tuple[BarView, ...]:
    room = WIDTH - bar_x - NUMBER
    bars = []
    for index, row in enumerate(rows):
        top, length = ROW * index, max(2, round(room * row.number / most))
        bars.append(
            BarView(
                label=row.label,
                href=row.href,
                name=words.text(
                    "{name}: {value}", name=row.label, value=_notices(words, row.number)
                ),
                number=words.number(row.number),
                y=top,
                bar_y=top + (ROW - BAR) // 2,
                base=top + ROW - 8,
                length=length,
                number_x=bar_x + length + LETTER,
            )
        )
    return tuple(bars)


def _notices(words: Words, number: int) -> str:
    return words.count("{number} notice", "{number} notices", number)
