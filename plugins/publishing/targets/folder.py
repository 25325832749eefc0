"""A folder of this machine: releases, and `current`, a link that is moved to the new one.

    current -> releases/0042-20261122T043800Z     what a web server has as its root
    releases/0041-…  releases/0042-…              the last ones, the public one, the one before it
    .publishing/                                  says that it is ours; the lock; drafts; notes

Releases are numbered, so that a clock that is wrong puts none before another; the time in a name is
for people. A reader that follows `current` sees one whole release.
"""

import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from plugins.model.inventory import INVENTORY, Inventory
from plugins.publishing.targets import Handed, Overtaken, Release
from plugins.publishing.targets.holder import holder_of, this_one
from plugins.publishing.targets.release import UNKNOWN, Laid, bring_up_to_date, record_of
from plugins.publishing.targets.returning import (
    NOTES,
    Kept,
    earlier_of,
    mark_of_site,
    noted,
    noting,
)
from plugins.publishing.targets.stock import Stock
from plugins.publishing.targets.writing import put
from plugins.speaking import Trouble

NAME = re.compile(r"([0-9]{4,})-[0-9]{8}T[0-9]{6}Z")


class FolderTarget:
    """Releases in a folder."""

    def __init__(self, folder: Path, keep: int) -> None:
        self._folder = folder
        self._keep = keep
        self._ours = folder / ".publishing"
        self._stock = Stock(self._ours)
        self._notes = folder / NOTES
        self._releases = folder / "releases"
        self._current = folder / "current"

    @property
    def place(self) -> str:
        """The folder that a web server shows."""
        return str(self._current)

    def read(self, path: str) -> bytes | None:
        """A file of the public release."""
        return _read(self._current / path)

    def hand_over(self, folder: Path, new: Inventory, seen: bytes | None) -> Handed:
        """Publish the files of `new`, which lie in `folder`."""
        with _told(self._folder), self._locked():
            if self.read(INVENTORY) != seen:
                raise Overtaken()
            there = self._public()
            public = Laid(there, record_of(there) or UNKNOWN) if there else None
            draft = self._stock.draft(public)
            brought = bring_up_to_date(draft, folder, new, public)
            name = self._next_name()
            draft.folder.rename(self._releases / name)
            self._show(name)
            with suppress(OSError):
                self._notes.unlink()
            self._tidy(Laid(self._releases / name, brought.record))
        return Handed(name, brought.sent, brought.size, brought.removed)

    def rollback(self, to: str = "") -> str:
        """Move `current` to an earlier release."""
        self.earlier(to)  # a folder that nobody published to is not touched
        with _told(self._folder), self._locked():
            release = self.earlier(to)
            public, shown = (
                mark_of_site(read(INVENTORY) or b"") for read in (self.read, release.read)
            )
            notes = noting(_read(self._notes), public, self._kept().public, shown)
            put(self._notes, notes)
            self._show(release.name)
        return release.name

    def taken_back(self, new: Inventory) -> str:
        """The release of this very site that a rollback took back."""
        return noted(_read(self._notes), mark_of_site(new.encoded))

    def earlier(self, to: str = "") -> Release:
        """The release that a rollback would show."""
        name = earlier_of(self._kept(), to)
        return Release(name, lambda path: _read(self._releases / name / path))

    def _kept(self) -> Kept:
        public = self._public()
        if public is None:
            raise Trouble("Nothing is published in {place}.", place=self._folder)
        record = record_of(public)
        return Kept(public.name, record.before if record else "", self.names())

    def names(self) -> list[str]:
        """The releases, the oldest first."""
        found = [
            (int(form[1]), form[0]) for form in map(NAME.fullmatch, _list(self._releases)) if form
        ]
        return [name for _, name in sorted(found)]

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Nobody else publishes while this lasts; the lock of a process that was killed is free."""
        if not self._ours.is_dir() and _list(self._folder):
            raise Trouble(
                "{place} holds files that are not this archive's. Name an empty folder, or a new"
                " one, in PUBLISH; nothing was touched.",
                place=self._folder,
            )
        self._ours.mkdir(parents=True, exist_ok=True)
        self._releases.mkdir(exist_ok=True)
        lock = os.open(self._ours / "lock", os.O_RDWR | os.O_CREAT, 0o644)
        try:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                other = holder_of(os.pread(lock, 1000, 0))
                raise Trouble(
                    "{who} (process {process}) is publishing there since {since}. Nothing was"
                    " published; wait until that is done, and publish again.",
                    who=other.who,
                    process=other.process,
                    since=other.since,
                ) from error
            os.ftruncate(lock, 0)
            os.pwrite(lock, this_one().encoded(), 0)
            yield
        finally:
            os.close(lock)

    def _public(self) -> Path | None:
        try:
            return self._releases / self._current.readlink().name
        except FileNotFoundError:
            return None
        except OSError as error:
            raise Trouble(
                "{place} is not this archive's link. Move it away; nothing was touched.",
                place=self._current,
            ) from error

    def _next_name(self) -> str:
        names = self.names()
        number = int(names[-1].partition("-")[0]) + 1 if names else 1
        return f"{number:04d}-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"

    def _show(self, name: str) -> None:
        """Make a release the public one, in one step."""
        link = self._ours / "current"
        link.unlink(missing_ok=True)
        link.symlink_to(f"releases/{name}")
        link.replace(self._current)
        for folder in (self._releases, self._folder):
            handle = os.open(folder, os.O_RDONLY)
            os.fsync(handle)
            os.close(handle)

    def _tidy(self, public: Laid) -> None:
        """Let go of releases beyond those to be kept, have drafts. What fails is done next time."""
        before = public.record.before
        with suppress(OSError):
            for name in self.names()[: -self._keep]:
                if name not in {public.folder.name, before}:
                    self._stock.add(self._releases / name)
            if not before:
                self._stock.fill(public, self._keep)


def _list(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)  # noqa: PTH208 (names are wanted)
    except FileNotFoundError:
        return []


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """What the system refuses is told in words: no space, no right to write, no folder."""
    try:
        yield
    except OSError as error:
        raise Trouble(
            "{place} cannot be written: {error}. What was public is public still; make room or give"
            " the right to write there, and publish again.",
            place=error.filename or folder,
            error=error.strerror or error,
        ) from error


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise Trouble("{path} cannot be read: {error}.", path=path, error=error.strerror) from error
