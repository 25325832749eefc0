"""The registry of tags and categories: the key is the identity, for ever."""

from collections.abc import Mapping
from unicodedata import normalize

from msgspec import Struct


class Term(Struct, frozen=True):
    """A tag or a category: its label, slug and description in each language."""

    key: str
    label: dict[str, str]
    slug: dict[str, str]
    description: dict[str, str]


class Taxonomy(Struct, frozen=True):
    """All terms, by key."""

    tags: dict[str, Term]
    categories: dict[str, Term]


def names(terms: Mapping[str, Term]) -> dict[str, str]:
    """Every word that names a term (its key, its labels in any language), folded, to its key."""
    found = {fold(label): term.key for term in terms.values() for label in term.label.values()}
    return found | {key: key for key in terms}


def fold(label: str) -> str:
    """A label without the accidents of writing: Unicode form, case, doubled spaces."""
    return " ".join(normalize("NFC", label).casefold().split())
