"""The registry of tags and categories: the key is the identity, for ever."""

from collections.abc import Mapping
from datetime import date
from unicodedata import normalize

from msgspec import Struct


class Term(Struct, frozen=True):
    """A tag or a category: its label, slug and description in each language.

    `former` are slugs that it had, in any language, each with the day on which it lost it.
    """

    key: str
    label: dict[str, str]
    slug: dict[str, str]
    description: dict[str, str]
    former: dict[str, date] = {}

    def formerly(self, language: str) -> list[tuple[str, date]]:
        """The slugs that were its own in a language, and the day on which each was given up."""
        return [(slug, day) for slug, day in self.former.items() if slug != self.slug[language]]


class Taxonomy(Struct, frozen=True):
    """All terms, by key."""

    tags: dict[str, Term]
    categories: dict[str, Term]


def names(terms: Mapping[str, Term]) -> dict[str, str]:
    """Every word that names a term (its key, its labels in any language, the slugs that it had),
    folded, to its key.
    """
    found = {slug: term.key for term in terms.values() for slug in term.former}
    found |= {fold(label): term.key for term in terms.values() for label in term.label.values()}
    return found | {key: key for key in terms}


def fold(label: str) -> str:
    """A label without the accidents of writing: Unicode form, case, doubled spaces."""
    return " ".join(normalize("NFC", label).casefold().split())
