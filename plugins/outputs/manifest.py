"""The manifest: what is published, for programs that compare it, cite it or study it.

Reads the archive. Writes `archive.json` and a part for each year of ids,
`archive/<year>.json`, so that an edit writes one part and the index. The format is version 1: what
is told here stays; names may be added, and whoever reads skips those that it does not know.

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

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from urllib.parse import unquote

from blinker import signal
from msgspec import Struct, json

from plugins.model.archive import ALL, Archive, Attachment
from plugins.model.notice import Edition, Event, Moment, Page, digest
from plugins.model.output import Order, Output, Press
from plugins.model.site import Site

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
    document. `former` are addresses that lead here, `files` those of what it links and shows.
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


Files = Mapping[str, tuple[Attachment, ...]]
"""What editions link and show, by the path of their source; those that do neither are not there."""


def outputs(archive: Archive) -> Iterator[Output]:
    """The parts and their index."""
    years: dict[str, list[Edition]] = {}
    for notice in sorted(archive.siblings):
        years.setdefault(notice[:4], []).extend(archive.siblings[notice])
    parts = []
    for year, editions in years.items():
        files = _files(archive, editions)
        key = _key(archive.site, editions, files)
        part = Part(year, f"/{FOLDER}/{year}.json", len(editions), key.hex())
        parts.append(part)
        yield Output(part.address[1:], key, Order.FEED, render_part, (year, editions, files))
    pages = [page for versions in archive.pages.values() for page in versions.values()]
    listings = _listings(archive)
    archives = _archives(archive)
    key = digest(parts, [page.digest for page in pages], listings, archives)
    yield Output(INDEX, key, Order.FEED, render_index, (parts, pages, listings, archives))


def _key(site: Site, editions: Sequence[Edition], files: Files) -> bytes:
    known = b"".join([edition.digest for edition in editions])
    attached = [file.digest for some in files.values() for file in some]
    return digest(VERSION, site.tag_authority, site.timezone, known, attached)


def _files(archive: Archive, editions: Sequence[Edition]) -> Files:
    found = {}
    for edition in editions:
        if edition.body.links or edition.picture:
            paths = {*edition.body.links, edition.picture.path if edition.picture else ""}
            known = (archive.attachments.get(path) for path in sorted(paths))
            found[edition.source] = tuple(file for file in known if file)
    return found


def _listings(archive: Archive) -> list[Shelf]:
    has_calendars = archive.site.has("calendars")
    languages = archive.site.languages
    found = []
    for listing in archive.listings.values():
        calendars = {language: listing.calendar(language) for language in languages}
        shelf = Shelf(
            name=listing.name,
            addresses=listing.addresses,
            key=listing.term.key if listing.term else "",
            labels=listing.term.label if listing.term else {},
            calendars={key: at for key, at in calendars.items() if at and has_calendars},
            former=tuple(at for language in languages for at in listing.former(language)),
        )
        found.append(shelf)
    return found


def _archives(archive: Archive) -> tuple[str, ...]:
    """The folders of archived feeds: of each year, and of the one to come."""
    years = archive.listings[ALL, ""].years
    if not years or not archive.site.has("feeds"):
        return ()
    return tuple(
        f"/{language}/{FOLDER}/{year}/"
        for language in archive.site.languages
        for year in range(years[-1], years[0] + 2)
    )


def render_index(
    press: Press,
    parts: Sequence[Part],
    pages: Sequence[Page],
    listings: Sequence[Shelf],
    archives: tuple[str, ...],
) -> bytes:
    """`archive.json`."""
    site = press.site
    languages = (
        Language(key, press.words(key).tag, site.name[key], f"/{key}/") for key in site.languages
    )
    index = Index(
        VERSION,
        site.url,
        tuple(languages),
        tuple(parts),
        tuple(_standing(page) for page in pages),
        tuple(listings),
        Feeds(FEEDS, site.feed_max_items, archives) if site.has("feeds") else None,
    )
    return json.format(json.encode(index), indent=2) + b"\n"


def _standing(page: Page) -> Standing:
    words = digest(page.title, page.summary, page.body.key)
    return Standing(page.id, page.language, page.address, page.title, words.hex())


def render_part(press: Press, year: str, editions: Sequence[Edition], files: Files) -> bytes:
    """The editions of a year, one a line."""
    addresses: dict[str, dict[str, str]] = {}
    for edition in editions:
        addresses.setdefault(edition.id, {})[edition.language] = edition.address
    head = json.encode({"version": VERSION, "year": year})[:-1]
    lines = b",\n".join(
        json.encode(_item(press, edition, addresses[edition.id], files.get(edition.source, ())))
        for edition in editions
    )
    return head + b',"editions":[\n' + lines + b"\n]}\n"


def _item(
    press: Press, edition: Edition, addresses: dict[str, str], files: Sequence[Attachment]
) -> Item:
    site, language = press.site, edition.language
    return Item(
        id=edition.id,
        guid=site.guid(edition.id, language),
        language=language,
        address=edition.address,
        title=edition.title,
        kind=edition.kind,
        status=edition.status,
        published=_instant(edition.date),
        updated=_instant(edition.updated),
        digest=_said(edition, files).hex(),
        original="" if edition.is_original else edition.original_language,
        translations={key: addresses[key] for key in sorted(addresses) if key != language},
        category=edition.category,
        tags=edition.tags,
        number=edition.document.number if edition.document else "",
        event=_occurrence(site, edition.event) if edition.event else None,
        former=tuple(_quoted(site, unquote(alias)) for alias in edition.aliases),
        files=tuple(_quoted(site, file.address) for file in files),
    )


def _said(edition: Edition, files: Sequence[Attachment]) -> bytes:
    """Stands for all that an edition says: its text as it was written, its facts, the bytes of its
    files.
    """
    return digest(
        edition.title,
        edition.summary,
        edition.body.key,
        edition.kind,
        edition.status,
        edition.category,
        edition.tags,
        edition.event,
        edition.document,
        edition.provenance,
        edition.changes,
        edition.picture,
        [file.digest for file in files],
    )


def _occurrence(site: Site, event: Event) -> Occurrence:
    ends = _moment(site, event.ends) if event.ends else ""
    return Occurrence(_moment(site, event.starts), event.status, ends)


def _moment(site: Site, moment: Moment) -> str:
    local = moment.at.astimezone(site.zone)
    return local.date().isoformat() if moment.all_day else _instant(moment.at)


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _quoted(site: Site, address: str) -> str:
    return site.absolute(address).removeprefix(site.url)


def register() -> None:
    """Pelican's hook for plugins."""
    signal("archive_outputs").connect(outputs)
