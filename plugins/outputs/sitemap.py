"""The sitemap (sitemaps.org 0.9) with its alternates, and robots.txt.

Split by language and year, so that a new notice changes one part; a year with more addresses than
a part may hold is split by month. Reads the archive. Writes `sitemap.xml`, `sitemap/*.xml`,
`robots.txt`.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from blinker import signal
from lxml import etree

from plugins.model.archive import ALL, EVENTS, Archive
from plugins.model.notice import Edition, digest
from plugins.model.output import Order, Output, Press

MOST = 40_000
"""Addresses in one part; the protocol allows 50,000."""

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
SPACES: Any = {None: NAMESPACE, "xhtml": XHTML}

PAGES = {"pages": "tags", "search": "search", "feeds": "feeds", "embeds": "embed"}
"""Stages, and the page below a language that each of them puts out."""

Entry = tuple[dict[str, str], str, str]
"""The addresses of a page by language, its own language, the day of its last change."""


class _Part(NamedTuple):
    """A file of the sitemap, before it is an output."""

    name: str
    key: bytes
    render: Callable[..., bytes]
    arguments: tuple[object, ...]


def outputs(archive: Archive) -> Iterator[Output]:
    """The parts, their index and robots.txt."""
    parts = []
    for part in _parts(archive):
        path = f"sitemap/{part.name}.xml"
        parts.append(path)
        yield Output(path, part.key, Order.FEED, part.render, part.arguments)
    yield Output("sitemap.xml", digest(parts), Order.FEED, render_index, (parts,))
    yield Output("robots.txt", b"robots.txt", Order.FEED, render_robots, ())


def _parts(archive: Archive) -> Iterator[_Part]:
    for language in archive.site.languages:
        chooser: list[Entry] = [({language: "/"}, language, "")]
        entries = [*(chooser if language == archive.site.languages[0] else ())]
        entries += _listings(archive, language)
        for number, start in enumerate(range(0, len(entries), MOST), 1):
            part = entries[start : start + MOST]
            yield _Part(f"{language}-lists-{number}", digest(part), render_part, (part,))
        for year, editions in archive.listings[ALL, ""].shelves[language].years.items():
            for name, some in _split(f"{language}-{year}", editions):
                yield _Part(name, _key(archive, some), render_notices, (archive, some))


def _split(name: str, editions: list[Edition]) -> Iterator[tuple[str, list[Edition]]]:
    if len(editions) <= MOST:
        yield name, editions
        return
    for month, group in groupby(editions, lambda edition: edition.day.month):
        some = list(group)
        for number, start in enumerate(range(0, len(some), MOST), 1):
            yield f"{name}-{month:02d}-{number}", some[start : start + MOST]


def _key(archive: Archive, editions: Sequence[Edition]) -> bytes:
    said: list[str] = []
    for edition in editions:
        said += [sibling.address for sibling in archive.siblings[edition.id]]
        said.append(_last_change(archive, edition))
    return digest(archive.site.languages, "\n".join(said))


def _last_change(archive: Archive, edition: Edition) -> str:
    """The day of the last change, or of the publication (ISO 8601)."""
    if not edition.changes:
        return edition.day.isoformat()
    last = max([edition.date, *(change.at for change in edition.changes)])
    return last.astimezone(archive.site.zone).date().isoformat()


def _listings(archive: Archive, language: str) -> Iterator[Entry]:
    languages = archive.site.languages
    for versions in archive.pages.values():
        if language in versions:
            yield {other: page.address for other, page in versions.items()}, language, ""
    for stage, name in PAGES.items():
        if archive.site.has(stage):
            yield {other: f"/{other}/{name}/" for other in languages}, language, ""
    for listing in archive.listings.values():
        tops = {other: listing.address(other) for other in languages}
        by_event = listing.name == EVENTS
        years = archive.event_years if by_event else listing.years
        months = archive.event_months if by_event else []
        if listing.name == ALL:
            months = listing.months
        paths = ["", *(f"{y}/" for y in years), *(f"{y}/{m:02d}/" for y, m in months)]
        for path in paths:
            yield {other: top + path for other, top in tops.items()}, language, ""


def render_notices(press: Press, archive: Archive, editions: Sequence[Edition]) -> bytes:
    """A part of the sitemap that holds notices."""
    entries: list[Entry] = []
    for edition in editions:
        addresses = {e.language: e.address for e in archive.siblings[edition.id]}
        entries.append((addresses, edition.language, _last_change(archive, edition)))
    return render_part(press, entries)


def render_part(press: Press, entries: Sequence[Entry]) -> bytes:
    """A part of the sitemap."""
    site = press.site
    root = etree.Element(f"{{{NAMESPACE}}}urlset", nsmap=SPACES)
    for addresses, language, changed in entries:
        url = etree.SubElement(root, f"{{{NAMESPACE}}}url")
        etree.SubElement(url, f"{{{NAMESPACE}}}loc").text = site.absolute(addresses[language])
        if changed:
            etree.SubElement(url, f"{{{NAMESPACE}}}lastmod").text = changed
        for other in site.languages if len(addresses) > 1 else ():
            if other in addresses:
                etree.SubElement(
                    url,
                    f"{{{XHTML}}}link",
                    rel="alternate",
                    hreflang=press.words(other).tag,
                    href=site.absolute(addresses[other]),
                )
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8"))


def render_index(press: Press, parts: Sequence[str]) -> bytes:
    """The index of the parts."""
    root = etree.Element(f"{{{NAMESPACE}}}sitemapindex", nsmap=SPACES)
    for path in parts:
        part = etree.SubElement(root, f"{{{NAMESPACE}}}sitemap")
        etree.SubElement(part, f"{{{NAMESPACE}}}loc").text = press.site.absolute(f"/{path}")
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8"))


def render_robots(press: Press) -> bytes:
    """robots.txt (RFC 9309): everything may be read."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {press.site.absolute('/sitemap.xml')}\n".encode()


def register() -> None:
    """Pelican's hook for plugins."""
    signal("archive_outputs").connect(outputs)
