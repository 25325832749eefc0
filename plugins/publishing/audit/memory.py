"""What an audit remembers between two: what each file said, under the mark that it had.

SQLite in `CACHE_PATH`, beside the ledger and apart from it. It is safe to delete at any time: that
costs time and nothing else.
"""

import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Mapping, Set
from pathlib import Path

import msgspec
from msgspec import json

from plugins.publishing.audit.facts import Facts, Target

FILE = "audit.sqlite"

FEW = 50
"""Files are few if they are less than one in so many."""

_SCHEMA = {
    "facts": "(key text primary key, value blob) without rowid",
    "files": "(path text primary key, facts blob, links blob) without rowid",
    "notices": "(file text primary key, part text, versions blob) without rowid",
    "targets": "(number integer primary key, file text, fragment text, unique (file, fragment))",
    "faulty": "(path text primary key) without rowid",
}

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Facts).decode
_pairs = msgspec.msgpack.Decoder(dict[str, str]).decode
_names = msgspec.msgpack.Decoder(list[str]).decode


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
        self._db.execute("begin immediate")
        self._db.execute(f"create table if not exists facts {_SCHEMA['facts']}")
        if self._value("key") != key:
            for table, columns in _SCHEMA.items():  # what wrote it may have had others
                self._db.execute(f"drop table if exists {table}")
                self._db.execute(f"create table {table} {columns}")
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

    def _kept(self, key: str, value: bytes) -> None:
        """Put what may be there already."""
        if self._value(key) != value:
            self._put(key, value)

    def _said(self, key: str) -> dict[str, str]:
        data = self._value(key)
        return _pairs(data) if data else {}

    def marks(self) -> dict[str, str]:
        """The mark that each file had."""
        found = self._said("marks")
        for path, mark in self._said("marks since").items():
            if mark:
                found[path] = mark
            else:
                found.pop(path, None)
        return found

    def learn_marks(self, files: Mapping[str, str], changed: Set[str], gone: Set[str]) -> None:
        """Remember the mark of each file: of a few that changed, beside those of all."""
        since = self._said("marks since")
        since |= {path: files[path] for path in changed} | dict.fromkeys(gone, "")
        if len(since) * FEW > len(files):
            self._put("marks", _encode(files))
            since = {}
        self._kept("marks since", _encode(since))

    def limits(self) -> dict[str, str]:
        """The limits that files were measured by."""
        return self._said("limits")

    def learn_limits(self, limits: Mapping[str, str]) -> None:
        """Remember by what files were measured."""
        self._kept("limits", _encode(limits))

    def secret(self) -> dict[str, str]:
        """The words that stood in no file."""
        return self._said("secret")

    def public(self) -> set[str]:
        """The sources that were public."""
        data = self._value("public")
        return set(_names(data)) if data else set()

    def learn_words(self, secret: Mapping[str, str], public: Iterable[str]) -> None:
        """Remember what is secret, and what is public."""
        self._kept("secret", _encode(secret))
        self._kept("public", _encode(sorted(public)))

    def parts(self) -> dict[str, str]:
        """The mark that each part of the manifest had."""
        return self._said("parts")

    def learn_parts(self, parts: Mapping[str, str]) -> None:
        """Remember the mark of each part of the manifest; what others told is forgotten."""
        for part in self.parts().keys() - parts.keys():
            self._db.execute("delete from notices where part = ?", (part,))
        self._kept("parts", _encode(parts))

    def learn_notices(self, part: str, notices: Iterable[tuple[str, Mapping[str, str]]]) -> None:
        """Remember the pages that a part of the manifest tells of, with their versions."""
        select = "select file, versions from notices where part = ?"
        before = dict(self._db.execute(select, (part,)).fetchall())
        after = {file: _encode(versions) for file, versions in notices}
        gone = [(file, part) for file in before.keys() - after.keys()]
        self._db.executemany("delete from notices where file = ? and part = ?", gone)
        rows = [(file, part, data) for file, data in after.items() if before.get(file) != data]
        self._db.executemany("insert or replace into notices values (?, ?, ?)", rows)

    def versions(self, file: str) -> dict[str, str] | None:
        """The other versions of a notice, by the file of its page; nothing, if it is of none."""
        select = "select versions from notices where file = ?"
        row = self._db.execute(select, (file,)).fetchone()
        return _pairs(row[0]) if row else None

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

    def learn(self, path: str, facts: Facts) -> Facts:
        """Remember what a file says; gives it without its links, which are numbers from here on."""
        self._recall(path)
        links = array("I", map(self._number, facts.links)).tobytes()
        bare = msgspec.structs.replace(facts, links=())
        row = (path, _encode(bare), links)
        self._db.execute("insert or replace into files values (?, ?, ?)", row)
        return bare

    def _recall(self, path: str) -> None:
        """Have at hand where the links of a file led: most lead there still."""
        row = self._db.execute("select links from files where path = ?", (path,)).fetchone()
        if row:
            numbers = [number for number in array("I", row[0]) if number not in self._targets]
            select = "select * from targets where number in (select value from json_each(?))"
            for number, *target in self._db.execute(select, (json.encode(numbers),)):
                found = self._targets[number] = Target(*target)
                self._numbers[found] = number

    def _number(self, target: Target) -> int:
        number = self._numbers.get(target)
        if number is None:
            row = (target.file, target.fragment)
            insert = "insert or ignore into targets (file, fragment) values (?, ?) returning number"
            select = "select number from targets where file = ? and fragment = ?"
            found = self._db.execute(insert, row).fetchone()
            number = int((found or self._db.execute(select, row).fetchone())[0])
            self._numbers[target], self._targets[number] = number, target
        return number

    def forget(self, paths: Iterable[str]) -> None:
        """Forget files that are gone."""
        self._db.executemany("delete from files where path = ?", [(path,) for path in paths])

    def linking(self, lost: Mapping[str, Set[str] | None]) -> set[str]:
        """The files that link one of these elements of files; of a file with none named, any."""
        numbers = set()
        for file, fragments in lost.items():
            rows = self._db.execute("select number, fragment from targets where file = ?", (file,))
            numbers |= {number for number, its in rows if fragments is None or its in fragments}
        if not numbers:
            return set()
        rows = self._db.execute("select path, links from files where length(links) > 0")
        return {path for path, links in rows if not numbers.isdisjoint(array("I", links))}

    def faulty(self) -> set[str]:
        """The files in which something was wrong."""
        return {row[0] for row in self._db.execute("select path from faulty")}

    def learn_faulty(self, paths: Iterable[str], before: Set[str]) -> None:
        """Remember in which files something is wrong; `before` are those that are remembered."""
        faulty = set(paths)
        if faulty != before:
            self._db.execute("delete from faulty")
            self._db.executemany("insert into faulty values (?)", [(path,) for path in faulty])
