"""The two registries of a content folder: `site.toml` and `taxonomy.toml`."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from plugins.model.problem import Problem
from plugins.model.site import Contact
from plugins.model.taxonomy import Taxonomy, Term, fold
from plugins.reading.text import text_of
from plugins.reading.values import STEM, slugify

T = TypeVar("T")

SITE, TAXONOMY = "site.toml", "taxonomy.toml"


class SiteFile(Struct, frozen=True, forbid_unknown_fields=True):
    """What `site.toml` holds; words by language."""

    name: dict[str, str]
    tagline: dict[str, str]
    publisher: dict[str, str]
    contact: Contact = Contact()
    menu: tuple[str, ...] = ()


class TermEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """A table of `taxonomy.toml`."""

    label: dict[str, str]
    slug: dict[str, str] = {}
    description: dict[str, str] = {}


class TaxonomyFile(Struct, frozen=True, forbid_unknown_fields=True):
    """What `taxonomy.toml` holds."""

    tags: dict[str, TermEntry] = {}
    categories: dict[str, TermEntry] = {}


def read_site(content: Path, languages: tuple[str, ...]) -> tuple[SiteFile, list[Problem]]:
    """The site's words, and what is wrong with them."""
    data, text, problems = _toml(content, SITE)
    site, faults = _convert(SITE, data, SiteFile)
    problems = problems or faults
    if site is None:
        return SiteFile({}, {}, {}), problems
    for key in ("name", "tagline", "publisher"):
        problems += _lacking(SITE, text, f"[{key}]", key, getattr(site, key), languages)
    if site.contact.address:
        problems += _lacking(SITE, text, "address", "address", site.contact.address, languages)
    return site, problems


def read_taxonomy(content: Path, languages: tuple[str, ...]) -> tuple[Taxonomy, list[Problem]]:
    """The tags and categories, and what is wrong with them."""
    data, text, problems = _toml(content, TAXONOMY)
    taxonomy, faults = _convert(TAXONOMY, data, TaxonomyFile)
    problems = problems or faults
    if taxonomy is None:
        return Taxonomy({}, {}), problems
    for table, entries in (("tags", taxonomy.tags), ("categories", taxonomy.categories)):
        problems += _faults_of_terms(text, table, entries, languages)
    return (
        Taxonomy(_terms(taxonomy.tags, languages), _terms(taxonomy.categories, languages)),
        problems,
    )


def _terms(entries: dict[str, TermEntry], languages: tuple[str, ...]) -> dict[str, Term]:
    return {
        key: Term(
            key,
            {language: entry.label.get(language, key) for language in languages},
            {language: entry.slug.get(language, key) for language in languages},
            {language: entry.description.get(language, "") for language in languages},
        )
        for key, entry in entries.items()
    }


def _toml(content: Path, name: str) -> tuple[dict[str, Any], str, list[Problem]]:
    try:
        data = (content / name).read_bytes()
    except OSError:
        return (
            {},
            "",
            [
                Problem(
                    name,
                    1,
                    "file",
                    "The file is missing from the content folder.",
                    "Write it; the guide for webmasters shows one.",
                )
            ],
        )
    text, problems = text_of(name, data)
    try:
        return tomllib.loads(text), text, problems
    except tomllib.TOMLDecodeError as error:
        found = str(error)
        line = int(match[1]) if (match := re.search(r"at line (\d+)", found)) else 1
        return (
            {},
            text,
            [Problem(name, line, "file", f"This is not TOML: {found}.", "Mend the line.")],
        )


def _convert(name: str, data: dict[str, Any], form: type[T]) -> tuple[T | None, list[Problem]]:
    try:
        return msgspec.convert(data, form), []
    except msgspec.ValidationError as error:
        return None, [Problem(name, 1, "file", f"{error}.", "Write it as the guide shows.")]


def _lacking(
    name: str, text: str, needle: str, key: str, words: dict[str, str], languages: tuple[str, ...]
) -> Iterator[Problem]:
    for language in languages:
        if not words.get(language):
            yield Problem(
                name,
                _line(text, needle),
                key,
                f"There is no text for the language “{language}”.",
                f'Add “{language} = "…"”.',
            )


def _faults_of_terms(
    text: str, table: str, entries: dict[str, TermEntry], languages: tuple[str, ...]
) -> Iterator[Problem]:
    labels: dict[str, str] = {}
    slugs: dict[tuple[str, str], str] = {}
    for key, entry in entries.items():
        line = _line(text, f"[{table}.{key}]")
        if not STEM.fullmatch(key):
            yield Problem(
                TAXONOMY,
                line,
                key,
                "The key cannot be part of an address.",
                f"Write “{slugify(key)}”: a–z, 0–9 and single hyphens.",
            )
        for slug in entry.slug.values():
            if not STEM.fullmatch(slug):
                yield Problem(
                    TAXONOMY,
                    line,
                    key,
                    f"The slug “{slug}” cannot be part of an address.",
                    f"Write “{slugify(slug)}”: a–z, 0–9 and single hyphens.",
                )
        for language in languages:
            if not entry.label.get(language):
                yield Problem(
                    TAXONOMY,
                    line,
                    key,
                    f"There is no label for the language “{language}”.",
                    f'Add “{language} = "…"” to its label.',
                )
            other = slugs.setdefault((language, entry.slug.get(language, key)), key)
            if other != key:
                yield Problem(
                    TAXONOMY,
                    line,
                    key,
                    f"It has the same address as “{other}” in “{language}”.",
                    "Give one of them another slug.",
                )
        for label in {key, *map(fold, entry.label.values())}:
            other = labels.setdefault(label, key)
            if other != key:
                yield Problem(
                    TAXONOMY,
                    line,
                    key,
                    f"“{label}” names “{other}” already.",
                    "Give one of them another label.",
                )


def _line(text: str, needle: str) -> int:
    return text.count("\n", 0, max(text.find(needle), 0)) + 1
