"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/) of a document."""

from collections.abc import Sequence
from typing import Any

from msgspec import Raw, Struct, json

from plugins.outputs.feeds.documents import Data, Document
from plugins.outputs.feeds.entries import Entry
from plugins.outputs.views.occasions import Occasion, iso

TYPE = "application/feed+json"
FILE = "feed.json"


class _Holding(Struct):
    """What is read of a document again."""

    items: list[Raw]


_holding = json.Decoder(_Holding).decode


def written(entry: Entry) -> dict[str, bytes]:
    """An entry as documents hold it, in UTF-8, by the name of the file."""
    return {FILE: json.encode(_item(entry))}


def items(data: bytes) -> list[memoryview]:
    """The entries of a document, as it holds them."""
    return [memoryview(item) for item in _holding(data).items]


def render(document: Document, entries: Sequence[Data]) -> bytes:
    """The document in UTF-8. Older entries follow by `next_url`; a hub is of type WebSub."""
    feed: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": document.title,
        "home_page_url": document.home,
        "feed_url": document.own + FILE,
        "description": document.description,
        "icon": document.icon,
        "authors": [{"name": document.publisher}],
        "language": document.tag,
    }
    if document.older:
        feed["next_url"] = document.older + FILE
    if document.hub:
        feed["hubs"] = [{"type": "WebSub", "url": document.hub}]
    feed["_rights"] = {"text": document.rights}
    feed["items"] = [Raw(entry) for entry in entries]
    return json.encode(feed)


def _item(entry: Entry) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.html,
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "authors": [{"name": entry.author}],
        "tags": [subject.label for subject in entry.subjects],
        "language": entry.tag,
    }
    if entry.picture:
        item["image"] = entry.picture
    if entry.enclosures:
        item["attachments"] = [
            {"url": file.url, "mime_type": file.type, "size_in_bytes": file.size}
            for file in entry.enclosures
        ]
    if entry.alternates:
        item["_translations"] = [
            {"language": other.tag, "url": other.url} for other in entry.alternates
        ]
    if entry.number:
        item["_document"] = {"number": entry.number}
    worded = {"date": entry.day, "when": entry.when, "state": entry.state}
    item["_words"] = {name: text for name, text in worded.items() if text}
    if entry.event:
        item["_event"] = _event(entry.event)
    return item


def _event(occasion: Occasion) -> dict[str, Any]:
    named = {
        "starts": iso(occasion.start),
        "ends": iso(occasion.end) if occasion.end else "",
        "previous_start": iso(occasion.previous_start) if occasion.previous_start else "",
        "status": occasion.status.value,
        "venue": occasion.place,
        "channels": occasion.channels,
        "organizer": occasion.organizer,
        "contact": occasion.contact,
        "register": occasion.register,
        "register_until": iso(occasion.register_until) if occasion.register_until else "",
    }
    return {name: value for name, value in named.items() if value}
