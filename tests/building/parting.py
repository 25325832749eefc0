"""A stage for trials: a file that is put together of parts, which the setting `PARTS` names, or
else the titles of all notices.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from blinker import signal as named
from pelican import signals

from plugins.model.archive import Archive
from plugins.model.notice import digest
from plugins.model.output import Assembled, Order, Output, Press

FILE = "trial/parts.txt"

_parts: list[str] = []
made: list[str] = []
"""The parts that were made within this process."""


def outputs(archive: Archive) -> Iterator[Output]:
    """The file."""
    titles = {edition.title for public in archive.siblings.values() for edition in public}
    parts = tuple(_parts or sorted(titles))
    yield Output(FILE, digest(parts), Order.FEED, render, (parts,), in_parts=True)


def render(_: Press, before: Assembled, parts: Sequence[str]) -> Assembled:
    """A line a part."""
    standing = dict(zip(before.notes, before.data.splitlines(), strict=True))
    notes = tuple(map(str.encode, parts))
    lines = [standing[note] if note in standing else _line(note) for note in notes]
    return Assembled(b"".join(line + b"\n" for line in lines), notes)


def _line(note: bytes) -> bytes:
    made.append(note.decode())
    return b"part " + note


def _begin(pelican: Any) -> None:
    _parts[:] = pelican.settings.get("PARTS", [])


def register() -> None:
    """Pelican's hook for plugins."""
    signals.initialized.connect(_begin)
    named("archive_outputs").connect(outputs)
