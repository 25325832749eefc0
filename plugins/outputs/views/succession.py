"""Which document of the archive replaces which: numbers in `Replaces` are looked up in `Number`."""

from datetime import date
from typing import NamedTuple

from plugins.model.archive import Archive
from plugins.model.notice import Edition, Status


class Successor(NamedTuple):
    """The notice of a document that replaces another, and the day on which it takes effect."""

    title: str
    address: str
    language: str
    effective: date | None


class Predecessor(NamedTuple):
    """A document that is replaced; without an address it is not in the archive."""

    number: str
    address: str = ""
    language: str = ""


class Succession:
    """The documents of an archive by their numbers, and by the numbers that they replace.

    If several public notices bear a number or replace it, the newest counts. One that is withdrawn
    replaces nothing.
    """

    def __init__(self, archive: Archive) -> None:
        self._siblings = archive.siblings
        self._numbered: dict[str, Edition] = {}
        self._replacing: dict[str, Edition] = {}
        for original, *_ in archive.siblings.values():
            if document := original.document:
                if document.number:
                    _keep_newest(self._numbered, document.number, original)
                for number in document.replaces if original.status is not Status.WITHDRAWN else ():
                    _keep_newest(self._replacing, number, original)

    def after(self, edition: Edition) -> Successor | None:
        """What replaces the document of an edition, in its language if it is there."""
        number = edition.document.number if edition.document else ""
        found = self._replacing.get(_folded(number)) if number else None
        if found is None or found.id == edition.id:
            return None
        version = self._version(found, edition.language)
        effective = version.document.effective if version.document else None
        return Successor(version.title, version.address, version.language, effective)

    def before(self, edition: Edition) -> tuple[Predecessor, ...]:
        """What the document of an edition replaces."""
        numbers = edition.document.replaces if edition.document else ()
        return tuple(self._predecessor(edition, number) for number in numbers)

    def _predecessor(self, edition: Edition, number: str) -> Predecessor:
        found = self._numbered.get(_folded(number))
        if found is None or found.id == edition.id:
            return Predecessor(number)
        version = self._version(found, edition.language)
        return Predecessor(number, version.address, version.language)

    def _version(self, original: Edition, language: str) -> Edition:
        versions = self._siblings[original.id]
        return next((one for one in versions if one.language == language), original)


def _keep_newest(table: dict[str, Edition], number: str, edition: Edition) -> None:
    kept = table.setdefault(_folded(number), edition)
    if (edition.date, edition.id) > (kept.date, kept.id):
        table[_folded(number)] = edition


def _folded(number: str) -> str:
    """A number without spaces, in one case: `12 /2008/tt-btttt` is `12/2008/TT-BTTTT`."""
    return "".join(number.casefold().split())
