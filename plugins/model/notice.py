"""A notice and its editions: one announcement, told once in each language."""

from datetime import MAXYEAR, date, datetime, timedelta
from enum import StrEnum
from hashlib import blake2b
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct
from msgspec.structs import replace

Day = date
"""A day of the calendar; an edition's own `date` is an instant."""

OLD_AFTER = 5
"""Years after which a reader is told how old a notice is."""


_INSTANT = timedelta(microseconds=1)


class Kind(StrEnum):
    """What is announced."""

    BULLETIN = "bulletin"
    EVENT = "event"


class Status(StrEnum):
    """Where a notice stands in its life."""

    PUBLISHED = "published"
    DRAFT = "draft"
    WITHDRAWN = "withdrawn"


class EventStatus(StrEnum):
    """What has become of an event (schema.org `EventStatusType`)."""

    SCHEDULED = "scheduled"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    MOVED_ONLINE = "moved-online"


class ChangeKind(StrEnum):
    """How much a change matters to those who have read the notice before."""

    MINOR = "minor"
    MAJOR = "major"
    CORRECTION = "correction"
    WITHDRAWN = "withdrawn"


class Phase(StrEnum):
    """Where an event stands at an instant."""

    UPCOMING = "upcoming"
    NOW = "now"
    PAST = "past"


class Change(Struct, frozen=True, array_like=True):
    """One change of a published notice; `at` is aware."""

    at: datetime
    kind: ChangeKind
    text: str
    language: str


class Moment(Struct, frozen=True, array_like=True):
    """An instant, or a whole day (`at` is then its local midnight)."""

    at: datetime
    all_day: bool = False


class Event(Struct, frozen=True, array_like=True, kw_only=True):
    """What an event notice announces (after schema.org `Event`)."""

    starts: Moment
    ends: Moment | None = None
    status: EventStatus = EventStatus.SCHEDULED
    previous_start: Moment | None = None
    venue: str = ""
    channels: tuple[str, ...] = ()
    organizer: str = ""
    contact: str = ""
    register: str = ""
    register_until: Moment | None = None

    def over_at(self, zone: ZoneInfo) -> datetime:
        """The first instant after the event; without `Ends`, the end of its first day."""
        last = self.ends or self.starts
        if self.ends and not self.ends.all_day:
            return self.ends.at
        local = last.at.astimezone(zone)
        midnight = datetime(local.year, local.month, local.day, tzinfo=zone)
        return midnight + timedelta(days=1)

    def days(self, zone: ZoneInfo) -> tuple[Day, Day]:
        """Its first day and its last one; what ends at midnight has no part in the day after."""
        first = self.starts.at.astimezone(zone).date()
        if not self.ends:
            return first, first
        return first, (self.over_at(zone) - _INSTANT).astimezone(zone).date()

    def phase(self, as_of: datetime, zone: ZoneInfo) -> Phase:
        """Upcoming, on now or past at `as_of`."""
        if as_of < self.starts.at:
            return Phase.UPCOMING
        return Phase.NOW if as_of < self.over_at(zone) else Phase.PAST


class Document(Struct, frozen=True, array_like=True, kw_only=True):
    """The fields of an official document (Nghị định 42/2022/NĐ-CP, art. 4)."""

    number: str = ""
    issuer: str = ""
    signer: str = ""
    issued: date | None = None
    effective: date | None = None
    expires: date | None = None
    replaces: tuple[str, ...] = ()


class Picture(Struct, frozen=True, array_like=True, kw_only=True):
    """The lead picture: `path` is relative to the content folder."""

    path: str
    alt: str
    caption: str = ""


class Body(Struct, frozen=True, array_like=True, kw_only=True):
    """What is known of a body without its HTML, which the ledger keeps under `key`.

    `links` are the paths, relative to the content folder, that the HTML holds as marks (see
    `plugins.model.marks`), `lines` the lines of the source on which they stand; `pictures` are
    those of them that it shows. `jumps` are links to addresses of the site (`/…`) and to sections
    of other sources (`path#section`), each with its line.
    """

    key: bytes
    excerpt: str
    links: tuple[str, ...] = ()
    lines: tuple[int, ...] = ()
    pictures: tuple[str, ...] = ()
    jumps: tuple[tuple[str, int], ...] = ()


class Edition(Struct, frozen=True, array_like=True, kw_only=True):
    """A notice in one language, with what it inherits from the original.

    `day` is the date of publication in the site's zone; `borrowed` are the keys whose words are
    the original's, in `original_language`; `words` digests the words that a translation is made
    from, `translation_of` is that of the original when this one was; `card` digests what a listing
    shows, `digest` all.
    """

    id: str
    language: str
    source: str
    address: str
    is_original: bool
    title: str
    date: datetime
    day: Day
    kind: Kind
    status: Status
    category: str
    tags: tuple[str, ...]
    summary: str
    body: Body
    event: Event | None = None
    document: Document | None = None
    provenance: str = ""
    changes: tuple[Change, ...] = ()
    aliases: tuple[str, ...] = ()
    picture: Picture | None = None
    words: str = ""
    translation_of: str = ""
    original_language: str = ""
    borrowed: tuple[str, ...] = ()
    card: bytes = b""
    digest: bytes = b""

    @property
    def major_changes(self) -> list[Change]:
        """The changes that subscribers are told, the last one last."""
        return [change for change in self.changes if change.kind is not ChangeKind.MINOR]

    @property
    def updated(self) -> datetime:
        """When subscribers were last to be told of it: its date, or its last major change."""
        if not self.changes:
            return self.date
        return max([self.date, *(change.at for change in self.major_changes)])

    @property
    def withdrawal(self) -> Change | None:
        """The change that says why it was withdrawn, if it was."""
        is_withdrawn = self.status is Status.WITHDRAWN
        reasons = [change for change in self.changes if change.kind is ChangeKind.WITHDRAWN]
        return reasons[-1] if is_withdrawn and reasons else None

    def language_of(self, key: str) -> str:
        """The language in which the words of a key are written."""
        return self.original_language if key in self.borrowed else self.language


def old_since(edition: Edition) -> datetime:
    """The instant from which a notice is old; one of 29 February is on 1 March."""
    year = min(edition.date.year + OLD_AFTER, MAXYEAR)
    try:
        return edition.date.replace(year=year)
    except ValueError:
        return edition.date.replace(year=year, month=3, day=1)


def is_behind(translation: Edition, original: Edition) -> bool:
    """Whether a translation is known to be older than the text of its original.

    If it says which words it was made from, it is when the original has others now. Else it is if
    it keeps a history of its own that lacks the original's last major change; one that inherits
    the history tells the change, and nobody knows whether its text follows it.
    """
    if translation.is_original or not original.is_original:
        return False
    if translation.translation_of:
        return translation.translation_of != original.words
    if translation.changes == original.changes:
        return False
    return translation.updated < original.updated


class Notice(Struct, frozen=True, array_like=True):
    """One announcement: its editions, the original first."""

    id: str
    editions: tuple[Edition, ...]


class Page(Struct, frozen=True, array_like=True, kw_only=True):
    """A standing page (about, accessibility …) in one language."""

    id: str
    language: str
    source: str
    address: str
    title: str
    summary: str
    body: Body
    digest: bytes = b""


_encode = msgspec.msgpack.Encoder().encode


def digest(*parts: Any) -> bytes:
    """16 bytes that stand for `parts`: anything that msgspec can encode, in this order."""
    return blake2b(_encode(parts), digest_size=16).digest()


def digest_of(item: Edition | Page) -> bytes:
    """Stands for all that outputs may show of an item: not for the lines of its source."""
    bare = replace(item, body=replace(item.body, lines=(), jumps=()), digest=b"")
    return digest(replace(bare, card=b"") if isinstance(bare, Edition) else bare)
