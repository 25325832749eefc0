"""The kinds of page, found in the output of `tests/site`: one table for all that visits pages.

A kind is the form of an address, or a notice of which something is true. The page of a kind that is
visited in a language is the fullest: whatever may go wrong on another is most likely there.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from plugins.model.archive import Archive
from plugins.model.notice import ChangeKind, Edition, EventStatus, Status

LANGUAGES = ("vi", "en")
YEAR = r"\d{4}"
MONTH = rf"{YEAR}/\d\d"

OF_STAGES = {"search": {"search": "LANG/search/"}}
"""Forms of addresses that there are if the pipeline has a stage."""

FORMS = {
    "chooser": "",
    "home": "LANG/",
    "year": f"LANG/{YEAR}/",
    "month": f"LANG/{MONTH}/",
    "bulletins": "LANG/bulletins/",
    "bulletins of a year": f"LANG/bulletins/{YEAR}/",
    "events": "LANG/events/",
    "events of a year": f"LANG/events/{YEAR}/",
    "events of a month": f"LANG/events/{MONTH}/",
    "tag": r"LANG/tag/[^/]+/",
    "tag in a year": rf"LANG/tag/[^/]+/{YEAR}/",
    "category": r"LANG/category/[^/]+/",
    "category in a year": rf"LANG/category/[^/]+/{YEAR}/",
    "all tags": "LANG/tags/",
    "feeds": "LANG/feeds/",
    "maker": "LANG/embed/",
    "frame": r"LANG/embed/(?:[^/]+/)+",
    "not found": r"LANG/404\.html",
    "not found in any language": r"404\.html",
    "notice": f"LANG/{MONTH}/[^/]+/",
    "standing page": r"LANG/[^/]+/",
}
"""The forms of addresses, without the slash at their beginning; the first that matches counts."""

STATES: dict[str, Callable[[Edition, Archive], object]] = {
    "bulletin": lambda edition, _: not edition.event and not edition.document,
    "event": lambda edition, _: edition.event,
    "document": lambda edition, _: edition.document,
    "withdrawn": lambda edition, _: edition.status is Status.WITHDRAWN,
    "cancelled": lambda edition, _: _fate(edition) is EventStatus.CANCELLED,
    "postponed": lambda edition, _: _fate(edition) is EventStatus.POSTPONED,
    "moved online": lambda edition, _: _fate(edition) is EventStatus.MOVED_ONLINE,
    "corrected": lambda edition, _: any(c.kind is ChangeKind.CORRECTION for c in edition.changes),
    "old": lambda edition, archive: archive.is_old(edition),
    "superseded": lambda edition, archive: _number(edition) in _replaced(archive),
    "pictured": lambda edition, _: edition.picture,
    "untranslated": lambda edition, archive: len(archive.siblings[edition.id]) == 1,
}
"""Notices that are shown in a way of their own, by what is true of them."""


class Kind(NamedTuple):
    """A kind of page in a language; a page in no folder of a language counts for the first."""

    name: str
    language: str

    def __str__(self) -> str:
        return f"{self.name}-{self.language}"


def forms(plugins: list[str]) -> dict[str, str]:
    """The forms of addresses that a pipeline has; the particular come first."""
    stages = {name.rpartition(".")[2] for name in plugins}
    return {
        name: form
        for table in (*(OF_STAGES[stage] for stage in OF_STAGES if stage in stages), FORMS)
        for name, form in table.items()
    }


def expected(plugins: list[str]) -> list[Kind]:
    """Every kind that the site must have."""
    table = forms(plugins)
    others = [name for name in (*table, *STATES) if "LANG" in table.get(name, "LANG")]
    return [*in_one_language(plugins), *(Kind(name, of) for name in others for of in LANGUAGES[1:])]


def in_one_language(plugins: list[str]) -> list[Kind]:
    """Every kind in the first language, for what no language makes different."""
    return [Kind(name, LANGUAGES[0]) for name in (*forms(plugins), *STATES)]


def kind_of(address: str, table: dict[str, str]) -> Kind | None:
    """The kind of a page by its address, which begins with a slash; nothing if it has none."""
    for name, form in table.items():
        if re.fullmatch("/" + form.replace("LANG", "(?:vi|en)"), address):
            folder = address.split("/")[1]
            return Kind(name, folder if folder in LANGUAGES else LANGUAGES[0])
    return None


def addresses(folder: Path) -> dict[str, Path]:
    """The pages of an output folder by their addresses, those aside that send their reader on."""
    files = sorted(folder.rglob("*.html"))
    return {
        f"/{file.relative_to(folder).as_posix().removesuffix('index.html')}": file
        for file in files
        if b'http-equiv="refresh"' not in file.read_bytes()
    }


def found(folder: Path, archive: Archive, plugins: list[str]) -> dict[Kind, str]:
    """The address of the fullest page of each kind that there is."""
    table = forms(plugins)
    sizes = {address: file.stat().st_size for address, file in addresses(folder).items()}
    of_kind: dict[Kind, list[str]] = {}
    for address in sizes:
        if kind := kind_of(address, table):
            of_kind.setdefault(kind, []).append(address)
    for edition in (e for language in LANGUAGES for e in archive.editions(language)):
        for name, is_true in STATES.items():
            if is_true(edition, archive):
                of_kind.setdefault(Kind(name, edition.language), []).append(edition.address)
    return {kind: max(of, key=lambda a: (sizes[a], a)) for kind, of in of_kind.items()}


def _number(edition: Edition) -> str | None:
    return edition.document.number if edition.document else None


def _replaced(archive: Archive) -> set[str]:
    return {
        number
        for editions in archive.siblings.values()
        for edition in editions
        if edition.document
        for number in edition.document.replaces
    }


def _fate(edition: Edition) -> EventStatus | None:
    return edition.event.status if edition.event else None
