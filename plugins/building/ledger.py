"""The ledger: what was read from each source, and under which key each output was built.

SQLite in `CACHE_PATH`. It is safe to delete at any time: deleting it costs time and nothing else.
A ledger that cannot be read (a full disk, a lost power supply) is deleted.
"""

import os
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from errno import EDQUOT, ENOSPC
from pathlib import Path
from typing import NamedTuple, TypeVar

import msgspec
from msgspec import Struct

from plugins.model.archive import Attachment
from plugins.reading.editions import Source
from plugins.reading.library import Group, Read, Stamp, Told

FILE = "ledger.sqlite"

_SCHEMA = """
create table if not exists digests (name text primary key, digest blob) without rowid;
create table if not exists told
    (stem text primary key, files blob, sources blob, told blob) without rowid;
create table if not exists bodies (key blob primary key, html text);
create table if not exists attachments
    (path text primary key, stamp blob, attachment blob) without rowid;
create table if not exists outputs
    (folder text, place text, keys blob, primary key (folder, place)) without rowid;
create table if not exists parts
    (folder text, path text, common blob, note blob, primary key (folder, path)) without rowid;
"""

T = TypeVar("T")


def _decoder(kind: type[T]) -> Callable[[bytes], T]:
    """Decodes a value; one that is damaged is told as SQLite tells damaged tables."""
    decode = msgspec.msgpack.Decoder(kind).decode

    def decoded(value: bytes) -> T:
        try:
            return decode(value)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise sqlite3.DatabaseError(f"a value is damaged: {error}") from error

    return decoded


_encode = msgspec.msgpack.Encoder().encode
_told = _decoder(Told)
_sources = _decoder(tuple[Source, ...])
_attachment = _decoder(Attachment)
_keys = _decoder(dict[str, bytes])


class Remembered(NamedTuple):
    """What a stem told the last time, and under which names and stamps of its files."""

    files: bytes
    told: Told


class Note(Struct, frozen=True, array_like=True):
    """Of what parts a file was put together (see `plugins.model.output.Assembled`): its stamp, and
    the notes on its parts.
    """

    stamp: tuple[int, int, int]
    parts: tuple[bytes, ...]


_note = _decoder(Note)


class Ledger:
    """The connection of one build; the only writer of the ledger."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / FILE
        try:
            self._db = self._open()
        except sqlite3.DatabaseError:
            forget(folder)
            self._db = self._open()

    def _open(self) -> sqlite3.Connection:
        db = sqlite3.connect(self.path, isolation_level=None)
        db.execute("pragma page_size = 16384")  # most rows are bodies of several kB
        db.execute("pragma journal_mode = wal")
        db.execute("pragma synchronous = normal")
        db.executescript(_SCHEMA)
        db.execute("begin immediate")
        db.execute("select count(*) from digests").fetchone()
        return db

    def commit(self) -> None:
        """Make what was remembered so far visible to other processes, and safe."""
        self._db.execute("commit")
        self._db.execute("begin immediate")

    def close(self) -> None:
        """Forget whatever was not committed."""
        self._db.execute("rollback")
        self._db.close()

    def has(self, name: str, value: bytes) -> bool:
        """Whether the digest remembered under `name` is `value`."""
        row = self._db.execute("select digest from digests where name = ?", (name,)).fetchone()
        return row is not None and row[0] == value

    def put(self, name: str, value: bytes) -> None:
        """Remember a digest."""
        self._db.execute("insert or replace into digests values (?, ?)", (name, value))

    def told(self) -> dict[str, Remembered]:
        """What each stem told, by stem."""
        rows = self._db.execute("select stem, files, told from told")
        return {stem: Remembered(files, _told(told)) for stem, files, told in rows}

    def sources(self, stem: str) -> dict[str, Source]:
        """What the files of a stem said the last time, by path."""
        row = self._db.execute("select sources from told where stem = ?", (stem,)).fetchone()
        return {source.path: source for source in _sources(row[0])} if row else {}

    def remember(self, read: Read, *, settled: bool) -> None:
        """Remember a stem; one that is not `settled` is read again the next time."""
        files = files_key(read.group) if settled else b""
        row = (read.group.stem, files, _encode(read.sources), _encode(read.told))
        self._db.execute("insert or replace into told values (?, ?, ?, ?)", row)
        self._db.executemany(
            "insert or replace into bodies values (?, ?)",
            [(body.key, body.html) for body in read.bodies],
        )

    def forget(self, stems: Iterable[str]) -> None:
        """Forget stems whose files are gone."""
        self._db.executemany("delete from told where stem = ?", [(stem,) for stem in stems])

    def forget_everything_read(self) -> None:
        """Begin anew with reading: the code that reads is another."""
        self._db.execute("delete from told")
        self._db.execute("delete from bodies")
        self._db.execute("delete from attachments")

    def keep_bodies(self, keys: set[bytes]) -> None:
        """Forget the bodies that nothing holds any more."""
        stored = {row[0] for row in self._db.execute("select key from bodies")}
        self._db.executemany("delete from bodies where key = ?", [(k,) for k in stored - keys])

    def attachment(self, path: str, stamp: Stamp) -> Attachment | None:
        """What is known of a file with this stamp."""
        row = self._db.execute(
            "select stamp, attachment from attachments where path = ?", (path,)
        ).fetchone()
        return _attachment(row[1]) if row and row[0] == _encode(stamp) else None

    def remember_attachment(self, attachment: Attachment, stamp: Stamp) -> None:
        """Remember a file under its stamp."""
        self._db.execute(
            "insert or replace into attachments values (?, ?, ?)",
            (attachment.path, _encode(stamp), _encode(attachment)),
        )

    def outputs(self, folder: str) -> dict[str, bytes]:
        """The key of each output of a folder, by path."""
        found: dict[str, bytes] = {}
        for (keys,) in self._db.execute("select keys from outputs where folder = ?", (folder,)):
            found |= _keys(keys)
        return found

    def forget_outputs(self, folder: str) -> None:
        """Begin anew with a folder: what all its keys share is another."""
        self._db.execute("delete from outputs where folder = ?", (folder,))

    def remember_outputs(
        self, folder: str, built: Mapping[str, bytes], removed: Iterable[str]
    ) -> None:
        """Remember what was built under which key, and what is gone."""
        gone = set(removed)
        touched: dict[str, dict[str, bytes]] = {_place(path): {} for path in gone}
        for path, key in built.items():
            touched.setdefault(_place(path), {})[path] = key
        for place, its in touched.items():
            there = self._keys_at(folder, place)
            left = {path: key for path, key in there.items() if path not in gone} | its
            self._put_keys(folder, place, left)
        self._db.executemany(
            "delete from parts where folder = ? and path = ?", [(folder, path) for path in gone]
        )

    def _keys_at(self, folder: str, place: str) -> dict[str, bytes]:
        """The keys that lie together: thousands are decoded sooner than their rows are read."""
        query = "select keys from outputs where folder = ? and place = ?"
        row = self._db.execute(query, (folder, place)).fetchone()
        return _keys(row[0]) if row else {}

    def _put_keys(self, folder: str, place: str, keys: Mapping[str, bytes]) -> None:
        if keys:
            row = (folder, place, _encode(keys))
            self._db.execute("insert or replace into outputs values (?, ?, ?)", row)
        else:
            query = "delete from outputs where folder = ? and place = ?"
            self._db.execute(query, (folder, place))

    def remember_parts(self, folder: str, common: bytes, notes: Mapping[str, Note]) -> None:
        """Remember of what parts files are put together, and what all outputs shared (`common`)."""
        self._db.executemany(
            "insert or replace into parts values (?, ?, ?, ?)",
            [(folder, path, common, _encode(note)) for path, note in notes.items()],
        )


def _place(path: str) -> str:
    """With which others the key of an output lies: those of a language and a year, or a kind."""
    return "/".join(path.split("/", 2)[:2])


def files_key(group: Group) -> bytes:
    """The names and stamps of a group's files, as the ledger compares them."""
    return _encode(group.files)


def forget(folder: Path) -> None:
    """Delete a ledger."""
    for file in folder.glob(f"{FILE}*"):
        file.unlink()


def is_full(error: Exception) -> bool:
    """Whether a disk has no space left, as the system or SQLite says it."""
    if isinstance(error, OSError):
        return error.errno in (ENOSPC, EDQUOT)
    return "full" in str(error)


class Reader:
    """Reads the ledger in any process; each opens its own connection."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connections: dict[int, sqlite3.Connection] = {}

    def body(self, key: bytes) -> str:
        """The HTML of a body."""
        row = self._db().execute("select html from bodies where key = ?", (key,)).fetchone()
        return str(row[0])

    def note(self, folder: str, common: bytes, path: str) -> Note | None:
        """Of what parts a file was put together, if it was built under `common`."""
        query = "select note from parts where folder = ? and path = ? and common = ?"
        row = self._db().execute(query, (folder, path, common)).fetchone()
        return _note(row[0]) if row else None

    def _db(self) -> sqlite3.Connection:
        """The connection of this process: SQLite forbids to use that of another, or to close it."""
        process = os.getpid()
        if process not in self._connections:
            uri = f"{self._path.as_uri()}?mode=ro"
            self._connections[process] = sqlite3.connect(uri, uri=True)
        return self._connections[process]
