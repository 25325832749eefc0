"""States of a site in hand: editions, and what a manifest and an inventory tell of them."""

from typing import Any

from msgspec.structs import replace

from plugins.model.inventory import Inventory, mark_of
from plugins.model.manifest import (
    FEEDS,
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
from plugins.model.output import file_at
from plugins.publishing.diff.published import Published

URL = "https://www.example.org"


def an_item(name: str = "2026/03/tin", language: str = "vi", **others: Any) -> Item:
    """A bulletin of an id, published in the middle of its month."""
    month = name[:7].replace("/", "-")
    facts: dict[str, Any] = {
        "id": name,
        "guid": f"tag:example.org,{name[:4]}:{name}/{language}",
        "language": language,
        "address": f"/{language}/{name}/",
        "title": f"Tin {name}",
        "kind": "bulletin",
        "status": "published",
        "published": f"{month}-15T02:00:00Z",
        "updated": f"{month}-15T02:00:00Z",
        "digest": "0",
    }
    return Item(**facts | others)


def an_event(name: str = "2026/03/hop", status: str = "scheduled", **others: Any) -> Item:
    """An event of the year after."""
    occurrence = Occurrence("2027-03-25T01:00:00Z", status)
    return an_item(name, **{"kind": "event", "event": occurrence} | others)


def changed(item: Item, **others: Any) -> Item:
    """An edition with other facts, and so with another digest."""
    return replace(item, **{"digest": f"{item.digest}1"} | others)


def a_state(
    *items: Item,
    pages: tuple[Standing, ...] = (),
    newest: int = 50,
    url: str = URL,
    files: dict[str, bytes] | None = None,
) -> Published:
    """A site of these editions, with the listings that they need; `files` are of its inventory."""
    years: dict[str, list[Item]] = {}
    for item in items:
        years.setdefault(item.id[:4], []).append(item)
    volumes = {
        Part(year, f"/archive/{year}.json", len(some), repr(some)): tuple(some)
        for year, some in years.items()
    }
    index = Index(
        VERSION,
        url,
        tuple(Language(key, key, key.upper(), f"/{key}/") for key in ("vi", "en")),
        tuple(volumes),
        pages,
        tuple(_shelves(items)),
        Feeds(FEEDS, newest, ()),
    )
    marks = {path: mark_of(data) for path, data in (files or {}).items()}
    return Published(index, volumes, None if files is None else Inventory(b"", marks))


def _shelves(items: tuple[Item, ...]) -> list[Shelf]:
    names = [("", ""), ("bulletins", ""), ("events", "")]
    names += sorted({("tag", tag) for item in items for tag in item.tags})
    return [
        Shelf(
            name,
            {lang: "/".join([f"/{lang}", *filter(None, (name, key)), ""]) for lang in ("vi", "en")},
            key,
            {"vi": f"Nhãn {key}", "en": f"Label {key}"} if key else {},
            {lang: f"/{lang}/tag/{key}/calendar.ics" for lang in ("vi", "en")} if key else {},
        )
        for name, key in names
    ]


def files_of(*addresses: str) -> dict[str, bytes]:
    """Files at addresses."""
    return {file_at(address): address.encode() for address in addresses}
