"""What was saved: of the content, of the theme, of the code."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Event

from watchfiles import watch

STEP = 10
"""Milliseconds of silence after which a save is taken for complete."""


def follow(
    folders: dict[Path, Callable[[list[str]], None]],
    ignored: Callable[[str], bool],
    stop: Event | None = None,
    after: Callable[[], object] = bool,
) -> None:
    """Call what belongs to a folder with the paths below it that were saved, until `stop`; then
    `after`, which nobody waits for.
    """
    for changes in watch(*folders, step=STEP, stop_event=stop, watch_filter=None):
        for folder, call in folders.items():
            inside = [Path(name) for _, name in changes if Path(name).is_relative_to(folder)]
            paths = {path.relative_to(folder).as_posix() for path in inside}
            saved = sorted(path for path in paths if not _is_nobodys(path, ignored))
            if saved:
                call(saved)
        after()


def _is_nobodys(path: str, ignored: Callable[[str], bool]) -> bool:
    """Whether nobody cares for a path; what is followed itself, a file, is `.`."""
    return path != "." and any(map(ignored, path.split("/")))


def start_again() -> None:
    """Begin anew with the code and the settings as they are now."""
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606 (it is this very command)
