"""The entries of a document, as its format writes them: made, or taken over from that in place."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from plugins.model.notice import Edition
from plugins.model.output import Assembled, Press
from plugins.outputs.feeds import jsonfeed, xml
from plugins.outputs.feeds.documents import Data, Document
from plugins.outputs.feeds.entries import Entries, Entry

MAX_BYTES = 256_000
"""Size of a feed that hosts of readers still take; the oldest entries give way."""

HEAD = 6_000
"""Bytes that a feed takes at most besides its entries."""

_DIGEST = 16


class Format(NamedTuple):
    """How entries that are written already become a document, and how they are found there."""

    document: Callable[[Document, Sequence[Data]], bytes]
    entries: Callable[[bytes], list[memoryview]]


FORMATS = {
    xml.RSS_FILE: Format(xml.rss, xml.items),
    xml.ATOM_FILE: Format(xml.atom, xml.entries),
    jsonfeed.FILE: Format(jsonfeed.render, jsonfeed.items),
}


class Part(NamedTuple):
    """An entry as a format writes it; `note` tells what it was made of, and its `size`, that of the
    largest format, so that all formats hold the same.
    """

    note: bytes
    data: Data

    @property
    def size(self) -> int:
        """In bytes."""
        return int.from_bytes(self.note[_DIGEST:], "big")


class Written(NamedTuple):
    """An entry in every format, by the name of its file; the size of the largest."""

    formats: Mapping[str, bytes]
    size: int


def written(entry: Entry) -> Written:
    """An entry in every format."""
    formats = xml.written(entry) | jsonfeed.written(entry)
    return Written(formats, max(map(len, formats.values())) + len(","))


def parts_of(
    press: Press, file: str, before: Assembled, entries: Entries, editions: Iterable[Edition]
) -> Iterator[Part]:
    """The parts of a document; those of `before` that are still the same are taken over. The others
    are made once by each process, for all documents and formats.
    """
    standing = _standing(FORMATS[file], before)
    for edition in editions:
        key = entries.digest(edition)
        if (old := standing.get(key)) is not None:
            yield old
        else:
            made = press.once(key, lambda: written(entries.of(press, edition)))  # noqa: B023 (now)
            yield part(file, key, made)


def part(file: str, key: bytes, made: Written) -> Part:
    """A part that was made of `key`."""
    return Part(key + made.size.to_bytes(4, "big"), made.formats[file])


def _standing(kind: Format, before: Assembled) -> dict[bytes, Part]:
    """The parts of a document in place, by what they were made of."""
    found = kind.entries(before.data) if before.notes else []
    if len(found) != len(before.notes):
        return {}
    return {part.note[:_DIGEST]: part for part in map(Part, before.notes, found)}


def fitting(parts: Iterable[Part]) -> list[Part]:
    """The newest entries that are together no larger than a feed may be; the newest always is."""
    size, found = HEAD, list[Part]()
    for one in parts:
        size += one.size
        if found and size > MAX_BYTES:
            break
        found.append(one)
    return found


def assembled(file: str, document: Document, parts: Sequence[Part]) -> Assembled:
    """A document with its parts."""
    data = FORMATS[file].document(document, [part.data for part in parts])
    return Assembled(data, tuple(part.note for part in parts))
