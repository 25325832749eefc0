"""Feeds as strangers read them: RSS and Atom by feedparser, JSON Feed as JSON, all as one form."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

import feedparser
from lxml import etree

ATOM, XHTML = "http://www.w3.org/2005/Atom", "http://www.w3.org/1999/xhtml"

FORMATS = ("feed.xml", "feed.atom", "feed.json")


@dataclass(frozen=True)
class Item:
    """An entry, whatever its format; files are (address, type, size)."""

    id: str
    link: str
    title: str
    summary: str
    html: str
    published: datetime
    updated: datetime
    author: str
    tags: frozenset[str]
    alternates: frozenset[tuple[str, str]]
    files: frozenset[tuple[str, str, int]]
    number: str
    event: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Feed:
    """A feed, whatever its format; `links` are the addresses by relation."""

    title: str
    language: str
    home: str
    rights: str
    links: dict[str, str] = field(hash=False)
    items: tuple[Item, ...] = ()


def read_feed(file: Path) -> Feed:
    """Read a feed; a feed reader finds nothing to mend in it."""
    data = file.read_bytes()
    if file.name.endswith(".json"):
        return _json(json.loads(data))
    parsed = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    assert not parsed.bozo, (file, parsed.get("bozo_exception"))
    assert parsed.version == ("rss20" if file.name == "feed.xml" else "atom10")
    assert parsed.encoding == "utf-8"
    head = parsed.feed
    return Feed(
        head.title,
        head.get("language") or head.title_detail.language,
        next(link.href for link in head.links if link.rel == "alternate"),
        head.rights,
        {link.rel: link.href for link in head.links if link.rel != "alternate"},
        tuple(map(_item, parsed.entries, _alternates(data))),
    )


def _alternates(data: bytes) -> Iterator[frozenset[tuple[str, str]]]:
    """The translations of each entry, which feedparser does not tell apart from the entry."""
    root = etree.fromstring(data)
    for entry in root.iter("item", f"{{{ATOM}}}entry"):
        found = [*entry.iter(f"{{{ATOM}}}link"), *entry.iter(f"{{{XHTML}}}link")]
        own = entry.findtext("link") or found[0].get("href")
        yield frozenset(
            (link.get("hreflang"), link.get("href"))
            for link in found
            if link.get("rel") == "alternate" and link.get("href") != own
        )


def _item(entry: Any, alternates: frozenset[tuple[str, str]]) -> Item:
    named = (("starts", "ev_startdate"), ("ends", "ev_enddate"))
    named += (("venue", "ev_location"), ("organizer", "ev_organizer"))
    return Item(
        id=entry.id,
        link=entry.link,
        title=entry.title,
        summary=unescape(entry.summary)
        if entry.summary_detail.type == "text/html"
        else entry.summary,
        html=entry.content[0].value.strip() if entry.get("content") else entry.summary,
        published=_time(entry.published_parsed),
        updated=_time(entry.updated_parsed),
        author=entry.author,
        tags=frozenset(tag.label or tag.term for tag in entry.get("tags", ())),
        alternates=alternates,
        files=frozenset((f.href, f.type, int(f.length)) for f in entry.enclosures),
        number=entry.get("dc_identifier", ""),
        event=tuple((name, entry[key]) for name, key in named if entry.get(key)),
    )


def _time(parsed: Any) -> datetime:
    return datetime(*parsed[:6], tzinfo=UTC)


def _json(data: Any) -> Feed:
    links = {"self": data["feed_url"]}
    if "next_url" in data:
        links["prev-archive"] = data["next_url"]
    for hub in data.get("hubs", ()):
        links["hub"] = hub["url"]
    items = tuple(
        Item(
            id=item["id"],
            link=item["url"],
            title=item["title"],
            summary=item["summary"],
            html=item["content_html"].strip(),
            published=datetime.fromisoformat(item["date_published"]).astimezone(UTC),
            updated=datetime.fromisoformat(item["date_modified"]).astimezone(UTC),
            author=item["authors"][0]["name"],
            tags=frozenset(item["tags"]),
            alternates=frozenset((o["language"], o["url"]) for o in item.get("_translations", ())),
            files=frozenset(
                (f["url"], f["mime_type"], f["size_in_bytes"]) for f in item.get("attachments", ())
            ),
            number=item.get("_document", {}).get("number", ""),
            event=tuple(
                (name, item["_event"][name])
                for name in ("starts", "ends", "venue", "organizer")
                if name in item.get("_event", {})
            ),
        )
        for item in data["items"]
    )
    rights = data["_rights"]["text"]
    return Feed(data["title"], data["language"], data["home_page_url"], rights, links, items)


def feeds_in(out: Path) -> dict[str, Feed]:
    """Every feed of an output folder, read, by its path."""
    files = sorted(file for name in FORMATS for file in out.rglob(name))
    assert len(files) > 6
    return {file.relative_to(out).as_posix(): read_feed(file) for file in files}
