"""What an audit remembers between two: what each file said, under the mark that it had.

SQLite in `CACHE_PATH`, beside the ledger and apart from it. It is safe to delete at any time: that
costs time and nothing else.
"""

import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from plugins.publishing.audit.facts import Facts, Target

FILE = "audit.sqlite"

_SCHEMA = """
create table if not exists facts (key text primary key, value blob) without rowid;
create table if not exists files
    (path text primary key, mark text, facts blob, links blob) without rowid;
create table if not exists targets (number integer primary key, file text, fragment text,
    unique (file, fragment));
create table if not exists faulty (path text primary key) without rowid;
create table if not exists public (source text primary key) without rowid;
"""

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Facts).decode
_words = msgspec.msgpack.Decoder(dict[str, str]).decode


class Memory:
    """What is known of the files of one folder; kept only if the audit comes to its end.

    `key` stands for all that facts depend on besides the files: another one forgets everything.
    """

    def __init__(self, folder: Path, key: bytes) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / FILE
        self._targets: dict[int, Target] = {}
        self._numbers: dict[Target, int] = {}
        try:
            self._open(key)
        except sqlite3.DatabaseError:
            for file in folder.glob(f"{FILE}*"):
                file.unlink()
            self._open(key)

    def _open(self, key: bytes) -> None:
        self._db = sqlite3.connect(self._path, isolation_level=None)
        self._db.execute("pragma journal_mode = wal")
        self._db.execute("pragma synchronous = normal")
        self._db.executescript(_SCHEMA)
        self._db.execute("begin immediate")
        if self._value("key") != key:
            for table in ("facts", "files", "targets", "faulty", "public"):
                self._db.execute(f"delete from {table}")  # noqa: S608 (names of our own)
            self._put("key", key)

    def close(self, *, keep: bool) -> None:
        """Keep what was learnt, or forget it."""
        self._db.execute("commit" if keep else "rollback")
        self._db.close()

    def _value(self, key: str) -> bytes:
        row = self._db.execute("select value from facts where key = ?", (key,)).fetchone()
        return bytes(row[0]) if row else b""

    def _put(self, key: str, value: bytes) -> None:
        self._db.execute("insert or replace into facts values (?, ?)", (key, value))

    def marks(self) -> dict[str, str]:
        """The mark that each file had."""
        return dict(self._db.execute("select path, mark from files").fetchall())

    def secret(self) -> dict[str, str]:
        """The words that stood in no file."""
        data = self._value("secret")
        return _words(data) if data else {}

    def public(self) -> set[str]:
        """The sources that were public."""
        return {row[0] for row in self._db.execute("select source from public")}

    def learn_words(self, secret: Mapping[str, str], public: set[str], before: set[str]) -> None:
        """Remember what is secret and, besides `before`, what is public."""
        self._put("secret", _encode(secret))
        self._db.executemany("insert into public values (?)", [(s,) for s in public - before])
        gone = [(source,) for source in before - public]
        self._db.executemany("delete from public where source = ?", gone)

    def facts(self, path: str) -> Facts | None:
        """What a file said, its links apart."""
        row = self._db.execute("select facts from files where path = ?", (path,)).fetchone()
        return _decode(row[0]) if row else None

    def links(self, path: str) -> Iterator[Target]:
        """Where the links of a file lead on this site."""
        row = self._db.execute("select links from files where path = ?", (path,)).fetchone()
        for number in array("I", row[0]) if row else ():
            yield self._targets.get(number) or self._target(number)

    def _target(self, number: int) -> Target:
        row = self._db.execute("select file, fragment from targets where number = ?", (number,))
        found = self._targets[number] = Target(*row.fetchone())
        return found

    def learn(self, path: str, mark: str, facts: Facts) -> Facts:
        """Remember what a file says; gives it without its links, which are numbers from here on."""
        links = array("I", map(self._number, facts.links)).tobytes()
        bare = msgspec.structs.replace(facts, links=())
        row = (path, mark, _encode(bare), links)
        self._db.execute("insert or replace into files values (?, ?, ?, ?)", row)
        return bare

    def _number(self, target: Target) -> int:
        number = self._numbers.get(target)
        if number is None:
            row = (target.file, target.fragment)
            self._db.execute("insert or ignore into targets (file, fragment) values (?, ?)", row)
            select = "select number from targets where file = ? and fragment = ?"
            number = self._numbers[target] = int(self._db.execute(select, row).fetchone()[0])
        return number

    def forget(self, paths: Iterable[str]) -> None:
        """Forget files that are gone."""
        self._db.executemany("delete from files where path = ?", [(path,) for path in paths])

    def linking(self, files: Iterable[str]) -> set[str]:
        """The files that link one of these, or an element of it."""
        numbers: set[int] = set()
        for file in files:
            rows = self._db.execute("select number from targets where file = ?", (file,))
            numbers.update(row[0] for row in rows)
        if not numbers:
            return set()
        rows = self._db.execute("select path, links from files where length(links) > 0")
        return {path for path, links in rows if not numbers.isdisjoint(array("I", links))}

    def faulty(self) -> set[str]:
        """The files in which something was wrong."""
        return {row[0] for row in self._db.execute("select path from faulty")}

    def learn_faulty(self, paths: Iterable[str]) -> None:
        """Remember in which files something is wrong."""
        self._db.execute("delete from faulty")
        self._db.executemany("insert into faulty values (?)", [(path,) for path in set(paths)])
