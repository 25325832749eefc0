"""An output: a path, the key of everything that its bytes depend on, and how they are made."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import IntEnum
from posixpath import basename
from typing import Any, NamedTuple, Protocol, TypeVar
from unicodedata import normalize
from urllib.parse import unquote

from msgspec import Struct

from plugins.model.site import Site

T = TypeVar("T")


class Order(IntEnum):
    """When an output is moved into place: what is linked comes before what links it."""

    ASSET = 0
    PAGE = 1
    INDEX = 2
    LISTING = 3
    FEED = 4


class Week(Struct, frozen=True):
    """The days of the week in a language, Monday first, in full and short.

    `begins` is the one on which weeks begin, 1 for Monday to 7 for Sunday (ISO 8601).
    """

    begins: int
    days: tuple[str, ...]
    short: tuple[str, ...]


class Words(Protocol):
    """One language's words: of the interface, of dates, of order."""

    tag: str
    name: str
    direction: str
    locale: str
    week: Week

    def text(self, message: str, /, **values: object) -> str:
        """`message` in this language, with `{name}` fields filled in."""
        ...

    def count(self, one: str, many: str, number: int) -> str:
        """The right plural of a message with a `{number}` field."""
        ...

    def day(self, day: date) -> str:
        """A date in words."""
        ...

    def time(self, at: datetime) -> str:
        """A time of day."""
        ...

    def month(self, year: int, month: int) -> str:
        """A month of a year in words."""
        ...

    def month_name(self, month: int) -> str:
        """A month in words, where its year is known."""
        ...

    def number(self, number: float) -> str:
        """A number in this language's signs."""
        ...

    def zone(self, at: datetime) -> str:
        """The site's time zone, and how far it is from UTC at an instant."""
        ...

    def order(self, label: str) -> Any:
        """The sorting key of a label, by this language's collation."""
        ...


class Press(Protocol):
    """What a renderer may use besides its arguments; the same for every output of a build."""

    site: Site

    def words(self, language: str) -> Words:
        """The words of a language."""
        ...

    def body(self, key: bytes) -> str:
        """The HTML of a body, with its marks (see `plugins.model.marks`)."""
        ...

    def file(self, path: str) -> bytes:
        """The bytes of a file of the content folder."""
        ...

    def theme(self, path: str) -> bytes:
        """The bytes of a file of the theme."""
        ...

    def fingerprint(self, path: str) -> str:
        """A word that changes when a file of the theme does."""
        ...

    def once(self, key: bytes, make: Callable[[], T]) -> T:
        """What `make` gives, kept for the outputs that are rendered next: `key` stands for it."""
        ...

    def page(self, template: str, language: str, view: object) -> bytes:
        """`view` printed by a template of the theme, in UTF-8."""
        ...


class Assembled(NamedTuple):
    """A file that is put together of parts, and a note on each part, in their order: what it was
    made of.
    """

    data: bytes
    notes: tuple[bytes, ...]


NOTHING = Assembled(b"", ())


class Made(NamedTuple):
    """What an output became: the bytes of its files by their paths, in the order in which they are
    put in place; and the notes on its parts, if it is put together of any.
    """

    files: Mapping[str, bytes]
    notes: tuple[bytes, ...] = ()


class Output(NamedTuple):
    """One file of the site, or a bundle: a folder whose files are known only when they are made.

    `path` is relative to the output folder; that of a bundle ends with a slash, and no other
    output lies below it. `key` digests the arguments, as far as the bytes depend on them; what all
    outputs share (code, theme, settings) is digested by the building. `render(press, *arguments)`
    gives the bytes; of a bundle, the bytes of each file by its name, in the order in which they are
    put in place. It is a function of a module. What is `lasting` has a key that digests what all
    outputs share, too, as far as its bytes depend on it. Another process may make a bundle: its
    arguments can be pickled. What is `in_parts` is rendered by
    `render(press, before, *arguments)`, which gives an `Assembled` and is given the one in place,
    so that it need not make again the parts that stay; without it, it gives the same bytes.
    """

    path: str
    key: bytes
    order: Order
    render: Callable[..., bytes | Mapping[str, bytes] | Assembled]
    arguments: tuple[Any, ...]
    lasting: bool = False
    in_parts: bool = False

    def made(self, press: Press, before: Assembled = NOTHING) -> Made:
        """What it becomes; `before` is what stands in place, if it is `in_parts`."""
        given = (before, *self.arguments) if self.in_parts else self.arguments
        data = self.render(press, *given)
        if isinstance(data, bytes):
            return Made({self.path: data})
        if isinstance(data, Assembled):
            return Made({self.path: data.data}, data.notes)
        return Made({self.path + name: file for name, file in data.items()})

    @property
    def is_bundle(self) -> bool:
        """Whether it is a folder of files."""
        return self.path.endswith("/")


def file_of(address: str) -> str:
    """The path of the file that a host serves at `address`."""
    return address[1:] + "index.html" if address.endswith("/") else address[1:]


def file_at(address: str) -> str:
    """The file that a host serves at an address as the world writes it, with or without a slash at
    its end: hosts decode an address before they look for its file.
    """
    plain = normalize("NFC", unquote(address))
    is_file = plain.endswith("/") or "." in basename(plain)
    return file_of(plain if is_file else f"{plain}/")
