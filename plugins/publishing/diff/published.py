"""What is published at a place: what its manifest and its inventory tell, and no more."""

import re
from collections.abc import Callable, Mapping
from itertools import chain
from typing import TypeVar

from msgspec import DecodeError, Struct, json

from plugins.model.inventory import INVENTORY, Inventory, inventory_of
from plugins.model.manifest import FOLDER, INDEX, VERSION, Index, Item, Part, Volume
from plugins.speaking import Trouble

T = TypeVar("T")

Read = Callable[[str], bytes | None]
"""Gives the bytes of a file of a site by its path; nothing if there is none."""

_YEAR = re.compile(r"\d{4}")


class Unreadable(Trouble):
    """A place holds what is no manifest, or one that is not whole; `path` is the file's."""

    def __init__(self, path: str) -> None:
        super().__init__(
            "{path}, as it is published, is not what this archive writes there: it is cut off, of"
            " somebody else, or of a newer version of this program.",
            path=path,
        )


class Missing(Trouble):
    """A site is there and does not tell what it holds; `path` is what it lacks."""

    def __init__(self, path: str) -> None:
        super().__init__(
            "Something is published there, and {path} is missing, so nobody can say what would"
            " change. Put it back from a copy, or go back to a whole release (inv rollback).",
            path=path,
        )


class Published(Struct, frozen=True):
    """A site as it tells itself: its index, its editions by part, its inventory if it has one."""

    index: Index
    volumes: Mapping[Part, tuple[Item, ...]]
    inventory: Inventory | None = None

    def items(self, besides: "Published | None" = None) -> list[Item]:
        """All editions; or those of parts only that `besides` does not have in these very words."""
        others = besides.volumes if besides else {}
        volumes = (items for part, items in self.volumes.items() if part not in others)
        return list(chain.from_iterable(volumes))


NOTHING = Published(Index(VERSION, "", (), (), (), ()), {})
"""What is published where nothing was published yet."""


def published(read: Read, known: Published = NOTHING) -> Published | None:
    """What is published where `read` reads; nothing if there is no `archive.json`.

    Parts that `known` has in the same words are taken from there, unread. Raises `Unreadable`, and
    what `read` raises.
    """
    index = index_of(read)
    if index is None:
        return None
    volumes = {
        part: known.volumes[part] if part in known.volumes else volume_of(read, part)
        for part in index.parts
    }
    return Published(index, volumes, _inventory(read))


def index_of(read: Read) -> Index | None:
    """What `archive.json` tells; nothing if there is none."""
    data = read(INDEX)
    if data is None:
        return None
    index = _decoded(INDEX, data, Index)
    if index.version != VERSION:
        raise Unreadable(INDEX)
    return index


def at_target(read: Read, known: Published = NOTHING) -> Published | None:
    """The same of a place where sites are handed over to: one that does not tell what it holds is
    not taken for nothing. Raises `Missing`, too.
    """
    found = published(read, known)
    if found is None and read(INVENTORY) is not None:
        raise Missing(INDEX)
    return found


def volume_of(read: Read, part: Part) -> tuple[Item, ...]:
    """The editions of a part; nobody's index makes us read elsewhere than where parts are."""
    path = f"{FOLDER}/{part.year}.json"
    if part.address != f"/{path}" or not _YEAR.fullmatch(part.year):
        raise Unreadable(INDEX)
    data = read(path)
    if data is None:
        raise Unreadable(path)
    return _decoded(path, data, Volume).editions


def _inventory(read: Read) -> Inventory | None:
    data = read(INVENTORY)
    if data is None:
        return None
    try:
        return inventory_of(data)
    except ValueError:
        return None


def _decoded(path: str, data: bytes, kind: type[T]) -> T:
    try:
        return json.decode(data, type=kind)
    except (DecodeError, UnicodeDecodeError) as error:
        raise Unreadable(path) from error
