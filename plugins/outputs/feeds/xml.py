"""RSS 2.0 and Atom 1.0 of a document: feedgen makes them, and what it loses is put back here.

feedgen 1.0 gives links of Atom entries no attributes but their address, gives RSS none of the links
that both formats need, has no words for the language of an alternate, the number of a document,
the time of an event, the places of RFC 5005 and the deleted entries of RFC 6721, and dates by its
own clock what has no date. For each date of publication it changes the locale of the process: it is
not told of these.

An entry is in many documents: it is written once, and documents hold what was written. lxml does
all writing and escaping; documents are cut and joined between their entries only.
"""

from collections.abc import Mapping, Sequence
from email.utils import format_datetime
from html import escape
from itertools import pairwise
from typing import Any

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from plugins.outputs.feeds.documents import NEVER, Data, Document
from plugins.outputs.feeds.entries import Enclosure, Entry, Removal
from plugins.outputs.views.occasions import iso

RSS, ATOM = "application/rss+xml", "application/atom+xml"
RSS_FILE, ATOM_FILE = "feed.xml", "feed.atom"

TTL = 60
"""Minutes for which a reader may keep a feed (RSS 2.0, `ttl`)."""

GENERATOR = "Announcements Archive"

ATOM_NS = "http://www.w3.org/2005/Atom"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
EVENTS = "http://purl.org/rss/1.0/modules/event/"
HISTORY = "http://purl.org/syndication/history/1.0"
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
XHTML = "http://www.w3.org/1999/xhtml"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

SPACES = {"xhtml": XHTML, "dc": DUBLIN_CORE, "ev": EVENTS, "fh": HISTORY, "at": TOMBSTONES}

RSS_SPACES = {"atom": ATOM_NS, "content": "http://purl.org/rss/1.0/modules/content/", **SPACES}

ENTRIES = b"<?entries ?>"
"""Where the entries of a document belong; no text can look like it, since `<` is escaped there."""

Link = dict[str, str]


class _Spaces(BaseExtension):  # type: ignore[misc]
    """Declares the namespaces of a feed once, at its top."""

    def extend_ns(self) -> dict[str, str]:
        return SPACES


def written(entry: Entry) -> dict[str, bytes]:
    """An entry as each of the two formats holds it, in UTF-8, by the name of the file."""
    item = _item(entry)
    atom = [_atom_entry(item, entry)]
    if entry.removed:
        atom.append(_tombstone(entry, entry.removed))
    return {
        RSS_FILE: _inside(etree.Element("rss", nsmap=RSS_SPACES), [_rss_item(item, entry)]),
        ATOM_FILE: _inside(etree.Element("feed", nsmap=SPACES), atom),
    }


def rss(document: Document, entries: Sequence[Data]) -> bytes:
    """The document as RSS 2.0, in UTF-8."""
    feed = _feed(document)
    root, _ = feed._create_rss()  # the tree itself; `rss_str` would have to be parsed again
    channel = root.find("channel")
    for name in ("docs", "lastBuildDate"):
        if name == "docs" or document.updated == NEVER or not entries:
            channel.remove(channel.find(name))
    for old in channel.findall(f"{{{ATOM_NS}}}link"):
        channel.remove(old)
    for place, link in enumerate(_links(document, RSS_FILE, RSS)):
        channel.insert(place, etree.Element(f"{{{ATOM_NS}}}link", link))
    if document.is_archive:
        etree.SubElement(channel, f"{{{HISTORY}}}archive")
    channel.append(etree.ProcessingInstruction("entries"))
    return _filled(root, entries)


def items(data: bytes) -> list[memoryview]:
    """The entries of a document in RSS that was put together here, as it holds them."""
    return _cut(data, b"<item>", b"</channel>")


def atom(document: Document, entries: Sequence[Data]) -> bytes:
    """The document as Atom 1.0 (RFC 4287), in UTF-8."""
    feed = _feed(document)
    root, _ = feed._create_atom()
    for old in root.findall("link"):
        root.remove(old)
    place = list(root).index(root.find("updated")) + 1
    page = {"rel": "alternate", "type": "text/html", "href": document.home}
    for link in reversed([page, *_links(document, ATOM_FILE, ATOM)]):
        root.insert(place, etree.Element("link", link))
    if document.is_archive:
        etree.SubElement(root, f"{{{HISTORY}}}archive")
    root.append(etree.ProcessingInstruction("entries"))
    return _filled(root, entries)


def entries(data: bytes) -> list[memoryview]:
    """The entries of a document in Atom that was put together here, each with its tombstone."""
    return _cut(data, b"<entry ", b"</feed>")


def _inside(root: Any, elements: Sequence[Any]) -> bytes:
    """Elements as they are written below `root`, which declares their namespaces."""
    root.extend(elements)
    data = bytes(etree.tostring(root, encoding="utf-8"))
    return data[data.index(b">") + 1 : data.rindex(b"<")]


def _filled(root: Any, entries: Sequence[Data]) -> bytes:
    """A document, with written entries in their place."""
    data = bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8"))
    head, tail = data.split(ENTRIES)
    return b"".join([head, *entries, tail])


def _cut(data: bytes, start: bytes, end: bytes) -> list[memoryview]:
    """The parts of a document that begin with `start`; the last one stands before `end`."""
    view = memoryview(data)
    places = []
    place = data.find(start)
    while place >= 0:
        places.append(place)
        place = data.find(start, place + len(start))
    places.append(data.rindex(end))
    return [view[one:other] for one, other in pairwise(places)]


def _feed(document: Document) -> FeedGenerator:
    """What both formats say of the feed itself."""
    feed = FeedGenerator()
    feed.register_extension("archive", _Spaces, None)
    feed.id(document.id)
    feed.title(document.title)
    feed.subtitle(document.description)
    feed.link(href=document.home, rel="alternate")
    feed.language(document.tag)
    feed.author(name=document.publisher)
    feed.rights(document.rights)
    feed.icon(document.icon)
    feed.image(document.icon, document.title, document.home)
    feed.generator(GENERATOR)
    feed.ttl(TTL)
    feed.updated(document.updated)
    return feed


def _links(document: Document, file: str, media_type: str) -> list[Link]:
    """A document's links to itself, to its hub (W3C WebSub) and its neighbours (RFC 5005, 4)."""
    named = {
        "self": document.own,
        "current": document.current,
        "prev-archive": document.older,
        "next-archive": document.newer,
    }
    links = [
        {"rel": rel, "type": media_type, "href": folder + file}
        for rel, folder in named.items()
        if folder
    ]
    return [*links, {"rel": "hub", "href": document.hub}] if document.hub else links


def _item(entry: Entry) -> FeedEntry:
    """What both formats say of an entry; RSS shows the labels of categories, Atom both."""
    item = FeedEntry()
    item.id(entry.id)
    item.title(entry.title)
    item.link(href=entry.url, rel="alternate")
    item.summary(entry.summary)
    item.content(entry.html, type="html")
    item.updated(entry.updated)
    item.author(name=entry.author)
    if entry.subjects:
        item.category(
            [
                {"term": subject.key, "scheme": subject.scheme, "label": subject.label}
                for subject in entry.subjects
            ]
        )
    if entry.enclosures:
        first = entry.enclosures[0]
        item.enclosure(first.url, str(first.size), first.type)
    return item


def _rss_item(item: FeedEntry, entry: Entry) -> Any:
    element = item.rss_entry()
    element.find("description").text = escape(entry.summary)  # readers take it for HTML
    etree.SubElement(element, "pubDate").text = format_datetime(entry.published)
    _add(element, DUBLIN_CORE, {"creator": entry.author, "identifier": entry.number})
    _add(element, ATOM_NS, {"updated": entry.updated.isoformat()})
    for link in _alternates(entry):
        etree.SubElement(element, f"{{{XHTML}}}link", link)
    for link in _files(entry.enclosures[1:]):
        etree.SubElement(element, f"{{{ATOM_NS}}}link", link)
    _add_event(element, entry)
    return element


def _atom_entry(item: FeedEntry, entry: Entry) -> Any:
    element = item.atom_entry()
    element.set(LANGUAGE, entry.tag)
    etree.SubElement(element, "published").text = entry.published.isoformat()
    for old in element.findall("link"):
        element.remove(old)
    first = {"rel": "alternate", "type": "text/html", "href": entry.url}
    last = first | {"hreflang": entry.tag}
    for link in [first, *_alternates(entry), last, *_files(entry.enclosures)]:
        etree.SubElement(element, "link", link)
    _add(element, DUBLIN_CORE, {"identifier": entry.number})
    _add_event(element, entry)
    return element


def _tombstone(entry: Entry, removal: Removal) -> Any:
    """That an entry was removed altogether, and why (RFC 6721), for readers that know of it.

    The entry itself stays, with the reason, for all others.
    """
    when = entry.updated.isoformat()
    element = etree.Element(f"{{{TOMBSTONES}}}deleted-entry", {"ref": entry.id, "when": when})
    comment = etree.SubElement(element, f"{{{TOMBSTONES}}}comment", {LANGUAGE: removal.tag})
    comment.text = removal.reason
    return element


def _alternates(entry: Entry) -> list[Link]:
    """The links of an entry to its translations.

    In RSS they are of XHTML, as in sitemaps; in Atom they stand between two links to the edition
    itself. For some readers take the first alternate for the entry's own link, others the last.
    """
    return [
        {"rel": "alternate", "type": "text/html", "href": other.url, "hreflang": other.tag}
        for other in entry.alternates
    ]


def _files(files: Sequence[Enclosure]) -> list[Link]:
    return [
        {"rel": "enclosure", "type": file.type, "href": file.url, "length": str(file.size)}
        for file in files
    ]


def _add_event(element: Any, entry: Entry) -> None:
    """The times and the place of an event (RSS 1.0 event module)."""
    if event := entry.event:
        named = {
            "startdate": iso(event.start),
            "enddate": iso(event.end) if event.end else "",
            "location": event.place,
            "organizer": event.organizer,
        }
        _add(element, EVENTS, named)


def _add(element: Any, space: str, named: Mapping[str, str]) -> None:
    for name, text in named.items():
        if text:
            etree.SubElement(element, f"{{{space}}}{name}").text = text
