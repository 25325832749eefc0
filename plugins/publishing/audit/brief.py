"""What an audit is told of the site beforehand: where it stands, what it must not say."""

import sqlite3
from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from typing import NamedTuple

from plugins.building.gathering import Gathered
from plugins.building.ledger import FILE
from plugins.building.opening import Workplace
from plugins.publishing.audit.secrets import secret_files, secrets


class Brief(NamedTuple):
    """`url` is the site's address. `secret` are words that stand in no file, `hidden` are files
    that are not there, each with the source that it is of; `public` are the sources that are, and
    `is_said` tells whether words stand in the text of one. `page` and `file` are the most bytes of
    an HTML page and of any other file. `memory` is the folder in which the audit remembers.
    """

    url: str
    secret: Mapping[str, str]
    hidden: Mapping[str, str]
    public: frozenset[str]
    is_said: Callable[[str], bool]
    page: int
    file: int
    memory: Path
    workers: int


def brief_of(place: Workplace, gathered: Gathered) -> Brief:
    """What the content and the settings tell."""
    settings = place.settings
    archive = gathered.archive
    bodies = frozenset(item.body.key for item in archive.by_source.values())
    return Brief(
        url=settings.url,
        secret=secrets(gathered),
        hidden=secret_files(gathered),
        public=frozenset(archive.by_source),
        is_said=lambda words: _stands_in_a_body(settings.cache / FILE, bodies, words),
        page=settings.largest_page,
        file=settings.largest_file,
        memory=settings.cache,
        workers=settings.workers,
    )


def _stands_in_a_body(ledger: Path, public: frozenset[bytes], words: str) -> bool:
    """Whether the text of something public holds these words, and so has published them."""
    db = sqlite3.connect(f"{ledger.as_uri()}?mode=ro", uri=True)
    try:
        rows = db.execute("select key from bodies where instr(html, ?)", (escape(words, False),))
        return any(row[0] in public for row in rows)
    finally:
        db.close()
