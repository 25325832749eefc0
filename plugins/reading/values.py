"""What the value of each key means: one parser a key, in the table `KEYS`."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import MAXYEAR, UTC, date, datetime
from typing import Any
from unicodedata import normalize
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from msgspec import Struct

from plugins.model.notice import Change, ChangeKind, EventStatus, Kind, Moment, Status
from plugins.model.problem import Said, said
from plugins.reading.header import Field, nearest

STEM = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
NOTICE_ID = re.compile(rf"[0-9]{{4}}/(?:0[1-9]|1[0-2])/{STEM.pattern}")

DAY, INSTANT, EITHER = "2008-03-21", "2008-03-21 16:44", ""
"""The forms of dates, as examples; a moment may have either."""

FIRST_YEAR = 1800
"""What is dated before was mistyped."""

_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_INSTANT = re.compile(
    r"(\d{4}-\d\d-\d\d)[ T](\d\d):(\d\d)(?::(\d\d))?(?: ?(Z|[+-]\d\d:?\d\d))?", re.ASCII
)
_SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(.*)", re.ASCII)
_TIME = re.compile(r"(\d{1,2})\s*(?:[:hg]|giờ)\s*(\d\d)?.*", re.ASCII)
_CHANGE = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d\S*) ([a-z]+): *(.*)", re.ASCII)
_WEB = re.compile(r"(https?://[^\s<>\"]+|mailto:[^\s<>\"@]+@[^\s<>\"]+)")
_ALIAS = re.compile(r"/[^\s?#<>\"\\]*")


class Unreadable(ValueError):
    """A value that does not say what its key asks for: `message` and `remedy` are sentences."""

    def __init__(self, message: Said, remedy: Said) -> None:
        super().__init__(str(message))
        self.message, self.remedy = message, remedy


class Setting(Struct, frozen=True):
    """What a value is read in: the site's zone, and the language of the edition."""

    zone: ZoneInfo
    language: str


Parser = Callable[[Field, Setting], Any]


def _text(field: Field, _: Setting) -> str:
    return field.text


def _items(field: Field, _: Setting) -> tuple[str, ...]:
    return tuple(item.strip() for line in field.lines for item in line.split(",") if item.strip())


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        message = said("“{text}” is not a day of the calendar.", text=text)
        raise Unreadable(message, _day_that_exists(text)) from error


def _day_that_exists(text: str) -> Said:
    """The remedy for a day beyond the end of its month, or for one of no month."""
    year, month, day = map(int, text.split("-"))
    if not (_exists(year, month, 1) and day):
        return said("Write a day that exists.")
    last = date(year, month, monthrange(year, month)[1])
    return said("This month has no such day: its last is {last}.", last=last.isoformat())


def _date(field: Field, _: Setting) -> date:
    if not _DATE.fullmatch(field.text):
        raise _not_iso(field.text, DAY)
    return _day(field.text)


def _instant_of(text: str, zone: ZoneInfo, form: str) -> datetime:
    match = _INSTANT.fullmatch(text)
    if not match:
        raise _not_iso(text, form)
    day, hour, minute, second, offset = match.groups()
    _day(day)
    iso = f"{day}T{hour}:{minute}:{second or '00'}{offset or ''}"
    try:
        at = datetime.fromisoformat(iso)
        return _in_calendar(at if at.tzinfo else at.replace(tzinfo=zone))
    except (ValueError, OverflowError) as error:
        raise Unreadable(
            said("“{text}” is not a time of the day.", text=text),
            said("Write hours from 00 to 23, minutes to 59."),
        ) from error


def _in_calendar(at: datetime) -> datetime:
    """An instant in UTC, if it is in the calendar of every zone and a day before and after."""
    if not FIRST_YEAR <= at.year < MAXYEAR:
        raise Unreadable(
            said("The year {year} is out of range.", year=at.year),
            said("Write a year of this calendar."),
        )
    return at.astimezone(UTC)


def _instant(field: Field, setting: Setting) -> datetime:
    if _DATE.fullmatch(field.text):
        _day(field.text)
        raise Unreadable(
            said("“{value}” has no time of day.", value=field.text),
            said("Write “{value} 08:00”, say.", value=field.text),
        )
    return _instant_of(field.text, setting.zone, INSTANT)


def _moment(field: Field, setting: Setting) -> Moment:
    if _DATE.fullmatch(field.text):
        day = _day(field.text)
        at = datetime(day.year, day.month, day.day, tzinfo=setting.zone)
        return Moment(_in_calendar(at), all_day=True)
    return Moment(_instant_of(field.text, setting.zone, EITHER))


def _not_iso(text: str, form: str) -> Unreadable:
    """The fault of a date in another form; one with slashes is shown in both readings."""
    if match := _SLASHED.fullmatch(text):
        first, second, year, rest = match.groups()
        time = "" if form == DAY or (form == EITHER and not rest.strip()) else _time_like(rest)
        readings = [
            f"{year}-{int(month):02d}-{int(day):02d}{time}"
            for day, month in ((first, second), (second, first))
            if _exists(int(year), int(month), int(day))
        ]
        if len(set(readings)) == 2:
            return Unreadable(
                said("“{text}” can be read in two ways.", text=text),
                said("Write “{first}” or “{second}”.", first=readings[0], second=readings[1]),
            )
        if readings:
            return Unreadable(
                said("“{text}” is not an ISO date.", text=text),
                said("Write “{near}”.", near=readings[0]),
            )
    like = (
        said("Write it like “{form}”.", form=form)
        if form
        else said("Write it like “{first}” or “{second}”.", first=INSTANT, second=DAY)
    )
    return Unreadable(said("“{text}” is not an ISO date.", text=text), like)


def _exists(year: int, month: int, day: int) -> bool:
    try:
        return bool(date(year, month, day))
    except ValueError:
        return False


def _time_like(text: str) -> str:
    """The time of day in what follows a date (` 8h30`, ` 08:30`), as ISO has it; else 08:00."""
    match = _TIME.fullmatch(text.strip())
    if match and int(match[1]) < 24 and int(match[2] or 0) < 60:
        return f" {int(match[1]):02d}:{int(match[2] or 0):02d}"
    return " 08:00"


def _one_of(*choices: str) -> Parser:
    def parse(field: Field, _: Setting) -> str:
        if field.text in choices:
            return field.text
        near = nearest(field.text, choices)
        one_of = said("Write one of {choices}.", choices=", ".join(choices))
        remedy = said("Write “{near}”.", near=near) if near else one_of
        raise Unreadable(said("“{value}” is not a value of this key.", value=field.text), remedy)

    return parse


def _slug(field: Field, _: Setting) -> str:
    if not STEM.fullmatch(field.text):
        raise Unreadable(
            said("“{value}” cannot be part of an address.", value=field.text),
            said(
                "Write “{slug}”: a–z, 0–9 and single hyphens.",
                slug=slugify(field.text) or "hoi-nghi",
            ),
        )
    return field.text


def _id(field: Field, _: Setting) -> str:
    if not NOTICE_ID.fullmatch(field.text):
        raise Unreadable(
            said("“{value}” is not the id of a notice.", value=field.text),
            said("Write it like “2008/03/hoi-nghi”."),
        )
    return field.text


def _web(field: Field, _: Setting) -> str:
    if not _WEB.fullmatch(field.text):
        raise Unreadable(
            said("“{value}” is not an address of the web.", value=field.text),
            said("Write “https://…” or “mailto:…”."),
        )
    return field.text


def _aliases(field: Field, setting: Setting) -> tuple[str, ...]:
    aliases = _items(field, setting)
    for alias in aliases:
        parts = unquote(alias).split("/")
        hidden = any(part.startswith(".") for part in parts)
        if not _ALIAS.fullmatch(alias) or hidden or alias == "/" or "" in parts[1:-1]:
            raise Unreadable(
                said("“{alias}” is not the path of an old address.", alias=alias),
                said("Write it from its first slash, without “?” and “#”: “/tin-tuc/123.html”."),
            )
    return aliases


def _changes(field: Field, setting: Setting) -> tuple[Change, ...]:
    changes = []
    for line in field.lines:
        match = _CHANGE.fullmatch(line)
        if not match or match[2] not in set(ChangeKind) or not match[3]:
            raise Unreadable(
                said("“{line}” is not a change.", line=line),
                said(
                    "Write “2009-11-20 10:00 major: what changed”; the kinds are {kinds}.",
                    kinds=", ".join(ChangeKind),
                ),
            )
        at = _instant_of(match[1], setting.zone, INSTANT)
        changes.append(Change(at, ChangeKind(match[2]), match[3], setting.language))
    return tuple(sorted(changes, key=lambda change: change.at))


KEYS: dict[str, Parser] = {
    "Title": _text,
    "Date": _instant,
    "Kind": _one_of(*Kind),
    "Category": _text,
    "Tags": _items,
    "Summary": _text,
    "Slug": _slug,
    "Status": _one_of(*Status),
    "Starts": _moment,
    "Ends": _moment,
    "Venue": _text,
    "Channels": _items,
    "Organizer": _text,
    "Contact": _text,
    "Register": _web,
    "Register_until": _moment,
    "Event_status": _one_of(*EventStatus),
    "Previous_start": _moment,
    "Number": _text,
    "Issuer": _text,
    "Signer": _text,
    "Issued": _date,
    "Effective": _date,
    "Expires": _date,
    "Replaces": _items,
    "Source": _text,
    "Changes": _changes,
    "Aliases": _aliases,
    "Image": _text,
    "Image_alt": _text,
    "Image_caption": _text,
    "Translation_of": _text,
    "Id": _id,
}
"""The keys of a notice, each with what reads its value."""

PAGE_KEYS = ("Title", "Summary", "Slug")
"""The keys of a standing page."""

OWN = {"Title", "Summary", "Slug", "Aliases", "Image_alt", "Image_caption", "Translation_of"}
"""What an edition never inherits, because it belongs to its language."""

WORDS = ("Venue", "Channels", "Organizer", "Contact", "Issuer", "Signer", "Source")
"""What an edition may inherit in the words of another language."""


def slugify(text: str, separator: str = "-") -> str:
    """`text` as part of an address: ASCII, lower case, hyphens. đ, which NFD leaves whole, too."""
    plain = normalize("NFD", text.casefold().replace("đ", "d")).encode("ascii", "ignore").decode()
    return separator.join(re.findall(r"[a-z0-9]+", plain))
