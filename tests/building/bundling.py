"""A stage for trials: a bundle whose files are what the setting `BUNDLE` says, by name; files that
`BESIDE` names are outputs of their own.
"""

from collections.abc import Iterator
from typing import Any

from blinker import signal as named
from pelican import signals

from plugins.model.archive import Archive
from plugins.model.notice import digest
from plugins.model.output import Order, Output, Press

FOLDER = "trial/bundle/"

_files: dict[str, str] = {}
_beside: list[str] = []
made: list[str] = []
"""The bundles that were made within this process."""


def outputs(_: Archive) -> Iterator[Output]:
    """A bundle, unless it has no files; and the files beside it."""
    if _files:
        yield Output(FOLDER, digest(_files), Order.INDEX, render, (dict(_files),))
    for path in _beside:
        yield Output(path, digest(path), Order.LISTING, render_file, (path,))


def render(_: Press, files: dict[str, str]) -> dict[str, bytes]:
    """The files."""
    made.append(FOLDER)
    return {name: text.encode() for name, text in files.items()}


def render_file(_: Press, path: str) -> bytes:
    """The name of a file."""
    return path.encode()


def _begin(pelican: Any) -> None:
    _files.clear()
    _files.update(pelican.settings.get("BUNDLE", {}))
    _beside[:] = pelican.settings.get("BESIDE", [])


def register() -> None:
    """Pelican's hook for plugins."""
    signals.initialized.connect(_begin)
    named("archive_outputs").connect(outputs)
