"""What an audit is told of the site beforehand: where it stands, what it must not say."""

import sqlite3
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import NamedTuple

from plugins.building.gathering import Gathered
from plugins.building.ledger import FILE
from plugins.building.opening import Workplace
from plugins.publishing.audit.secrets import secret_files, secrets


class Texts(NamedTuple):
    """The texts of what is public: the ledger that has them, and their keys there. Where nothing
    is secret, nobody asks what they hold, and none is named.
    """

    ledger: Path
    keys: frozenset[bytes]

    def hold(self, words: str) -> bool:
        """Whether one of them holds these words, and so has published them."""
        db = sqlite3.connect(f"{self.ledger.as_uri()}?mode=ro", uri=True)
        select = "select key from bodies where instr(html, ?)"
        try:
            return any(row[0] in self.keys for row in db.execute(select, (escape(words, False),)))
        finally:
            db.close()


class Brief(NamedTuple):
    """`url` is the site's address. `secret` are words that stand in no file, `hidden` are files
    that are not there, each with the source that it is of; `public` are the sources that are, and
    `texts` is what they say. `page` and `file` are the most bytes of an HTML page and of any other
    file. `memory` is the folder in which the audit remembers.
    """

    url: str
    secret: Mapping[str, str]
    hidden: Mapping[str, str]
    public: frozenset[str]
    texts: Texts
    page: int
    file: int
    memory: Path
    workers: int


def brief_of(place: Workplace, gathered: Gathered) -> Brief:
    """What the content and the settings tell."""
    settings = place.settings
    archive = gathered.archive
    secret = secrets(gathered)
    asked = archive.by_source.values() if secret else ()
    return Brief(
        url=settings.url,
        secret=secret,
        hidden=secret_files(gathered),
        public=frozenset(archive.by_source),
        texts=Texts(settings.cache / FILE, frozenset(item.body.key for item in asked)),
        page=settings.largest_page,
        file=settings.largest_file,
        memory=settings.cache,
        workers=settings.workers,
    )
