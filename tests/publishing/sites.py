"""Built sites in hand: a few files with their inventory, as an audit finds them."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from msgspec import json
from msgspec.structs import replace

from plugins.building.ledger import Ledger
from plugins.model.inventory import INVENTORY, Inventory, mark_of
from plugins.model.manifest import VERSION, Item, Volume
from plugins.publishing.audit.auditing import audit
from plugins.publishing.audit.brief import Brief, Texts
from plugins.publishing.audit.finding import Finding
from plugins.speaking import speech
from tests.publishing.states import URL, a_state

PAGE = (
    '<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>Thử</title>{head}</head>'
    "<body>{body}</body></html>"
)


def a_page(body: str = "<p>Chữ</p>", head: str = "") -> bytes:
    """A page that parses, as far as `body` does."""
    return PAGE.format(body=body, head=head).encode()


def versions(**addresses: str) -> str:
    """What a page says of itself in each language."""
    return "".join(
        f'<link rel="alternate" hreflang="{language}" href="{URL}{address}">'
        for language, address in addresses.items()
    )


class Site:
    """A folder, what it holds, and what the audit remembers of it."""

    def __init__(self, folder: Path, files: dict[str, bytes], *items: Item) -> None:
        self.folder = folder / "output"
        self.memory = folder / "cache"
        self.files = files
        self.items = items

    def write(self) -> Inventory:
        """Make the folder hold these files and no others, with a manifest of the items."""
        files = {**self.files, **_manifest(self.items)}
        for path, data in files.items():
            file = self.folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        for file in [file for file in self.folder.rglob("*") if file.is_file()]:
            if file.relative_to(self.folder).as_posix() not in files:
                file.unlink()
        inventory = Inventory(b"", {path: mark_of(data) for path, data in files.items()})
        (self.folder / INVENTORY).parent.mkdir(exist_ok=True)
        (self.folder / INVENTORY).write_bytes(inventory.encoded)
        return inventory

    def texts(self, *public: str) -> Texts:
        """What is said in public: these bodies."""
        ledger = Ledger(self.memory)
        ledger.close()
        rows = [(html.encode(), html) for html in public]
        with closing(sqlite3.connect(ledger.path, isolation_level=None)) as db:
            db.executemany("insert into bodies values (?, ?)", rows)
        return Texts(ledger.path, frozenset(key for key, _ in rows))

    def audit(self, language: str = "en", **others: Any) -> list[Finding]:
        """What an audit finds; `others` are of the brief."""
        facts: dict[str, Any] = {
            "url": URL,
            "secret": {},
            "hidden": {},
            "public": frozenset(),
            "texts": self.texts(),
            "page": 500_000,
            "file": 25_000_000,
            "memory": self.memory,
            "workers": 1,
        }
        inventory = self.write()
        return audit(self.folder, inventory, Brief(**facts | others), speech(language))

    def told(self, **others: Any) -> list[tuple[str, str]]:
        """The paths of what is found, each with the rule."""
        return [(finding.path, finding.rule) for finding in self.audit(**others)]


def _manifest(items: tuple[Item, ...]) -> dict[str, bytes]:
    state = a_state(*items)
    volumes = {
        part.address[1:]: json.encode(Volume(VERSION, part.year, some))
        for part, some in state.volumes.items()
    }
    parts = tuple(replace(part, digest=str(hash(part))) for part in state.index.parts)
    return {"archive.json": json.encode(replace(state.index, parts=parts)), **volumes}
