"""The manifest: what is published, for programs (see `plugins.model.manifest`, its format).

Reads the archive. Writes `archive.json` and a part for each year of ids, so that an edit writes one
part and the index.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from urllib.parse import unquote

from blinker import signal
from msgspec import json

from plugins.model.archive import ALL, Archive, Attachment
from plugins.model.former import former_files, former_pages
from plugins.model.manifest import (
    FEEDS,
    FOLDER,
    INDEX,
    VERSION,
    Feeds,
    Index,
    Item,
    Language,
    Occurrence,
    Part,
    Shelf,
    Standing,
)
from plugins.model.notice import Edition, Event, Moment, Page, digest
from plugins.model.output import Order, Output, Press
from plugins.model.site import Site

Files = Mapping[str, tuple[Attachment, ...]]
"""What editions link and show, by the path of their source; those that do neither are not there."""

Lying = Mapping[str, tuple[str, ...]]
"""The old addresses at which files lie, too, by the path of the source that tells them."""


def outputs(archive: Archive) -> Iterator[Output]:
    """The parts and their index."""
    years: dict[str, list[Edition]] = {}
    for notice in sorted(archive.siblings):
        years.setdefault(notice[:4], []).extend(archive.siblings[notice])
    parts = []
    for year, editions in years.items():
        files, lying = _files(archive, editions), _lying(archive, editions)
        key = _key(archive.site, editions, files)
        part = Part(year, f"/{FOLDER}/{year}.json", len(editions), key.hex())
        parts.append(part)
        arguments = (year, editions, files, lying)
        yield Output(part.address[1:], key, Order.FEED, render_part, arguments)
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


def _lying(archive: Archive, editions: Sequence[Edition]) -> Lying:
    found = {}
    for edition in editions:
        siblings = archive.siblings[edition.id]
        if old := tuple(former_files(edition, siblings, archive.attachments)):
            found[edition.source] = tuple(former.alias for former in old)
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


def render_part(
    press: Press, year: str, editions: Sequence[Edition], files: Files, lying: Lying
) -> bytes:
    """The editions of a year, one a line."""
    addresses: dict[str, dict[str, str]] = {}
    for edition in editions:
        addresses.setdefault(edition.id, {})[edition.language] = edition.address
    head = json.encode({"version": VERSION, "year": year})[:-1]
    items = (
        _item(press, e, addresses[e.id], files.get(e.source, ()), lying.get(e.source, ()))
        for e in editions
    )
    lines = b",\n".join(map(json.encode, items))
    return head + b',"editions":[\n' + lines + b"\n]}\n"


def _item(
    press: Press,
    edition: Edition,
    addresses: dict[str, str],
    files: Sequence[Attachment],
    lying: Sequence[str],
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
        former=tuple(_quoted(site, unquote(alias)) for alias in former_pages(edition)),
        files=tuple(
            _quoted(site, address)
            for address in (*(file.address for file in files), *map(unquote, lying))
        ),
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
