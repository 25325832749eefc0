"""Puts files into the content folder: all of them are written aside first, then each is renamed.

Whoever is killed leaves of each file the old or the new one. What is new overwrites nothing, what
is edited must still be what was read, and no symbolic link is followed. Of several at once, each
waits until the one before has checked and written.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from msgspec import Struct


class Plan(Struct, frozen=True, kw_only=True):
    """What a verb does to the content folder; all paths are relative to it.

    `edits` are the new texts of sources that are there, `new` those of sources that are not;
    `copies` say from which file each new attachment comes; `gone` is removed in the end, in this
    order, and the folders that are empty then.
    """

    edits: Mapping[str, str] = {}
    new: Mapping[str, str] = {}
    copies: Mapping[str, str] = {}
    gone: tuple[str, ...] = ()

    @property
    def texts(self) -> dict[str, str]:
        """All sources that are written."""
        return {**self.edits, **self.new}


class Obstructed(Exception):
    """A path at which nothing can be written; nothing was."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class Occupied(Obstructed):
    """There is a file already."""


class Changed(Obstructed):
    """Somebody has written the file since it was read."""


def save(content: Path, plan: Plan, before: Mapping[str, bytes]) -> None:
    """Carry a plan out; `before` are the bytes of what it edits or removes, as they were read.

    Raises `Obstructed`, or `OSError` as when the disk is full; what is visible by then is whole.
    """
    with _alone(content):
        _save(content, plan, before)


@contextmanager
def _alone(content: Path) -> Iterator[None]:
    """Nobody else saves there meanwhile; whoever is killed holds nothing any more."""
    lock = os.open(content, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _save(content: Path, plan: Plan, before: Mapping[str, bytes]) -> None:
    for path in (*plan.texts, *plan.copies, *plan.gone):
        _is_within(content, path)
    for path in (*plan.new, *plan.copies):
        if os.path.lexists(content / path):
            raise Occupied(path)
    for path, data in before.items():
        if _data(content / path) != data:
            raise Changed(path)
    with ExitStack() as stack:
        staged = {}
        for path, text in plan.texts.items():
            staged[path] = _stage(content / path, stack)
            _write(staged[path], text.encode())
        for path, origin in plan.copies.items():
            staged[path] = _stage(content / path, stack)
            shutil.copy2(content / origin, staged[path], follow_symlinks=False)
        for path in (*plan.copies, *plan.new):
            _put_new(staged[path], content / path)
        for path in plan.edits:
            shutil.copymode(content / path, staged[path])
            staged[path].replace(content / path)
        for folder in {(content / path).parent for path in staged}:
            _sync(folder)
    _remove(content, plan.gone)


def _data(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except OSError:
        return None


def _is_within(content: Path, path: str) -> None:
    """Raises `Obstructed` if a folder on the way is a link, or the file is no ordinary one."""
    parts = path.split("/")
    if not all(parts) or {".", ".."} & {*parts}:
        raise Obstructed(path)
    for depth in range(1, len(parts) + 1):
        here = content.joinpath(*parts[:depth])
        if os.path.lexists(here):
            mode = here.lstat().st_mode
            if not (S_ISREG(mode) if depth == len(parts) else S_ISDIR(mode)):
                raise Obstructed("/".join(parts[:depth]))


def _stage(target: Path, stack: ExitStack) -> Path:
    """A hidden name beside the target; a file that is left there in the end is removed."""
    target.parent.mkdir(parents=True, exist_ok=True)
    staged = target.with_name(f".{target.name}.{os.getpid()}")
    staged.unlink(missing_ok=True)
    stack.callback(staged.unlink, missing_ok=True)
    return staged


def _write(file: Path, data: bytes) -> None:
    with file.open("xb") as opened:
        opened.write(data)
        opened.flush()
        os.fsync(opened.fileno())


def _put_new(staged: Path, target: Path) -> None:
    """Rename without overwriting, where the file system can do that in one step."""
    try:
        os.link(staged, target)
    except FileExistsError as error:
        raise Occupied(target.name) from error
    except OSError:
        if os.path.lexists(target):
            raise Occupied(target.name) from None
        staged.rename(target)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove(content: Path, paths: tuple[str, ...]) -> None:
    """Remove files, then the folders that held them as far as they are empty."""
    for path in paths:
        (content / path).unlink()
    for folder in sorted({parent for path in paths for parent in Path(path).parents}, reverse=True):
        if folder != Path() and not any((content / folder).iterdir()):
            (content / folder).rmdir()
