"""Copies of the pictures that public notices show, less wide and lighter.

Reads the pictures. Writes the copies that `variants` names, beside them. A copy depends on the
bytes of its picture, on its size, on how it is made (`copying`) and on Pillow, on nothing else:
whatever else changes in the archive or in the theme, it is not made again.
"""

from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path

from blinker import signal

from plugins.model.archive import Archive, Attachment, Form
from plugins.model.notice import Edition, Page, digest
from plugins.model.output import Order, Output, Press
from plugins.outputs.views.variants import JPEG, WEBP, Shown, copy, height_of, shown

HOW = Path(__file__).with_name("copying.py")
"""The code that makes a copy."""


def outputs(archive: Archive) -> Iterator[Output]:
    """One output for each copy."""
    if not any(file.form is Form.PICTURE for file in archive.attachments.values()):
        return
    way = digest(HOW.read_bytes(), version("pillow"))
    leads, others = _paths(archive.by_source.values())
    for path in sorted(leads | others):
        if file := archive.attachments.get(path):
            picture = shown(archive, file)
            for width in picture.widths:
                if copy(picture, width) != picture.address:
                    yield _output(way, file, picture, width, WEBP)
            if picture.card and path in leads:
                yield _output(way, file, picture, picture.card, JPEG)


def _paths(items: Iterable[Edition | Page]) -> tuple[set[str], set[str]]:
    """The lead pictures, and those that texts show."""
    leads: set[str] = set()
    others: set[str] = set()
    for item in items:
        others.update(item.body.pictures)
        if isinstance(item, Edition) and item.picture:
            leads.add(item.picture.path)
    return leads, others


def _output(way: bytes, file: Attachment, picture: Shown, width: int, ending: str) -> Output:
    size = (width, height_of(picture, width))
    return Output(
        copy(picture, width, ending)[1:],
        digest(way, file.digest, size, ending),
        Order.ASSET,
        render,
        (file.file, size, ending),
        lasting=True,
    )


def render(press: Press, path: str, size: tuple[int, int], ending: str) -> bytes:
    """The copy of the picture `path` that has this size."""
    from plugins.outputs.pictures import copying  # slow to import, and seldom needed

    make = {WEBP: copying.webp, JPEG: copying.jpeg}[ending]
    return make(press.file(path), size)


def register() -> None:
    """Pelican's hook for plugins."""
    signal("archive_outputs").connect(outputs)
