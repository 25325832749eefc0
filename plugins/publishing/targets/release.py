"""A release: a folder with the whole site, and how it is brought up to date from an earlier one.

Beside the inventory lies `.archive/release`, which tells what each file is and when it was written.
A file of a release is never written to, only replaced, so that releases share files by hard links.
What is in doubt while a release is brought up to date has no mark there: whoever is killed leaves a
folder of which the next hand-over knows what to trust.
"""

import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import Struct

from plugins.model.inventory import INVENTORY, OURS, Inventory
from plugins.publishing.targets.writing import put, settle, verified

RECORD = f"{OURS}/release"
ASIDE = f"{OURS}/aside"


class Stamp(Struct, frozen=True, array_like=True):
    """A file of a release: its mark, and when it was last written, in nanoseconds."""

    mark: str
    mtime: int


Stamps = Mapping[str, Stamp]


class Record(Struct, frozen=True):
    """What a release holds, and the name of the one that was public before it."""

    before: str
    files: dict[str, Stamp]


UNKNOWN = Record("", {})


class Laid(NamedTuple):
    """A folder, and what it is known to hold: nothing, if nobody knows."""

    folder: Path
    record: Record


class Brought(NamedTuple):
    """What was done to bring a release up to date: files that came from the built site with their
    bytes, files that the release before it had and this one lacks; what it holds now.
    """

    sent: int
    size: int
    removed: int
    record: Record


def record_of(release: Path) -> Record | None:
    """What a release holds; nothing if nobody knows."""
    try:
        return msgspec.msgpack.decode((release / RECORD).read_bytes(), type=Record)
    except (FileNotFoundError, NotADirectoryError, msgspec.DecodeError):
        return None


def write_record(release: Path, record: Record) -> None:
    """Remember what a release holds."""
    (release / OURS).mkdir(parents=True, exist_ok=True)
    put(release / RECORD, msgspec.msgpack.encode(record))


def share(old: Laid, new: Path) -> None:
    """Make the folder `new` hold the files of a release, by hard links.

    It has a record only when it is whole. Raises `OSError` where there are no hard links.
    """
    (new / OURS).mkdir(parents=True)
    folders = {""}
    for path in old.record.files:
        folder = path.rpartition("/")[0]
        if folder not in folders:
            os.makedirs(f"{new}/{folder}", exist_ok=True)  # noqa: PTH103 (called for each file)
            folders.add(folder)
        os.link(f"{old.folder}/{path}", f"{new}/{path}")
    os.sync()


def discard(release: Path) -> None:
    """Remove a folder that is no release any more; a kill leaves one that nobody trusts."""
    (release / RECORD).unlink(missing_ok=True)
    if release.exists():
        shutil.rmtree(release)


def bring_up_to_date(release: Laid, source: Path, new: Inventory, public: Laid | None) -> Brought:
    """Make a release hold exactly the files of `new`, which lie in `source`.

    What the release `public` has alike is taken from there, with its time. Raises `Trouble`,
    `OSError`; the draft can then be brought up to date again.
    """
    draft, record = release
    (draft / ASIDE).unlink(missing_ok=True)  # a full disk needs the room
    before, published = (public.folder.name, public.record.files) if public else ("", {})
    aims = {path: _aim(path, mark, published, source) for path, mark in new.files.items()}
    late = [path for path, aim in aims.items() if record.files.get(path) != aim]
    gone = [path for path in record.files if path not in aims]
    doubtful = dict.fromkeys([*late, *gone], Stamp("", 0))
    write_record(draft, Record(before, record.files | doubtful))
    for path in gone:
        _remove(draft, path)
    sent = [path for path in late if not _linked(draft, path, public, aims[path])]
    size = sum(_copy(draft, path, source, aims[path]) for path in sent)
    settle(draft / path for path in late)
    (draft / ASIDE).unlink(missing_ok=True)
    put(draft / INVENTORY, new.encoded)
    made = Record(before, aims)
    write_record(draft, made)
    return Brought(len(sent), size, len(published.keys() - aims.keys()), made)


def _aim(path: str, mark: str, published: Stamps, source: Path) -> Stamp:
    """What a file is to be: as it is public, if its bytes are; else as it was built."""
    stamp = published.get(path)
    if stamp and stamp.mark == mark:
        return stamp
    try:
        return Stamp(mark, os.stat(f"{source}/{path}").st_mtime_ns)  # noqa: PTH116 (each file)
    except FileNotFoundError:
        return Stamp(mark, 0)  # told when it is read


def _linked(draft: Path, path: str, public: Laid | None, aim: Stamp) -> bool:
    """Take a file from the public release, if it has it."""
    if public is None or public.record.files.get(path) != aim:
        return False
    aside = draft / ASIDE
    aside.unlink(missing_ok=True)
    try:
        aside.hardlink_to(public.folder / path)
    except OSError:
        shutil.copy2(public.folder / path, aside)
        os.utime(aside, ns=(aim.mtime, aim.mtime))
    _place(aside, draft / path)
    aside.unlink(missing_ok=True)  # a rename of two links of one file does nothing
    return True


def _copy(draft: Path, path: str, source: Path, aim: Stamp) -> int:
    """Take a file from the built site; gives its size."""
    data = verified(source, path, aim.mark)
    aside = draft / ASIDE
    aside.unlink(missing_ok=True)  # it may be a link of a file that is public
    try:
        aside.write_bytes(data)
    except OSError:
        aside.unlink(missing_ok=True)
        raise
    aside.chmod(0o644)
    os.utime(aside, ns=(aim.mtime, aim.mtime))
    _place(aside, draft / path)
    return len(data)


def _place(aside: Path, target: Path) -> None:
    try:
        aside.replace(target)
    except FileNotFoundError:
        target.parent.mkdir(parents=True, exist_ok=True)
        aside.replace(target)


def _remove(draft: Path, path: str) -> None:
    """Remove a file, and the folders that are empty without it."""
    try:
        (draft / path).unlink()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        pass  # a kill came in between, and something else stands there
    for folder in _above(path):
        try:
            (draft / folder).rmdir()
        except OSError:
            return


def _above(path: str) -> Iterator[str]:
    while path := path.rpartition("/")[0]:
        yield path
