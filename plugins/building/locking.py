"""One at a time: builds, and whoever reads what they keep, wait for each other."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from plugins.building.report import Report


@contextmanager
def only_one(cache: Path, output: Path, report: Report) -> Iterator[None]:
    """Builds with one cache, or into one folder, come one after the other."""
    cache.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        for folder in (cache, output):
            if folder.is_dir():
                lock = os.open(folder, os.O_RDONLY)
                stack.callback(os.close, lock)
                _wait_for(lock, report)
        yield


def _wait_for(lock: int, report: Report) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        report.say(report.words.text("Another build is running; waiting until it is done."))
        fcntl.flock(lock, fcntl.LOCK_EX)
