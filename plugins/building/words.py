"""One language's words: the interface's from gettext, dates and order from `language.toml`."""

import tomllib
from datetime import date, datetime
from functools import cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from typing import Any
from unicodedata import normalize
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import get_month_names
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from msgspec import Struct, convert


class Dates(Struct, frozen=True):
    """How dates are worded, with fields in braces (see `fields_of_day` and `fields_of_time`)."""

    day: str
    month: str
    time: str
    full_hour: str


class Collation(Struct, frozen=True):
    """How labels are ordered, after CLDR.

    `letters` are groups of letters that count as letters of their own, in their order: `dđ`.
    `marks` are the combining marks that weigh less than letters, the lightest first.
    """

    letters: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()


class Language(Struct, frozen=True):
    """`language.toml`: the language's own name, its BCP 47 tag, how it is written.

    `locale` is its name in Open Graph: `vi_VN`.
    """

    name: str
    tag: str
    direction: str
    locale: str
    dates: Dates
    collation: Collation = Collation()


class LanguageWords:
    """The words of one language in one time zone (see `plugins.model.output.Words`)."""

    def __init__(self, folder: Path, zone: ZoneInfo) -> None:
        data = tomllib.loads((folder / "language.toml").read_text(encoding="utf-8"))
        self.language = convert(data, Language)
        self.tag = self.language.tag
        self.name = self.language.name
        self.direction = self.language.direction
        self.locale = self.language.locale
        self._zone = zone
        self._catalogue = _catalogue(folder / "messages.po")
        self._months = get_month_names("wide", locale=Locale.parse(self.tag, sep="-"))
        self._apart = {
            letter: (group[0], rank)
            for group in self.language.collation.letters
            for rank, letter in enumerate(group)
        }
        self.day = cache(self._day)
        self.order = cache(self._order)

    def text(self, message: str, /, **values: object) -> str:
        """`message` in this language, with `{name}` fields filled in."""
        found = self._catalogue.gettext(message)
        return found.format(**values) if values else found

    def count(self, one: str, many: str, number: int) -> str:
        """The right plural of a message with a `{number}` field."""
        return self._catalogue.ngettext(one, many, number).format(number=number)

    def _day(self, day: date) -> str:
        return self.language.dates.day.format(**fields_of_day(day, self._months))

    def time(self, at: datetime) -> str:
        """A time of day, in the site's zone."""
        local = at.astimezone(self._zone)
        dates = self.language.dates
        pattern = dates.time if local.minute else dates.full_hour
        return pattern.format(**fields_of_time(local))

    def month(self, year: int, month: int) -> str:
        """A month of a year."""
        return self.language.dates.month.format(**fields_of_day(date(year, month, 1), self._months))

    def _order(self, label: str) -> tuple[Any, ...]:
        """The sorting key of a label: by letters first, then by marks, then by case."""
        letters, weights = [], []
        for character in normalize("NFC", label.casefold()):
            letter, marks = self._letter(character)
            letters.append(letter)
            weights.append(marks)
        return letters, weights, label.swapcase()

    def _letter(self, character: str) -> tuple[tuple[str, int], list[int]]:
        """A character's place in the alphabet, and the weights of its marks."""
        base, *marks = list(normalize("NFD", character))
        order = self.language.collation.marks
        tones = [mark for mark in marks if mark in order]
        bare = normalize("NFC", base + "".join(mark for mark in marks if mark not in order))
        if bare in self._apart:
            return self._apart[bare], [1 + order.index(tone) for tone in tones]
        return (base, 0), [1 + (order.index(m) if m in order else ord(m)) for m in marks]


def _catalogue(file: Path) -> GNUTranslations:
    """The gettext catalogue of a `.po` file."""
    compiled = BytesIO()
    with file.open("rb") as source:
        write_mo(compiled, read_po(source))
    compiled.seek(0)
    return GNUTranslations(compiled)


def fields_of_day(day: date, months: Any) -> dict[str, object]:
    """The fields of a date.

    `d`, `m`: as they are; `dd`: two digits; `mm`: two digits for January and February only, as
    Nghị định 30/2020/NĐ-CP, annex I, part II.4 asks; `month`: its name; `y`: the year.
    """
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return {
        "d": day.day,
        "dd": f"{day.day:02d}",
        "m": day.month,
        "mm": month,
        "month": months[day.month],
        "y": day.year,
    }


def fields_of_time(at: datetime) -> dict[str, object]:
    """The fields of a time: `HH` and `H` of 24 hours, `h` of 12, `MM`, `half` (am, pm)."""
    return {
        "HH": f"{at.hour:02d}",
        "H": at.hour,
        "h": at.hour % 12 or 12,
        "MM": f"{at.minute:02d}",
        "half": "am" if at.hour < 12 else "pm",
    }
