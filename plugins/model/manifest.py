"""The format of the manifest: what is published, for programs that compare, cite or study it.

`archive.json` is the index; it names a part for each year of ids, `archive/<year>.json`. The format
is version 1: what is told here stays; names may be added, and whoever reads skips those that it
does not know.

The index (`Index`) names the languages, the parts, the standing pages, the listings, and what is to
be known of feeds. A part (`Item`) holds its editions, one a line, by id; what is withdrawn stays
there, with its status. What a name holds that is not there is empty. Addresses are paths below
`url`, quoted (RFC 3986); instants are in UTC (RFC 3339); days are those of the site's zone.

What can be derived is not told. Beside the address of a listing lie the feeds `feeds.files`. They
hold the `feeds.newest` newest editions of the listing, or as many of them as 256 kB hold: all of
its language, those of its `kind` (`bulletins`, `events`), its category or its tag, by `published`
and then by `id`, the newest first. An entry has the guid of its edition and is told again to
subscribers when `updated` moves; when only `digest` does, its words changed in silence.
`feeds.archives` hold all editions that were published in the year of their address.
"""

from msgspec import Struct

VERSION = 1
INDEX, FOLDER = "archive.json", "archive"
FEEDS = ("feed.xml", "feed.atom", "feed.json")
"""The files of a feed, in its three formats."""


class Language(Struct, frozen=True):
    """A language: its key in this archive, its tag (BCP 47), the site's name, its home."""

    key: str
    tag: str
    name: str
    address: str


class Part(Struct, frozen=True):
    """A part: the year that its ids begin with, how many editions it holds; `digest` changes when
    any of them does.
    """

    year: str
    address: str
    editions: int
    digest: str


class Standing(Struct, frozen=True):
    """A standing page; `digest` changes when its words do."""

    id: str
    language: str
    address: str
    title: str
    digest: str


class Shelf(Struct, frozen=True, omit_defaults=True):
    """A listing: all (no `name`), `bulletins`, `events`, a category or a tag, with its key.

    `addresses` and `calendars` are by language, `former` are addresses of slugs that it had.
    """

    name: str
    addresses: dict[str, str]
    key: str = ""
    labels: dict[str, str] = {}
    calendars: dict[str, str] = {}
    former: tuple[str, ...] = ()


class Feeds(Struct, frozen=True):
    """What is to be known of feeds: their files, how many entries they hold; and the folders in
    which those of each year lie (RFC 5005).
    """

    files: tuple[str, ...]
    newest: int
    archives: tuple[str, ...]


class Index(Struct, frozen=True, omit_defaults=True):
    """`archive.json`."""

    version: int
    url: str
    languages: tuple[Language, ...]
    parts: tuple[Part, ...]
    pages: tuple[Standing, ...]
    listings: tuple[Shelf, ...]
    feeds: Feeds | None = None


class Occurrence(Struct, frozen=True, omit_defaults=True):
    """When an event takes place: instants or days; what has become of it (`EventStatus`)."""

    starts: str
    status: str
    ends: str = ""


class Item(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An edition: a notice in a language.

    `kind` is `bulletin` or `event`, `status` is `published` or `withdrawn`. `updated` moves with
    major changes only, `digest` with every change of words, facts or files, and with the folder and
    the setting `MARKDOWN`, which make other links or other HTML of the same words. `original` is
    the language that it was translated from; `translations` are the addresses of the other editions
    by language. `category` and `tags` are keys of listings, `number` is that of an official
    document. `former` are addresses that lead here, `files` those of what it links and shows, and
    those at which a file of it lay before and lies still.
    """

    id: str
    guid: str
    language: str
    address: str
    title: str
    kind: str
    status: str
    published: str
    updated: str
    digest: str
    original: str = ""
    translations: dict[str, str] = {}
    category: str = ""
    tags: tuple[str, ...] = ()
    number: str = ""
    event: Occurrence | None = None
    former: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


class Volume(Struct, frozen=True):
    """The file of a part: its editions by id, and by language."""

    version: int
    year: str
    editions: tuple[Item, ...]
