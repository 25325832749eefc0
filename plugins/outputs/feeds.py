"""RSS 2.0 feeds: one for each listing in each language, beside its page.

Reads the archive and the bodies. Writes `<listing>/feed.xml`. What feedgen loses is put back in
`_mend`.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from html import escape
from typing import NamedTuple

from blinker import signal
from feedgen.feed import FeedGenerator
from lxml import etree

from plugins.model.archive import ALL, BULLETINS, EVENTS, Archive
from plugins.model.notice import ChangeKind, Edition, digest
from plugins.model.output import Order, Output, Press
from plugins.model.taxonomy import Term
from plugins.outputs.bodies import Target, html_of, targets

MAX_BYTES = 256_000
"""Size of a feed that hosts of readers still take; the oldest entries give way."""

ATOM = "http://www.w3.org/2005/Atom"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"


class Entry(NamedTuple):
    """An edition with what its entry shows besides."""

    edition: Edition
    links: tuple[Target, ...]
    terms: tuple[Term, ...]


def outputs(archive: Archive) -> Iterator[Output]:
    """One output for each listing in each language."""
    taxonomy, most = archive.taxonomy, archive.site.feed_max_items
    digests = {
        id(term): digest(term)
        for table in (taxonomy.tags, taxonomy.categories)
        for term in table.values()
    }
    entries: dict[str, tuple[Entry, bytes]] = {}

    def entry_of(edition: Edition) -> tuple[Entry, bytes]:
        found = entries.get(edition.source)
        if found is None:
            terms = [taxonomy.tags[tag] for tag in edition.tags]
            if edition.category:
                terms.insert(0, taxonomy.categories[edition.category])
            links = targets(archive, edition)
            key = digest(edition.digest, links, [digests[id(term)] for term in terms])
            found = entries[edition.source] = Entry(edition, links, tuple(terms)), key
        return found

    for listing in archive.listings.values():
        term = digest(listing.term)
        for language in archive.site.languages:
            address = listing.address(language)
            chosen = [entry_of(e) for e in listing.shelves[language].editions[:most]]
            key = digest(listing.name, term, address, b"".join([k for _, k in chosen]))
            yield Output(
                f"{address[1:]}feed.xml",
                key,
                Order.FEED,
                render,
                (language, listing.name, listing.term, address, [e for e, _ in chosen]),
            )


def render(
    press: Press,
    language: str,
    name: str,
    term: Term | None,
    address: str,
    entries: Sequence[Entry],
) -> bytes:
    """The RSS document (RSS 2.0.11) of a listing."""
    site, words = press.site, press.words(language)
    feed = FeedGenerator()
    feed.load_extension("dc")
    title = _title(press, language, name, term)
    feed.title(title)
    feed.link(href=site.absolute(address), rel="alternate")
    feed.description(
        (term.description[language] if term else "") or site.tagline[language] or title
    )
    feed.language(words.tag)
    feed.generator("Announcements Archive")
    size = 0
    shown: list[Entry] = []
    for entry in entries:
        html = html_of(press, entry.edition, entry.links, absolute=True)
        size += len(escape(html + entry.edition.summary).encode()) + 1000
        if shown and size > MAX_BYTES:
            break
        shown.append(entry)
        _add(feed, press, entry, html)
    if shown:
        feed.lastBuildDate(max(updated(entry.edition) for entry in shown))
    return _mend(feed, site.absolute(f"{address}feed.xml"), bool(shown))


def _title(press: Press, language: str, name: str, term: Term | None) -> str:
    words, site = press.words(language), press.site.name[language]
    if term:
        return f"{term.label[language]} – {site}"
    part = {ALL: "", BULLETINS: words.text("Bulletins"), EVENTS: words.text("Events")}[name]
    return f"{part} – {site}" if part else site


def updated(edition: Edition) -> datetime:
    """When subscribers were last to be told of it: its date, or its last major change."""
    major = [change.at for change in edition.changes if change.kind is not ChangeKind.MINOR]
    return max([edition.date, *major])


def _add(feed: FeedGenerator, press: Press, entry: Entry, html: str) -> None:
    edition, language = entry.edition, entry.edition.language
    item = feed.add_entry(order="append")
    item.guid(press.site.guid(edition.id, language), permalink=False)
    item.title(edition.title)
    item.link(href=press.site.absolute(edition.address))
    item.description(edition.summary or edition.title, isSummary=True)
    if html:
        item.content(html, type="html")
    item.published(edition.date.astimezone(press.site.zone))
    for term in entry.terms:
        item.category(term=term.label[language])
    creator = edition.document.issuer if edition.document else ""
    item.dc.dc_creator(creator or press.site.publisher[language])


def _mend(feed: FeedGenerator, own: str, dated: bool) -> bytes:
    """What feedgen leaves out or makes up: the feed's own link, the date of an empty feed."""
    root, _ = feed._create_rss()  # the tree itself; `rss_str` would have to be parsed again
    channel = root.find("channel")
    channel.remove(channel.find("docs"))
    link = etree.Element(f"{{{ATOM}}}link", rel="self", href=own, type="application/rss+xml")
    channel.insert(0, link)
    if not dated:
        channel.remove(channel.find("lastBuildDate"))
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8"))


def register() -> None:
    """Pelican's hook for plugins."""
    signal("archive_outputs").connect(outputs)
