"""The two registries of a content folder: `site.toml` and `taxonomy.toml`.

Their rules are tables, as those of notices are: a rule's docstring is the rule.
"""

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from plugins.model.problem import Problem, Said, said
from plugins.model.site import Contact
from plugins.model.taxonomy import Taxonomy, Term, fold
from plugins.reading.text import INVISIBLE, conflict_line, text_of
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
    rights: dict[str, str] = {}


class TermEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """A table of `taxonomy.toml`."""

    label: dict[str, str]
    slug: dict[str, str] = {}
    description: dict[str, str] = {}
    former: dict[str, date] = {}


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
    return site, problems + [
        problem for rule in SITE_RULES for problem in rule(site, text, languages)
    ]


def read_taxonomy(content: Path, languages: tuple[str, ...]) -> tuple[Taxonomy, list[Problem]]:
    """The tags and categories, and what is wrong with them."""
    data, text, problems = _toml(content, TAXONOMY)
    taxonomy, faults = _convert(TAXONOMY, data, TaxonomyFile)
    problems = problems or faults
    if taxonomy is None:
        return Taxonomy({}, {}), problems
    for table, entries in (("tags", taxonomy.tags), ("categories", taxonomy.categories)):
        terms = Terms(text, table, entries, languages)
        problems += [problem for rule in TERM_RULES for problem in rule(terms)]
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
            entry.former,
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
                    said("The file is missing from the content folder."),
                    said("Write it; the guide for webmasters shows one."),
                )
            ],
        )
    text, problems = text_of(name, data)
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        if conflict_line(text):
            return {}, text, problems
        told = str(error)
        line = int(match[1]) if (match := re.search(r"at line (\d+)", told)) else 1
        return (
            {},
            text,
            [
                Problem(
                    name,
                    line,
                    "file",
                    said("This is not TOML: {told}.", told=told),
                    said("Mend the line."),
                )
            ],
        )
    return found, text, problems + _invisible(name, text, found)


def _invisible(name: str, text: str, data: Any) -> list[Problem]:
    """Characters that an escape of TOML stands for, and that nobody sees."""
    if isinstance(data, dict):
        return [p for key, value in data.items() for p in _invisible(name, text, [key, value])]
    if isinstance(data, str) and (found := INVISIBLE.intersection(data)):
        code = f"{ord(min(found)):04X}"
        line = _line(text.lower(), f"\\u{code.lower()}")
        message = said("The character U+{code} is invisible, and forbidden in feeds.", code=code)
        return [Problem(name, line, "file", message, said("Delete it."))]
    if isinstance(data, list):
        return [problem for value in data for problem in _invisible(name, text, value)]
    return []


def _convert(name: str, data: dict[str, Any], form: type[T]) -> tuple[T | None, list[Problem]]:
    try:
        return msgspec.convert(data, form), []
    except msgspec.ValidationError as error:
        return None, [
            Problem(
                name, 1, "file", said("{error}.", error=error), said("Write it as the guide shows.")
            )
        ]


def site_has_words_in_each_language(
    site: SiteFile, text: str, languages: tuple[str, ...]
) -> Iterator[Problem]:
    """Name, tagline and publisher stand in every language; so do address and rights, if given."""
    tables = [(f"[{key}]", key, getattr(site, key)) for key in ("name", "tagline", "publisher")]
    if site.contact.address:
        tables.append(("address", "address", site.contact.address))
    if site.rights:
        tables.append(("[rights]", "rights", site.rights))
    for needle, key, words in tables:
        for language in languages:
            if not words.get(language):
                yield Problem(
                    SITE,
                    _line(text, needle),
                    key,
                    said("There is no text for the language “{language}”.", language=language),
                    said('Add “{language} = "…"”.', language=language),
                )


SITE_RULES = (site_has_words_in_each_language,)


class Terms(Struct, frozen=True):
    """A table of the taxonomy under check: `tags` or `categories`, and the text of the file."""

    text: str
    table: str
    entries: dict[str, TermEntry]
    languages: tuple[str, ...]

    def problem(self, key: str, message: Said, remedy: Said) -> Problem:
        """A problem on the line where the term `key` begins."""
        line = _line(self.text, f"[{self.table}.{key}]")
        return Problem(TAXONOMY, line, key, message, remedy)


def term_has_a_key_for_addresses(terms: Terms) -> Iterator[Problem]:
    """A key can be part of an address: a–z, 0–9 and single hyphens."""
    for key in terms.entries:
        if not STEM.fullmatch(key):
            yield terms.problem(
                key,
                said("The key cannot be part of an address."),
                said("Write “{slug}”: a–z, 0–9 and single hyphens.", slug=slugify(key)),
            )


def term_has_slugs_for_addresses(terms: Terms) -> Iterator[Problem]:
    """A slug can be part of an address, as a key can."""
    for key, entry in terms.entries.items():
        for slug in (*entry.slug.values(), *entry.former):
            if not STEM.fullmatch(slug):
                yield terms.problem(
                    key,
                    said("The slug “{slug}” cannot be part of an address.", slug=slug),
                    said("Write “{slug}”: a–z, 0–9 and single hyphens.", slug=slugify(slug)),
                )


def term_has_a_label_in_each_language(terms: Terms) -> Iterator[Problem]:
    """A term has a label in every language: its page, feed and links exist in all of them."""
    for key, entry in terms.entries.items():
        for language in terms.languages:
            if not entry.label.get(language):
                yield terms.problem(
                    key,
                    said("There is no label for the language “{language}”.", language=language),
                    said('Add “{language} = "…"” to its label.', language=language),
                )


def term_has_an_address_of_its_own(terms: Terms) -> Iterator[Problem]:
    """No two tags, and no two categories, have or had the same address in a language."""
    owners: dict[tuple[str, str], str] = {}
    for key, entry in terms.entries.items():
        for language in terms.languages:
            for slug in (entry.slug.get(language, key), *entry.former):
                other = owners.setdefault((language, slug), key)
                if other != key:
                    yield terms.problem(
                        key,
                        said(
                            "It has, or had, the same address as “{other}” in “{language}”.",
                            other=other,
                            language=language,
                        ),
                        said("Give one of them another slug."),
                    )


def term_has_names_of_its_own(terms: Terms) -> Iterator[Problem]:
    """A notice names a term by its key, a label in any language, or a slug that it had: each names
    one term only.
    """
    owners: dict[str, str] = {}
    for key, entry in terms.entries.items():
        for label in sorted({key, *map(fold, entry.label.values()), *entry.former}):
            other = owners.setdefault(label, key)
            if other != key:
                yield terms.problem(
                    key,
                    said("“{label}” names “{other}” already.", label=label, other=other),
                    said("Give one of them another label."),
                )


TERM_RULES = (
    term_has_a_key_for_addresses,
    term_has_slugs_for_addresses,
    term_has_a_label_in_each_language,
    term_has_an_address_of_its_own,
    term_has_names_of_its_own,
)


def _line(text: str, needle: str) -> int:
    return text.count("\n", 0, max(text.find(needle), 0)) + 1
