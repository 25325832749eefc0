"""Moves what was built into place: all of it or, after a kill, all of it the next time.

In the output folder, `.archive/` is ours: `inventory` says what the site was built from and what it
consists of (see `plugins.model.inventory`); `aside.*/` holds what is being built; `journal` says
what is still to be moved and removed. As long as there is no journal, the site is the old one; as
soon as there is one, the new one is all there, and `keep` completes it.
"""

import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from stat import S_ISREG
from typing import NamedTuple

import msgspec
from msgspec import Struct

from plugins.model.inventory import INVENTORY, OURS, Inventory, inventory_of, mark_of

MANY = 8
"""Files of a folder that are found sooner by its list than one by one."""


class Move(Struct, frozen=True):
    """One file that was built: `aside` is the name of the file that waits, empty if the file in
    place has the same bytes already. `key` is the output's; of a bundle, the folder has it, not
    the files.
    """

    path: str
    aside: str
    key: bytes


class State(Struct, frozen=True):
    """What a site was built from: `common` digests what all keys share, `whole` everything."""

    common: bytes
    whole: bytes


class Journal(Struct, frozen=True):
    """What a build is about to do: moves in their order, then the removals of files; `gone` are the
    paths of outputs that are no more. `afresh` says that nothing was known of the site in place.
    """

    moves: tuple[Move, ...]
    removals: tuple[str, ...]
    gone: tuple[str, ...]
    state: State
    afresh: bool


class Staged(NamedTuple):
    """A file that was made: where it belongs, where it waits (see `Move.aside`), its mark."""

    path: str
    aside: str
    mark: str

    @property
    def where(self) -> str:
        """Where its bytes are until it is moved."""
        return f"{OURS}/{self.aside}" if self.aside else self.path


class Place:
    """An output folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._ours = folder / OURS
        self._journal = self._ours / "journal"
        self._inventory = folder / INVENTORY
        self._aside = f"aside.{token_hex(4)}"
        self._staged = 0

    def interrupted(self) -> Journal | None:
        """What a killed build did not complete. Aside files that belong to none are deleted."""
        try:
            journal = msgspec.msgpack.decode(self._journal.read_bytes(), type=Journal)
        except FileNotFoundError:
            journal = None
        except msgspec.DecodeError:
            journal = None
            self._distrust()
        if journal is None:
            self._clear()
        return journal

    def _distrust(self) -> None:
        """Forget what the site in place was built from: its journal cannot be read."""
        distrusted = Inventory(b"", self.inventory().files)
        self._inventory.write_bytes(distrusted.encoded)
        self._journal.unlink()

    def inventory(self) -> Inventory:
        """What the site in place was built from, and consists of; nothing if nobody knows."""
        try:
            return inventory_of(self._inventory.read_bytes())
        except (FileNotFoundError, ValueError):
            return Inventory(b"", {})

    def lacks(self, path: str) -> bool:
        """Whether there is no file at `path`."""
        return not os.path.isfile(f"{self.folder}/{path}")  # noqa: PTH113 (called for each output)

    def lacking(self, paths: Iterable[str]) -> set[str]:
        """Those of many paths at which there is no file. Folders of many are looked through."""
        by_folder: dict[str, list[str]] = {}
        for path in paths:
            by_folder.setdefault(path[: path.rfind("/") + 1], []).append(path)
        lacking: set[str] = set()
        for folder, inside in by_folder.items():
            if len(inside) < MANY:
                lacking.update(filter(self.lacks, inside))
            else:
                lacking.update(set(inside) - self._files_in(folder))
        return lacking

    def _files_in(self, folder: str) -> set[str]:
        try:
            with os.scandir(f"{self.folder}/{folder}") as entries:
                return {folder + entry.name for entry in entries if entry.is_file()}
        except (FileNotFoundError, NotADirectoryError):
            return set()

    def stamp(self, path: str) -> tuple[int, int, int]:
        """Two files with the same stamp are one, which nobody has written to since; a move keeps
        it. That of what is not there is another than all others.
        """
        try:
            found = os.stat(f"{self.folder}/{path}")  # noqa: PTH116 (as below)
        except OSError:
            return -1, -1, -1
        return found.st_mtime_ns, found.st_size, found.st_ino

    def stage(self, path: str, data: bytes) -> Staged:
        """Write what is to be at `path` aside, unless it is there."""
        if self._holds(path, data):
            return Staged(path, "", mark_of(data))
        self._staged += 1
        aside = f"{self._aside}/{os.getpid()}.{self._staged}"
        with open(f"{self._ours}/{aside}", "wb") as file:  # noqa: PTH123 (called for each output)
            file.write(data)
        return Staged(path, aside, mark_of(data))

    def _holds(self, path: str, data: bytes) -> bool:
        """Whether the file at `path` has these bytes."""
        try:
            found = os.stat(f"{self.folder}/{path}")  # noqa: PTH116 (as above)
        except OSError:
            return False
        is_like = S_ISREG(found.st_mode) and found.st_size == len(data)
        return is_like and (self.folder / path).read_bytes() == data

    @contextmanager
    def staging(self) -> Iterator[None]:
        """Files may be staged while this lasts; if it fails, they are deleted."""
        (self._ours / self._aside).mkdir(parents=True, exist_ok=True)
        try:
            yield
        except BaseException:
            self._clear()
            raise

    def stage_inventory(self, inventory: Inventory) -> Move:
        """Write the new inventory aside."""
        return Move(INVENTORY, self.stage(INVENTORY, inventory.encoded).aside, b"")

    def obstacles(self, paths: Sequence[str], removals: Sequence[str]) -> set[str]:
        """What is in the way of these files and will not be removed: files, folders with some."""
        going, found = set(removals), set()
        there = {"": True}

        def is_there(folder: str) -> bool:
            if folder not in there:
                around = is_there(folder.rpartition("/")[0])
                there[folder] = around and self._is_folder(folder)
                if around and not (there[folder] or folder in going or self.lacks(folder)):
                    found.add(folder)
            return there[folder]

        for path in paths:
            around = is_there(path.rpartition("/")[0])
            if around and self._is_folder(path) and not self._empties(path, going):
                found.add(path)
        return found

    def _is_folder(self, path: str) -> bool:
        return os.path.isdir(f"{self.folder}/{path}")  # noqa: PTH112 (called for each output)

    def _empties(self, folder: str, going: set[str]) -> bool:
        files = (file for file in (self.folder / folder).rglob("*") if not file.is_dir())
        return all(file.relative_to(self.folder).as_posix() in going for file in files)

    def promise(self, journal: Journal) -> None:
        """From here on the build is completed, whatever happens: first what is aside must be on
        the disk, since a journal that outlives a power cut would put empty files into place.
        """
        os.sync()
        draft = self._ours / "journal.draft"
        with draft.open("wb") as file:
            file.write(msgspec.msgpack.encode(journal))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._journal)

    def make_folders(self, journal: Journal) -> None:
        """Make the folders of what is to be moved, the last one first: whoever moves meanwhile,
        from the first on, finds the others made. What is in the way is seen to by who moves.
        """
        paths = (move.path.rpartition("/")[0] for move in journal.moves if move.aside)
        for path in reversed(dict.fromkeys(paths)):
            with suppress(OSError):
                os.makedirs(f"{self.folder}/{path}", exist_ok=True)  # noqa: PTH103 (as below)

    def keep(self, journal: Journal) -> Iterator[str]:
        """Do what the journal says, as far as it is not done; gives each path that was moved."""
        for move in journal.moves:
            if move.aside and self._move(move, journal):
                yield move.path
        for path in journal.removals:
            self._remove(path)

    def _move(self, move: Move, journal: Journal) -> bool:
        aside, target = f"{self._ours}/{move.aside}", f"{self.folder}/{move.path}"
        try:
            _replace(aside, target)
        except OSError:
            if not os.path.exists(aside):  # noqa: PTH110 (as below)
                return False
            self._make_way(Path(target), journal)
            _replace(aside, target)
        return True

    def _make_way(self, target: Path, journal: Journal) -> None:
        """Remove what is to be removed anyway and stands where `target` or its folders belong."""
        ours = {path for path in journal.removals if (self.folder / path).is_file()}
        for parent in target.relative_to(self.folder).parents:
            if parent.as_posix() in ours:
                self._remove(parent.as_posix())
        below = f"{target.relative_to(self.folder).as_posix()}/"
        for path in ours:
            if path.startswith(below):
                self._remove(path)
        if target.is_dir():  # a kill may have left its folders, empty
            for folder in sorted(target.rglob("*"), reverse=True):
                folder.rmdir()
            target.rmdir()

    def _remove(self, path: str) -> None:
        """Remove a file of ours, and the folders that are empty without it."""
        target = self.folder / path
        if target.is_file():
            target.unlink()
        for parent in target.parents:
            if parent == self.folder:
                break
            try:
                parent.rmdir()
            except FileNotFoundError:
                continue  # a kill came after this one
            except OSError:
                break

    def done(self) -> None:
        """The journal was kept, and the ledger knows; it goes when all that is on the disk."""
        if self._journal.exists():
            os.sync()
            self._journal.unlink()
        self._clear()

    def _clear(self) -> None:
        for leftover in self._ours.glob("aside.*"):
            shutil.rmtree(leftover, ignore_errors=True)
        (self._ours / "journal.draft").unlink(missing_ok=True)


def _replace(aside: str, target: str) -> None:
    """Move a file into place, and make the folders for it (with os: called for each output)."""
    try:
        os.replace(aside, target)  # noqa: PTH105
    except FileNotFoundError:
        os.makedirs(os.path.dirname(target), exist_ok=True)  # noqa: PTH103, PTH120
        os.replace(aside, target)  # noqa: PTH105
