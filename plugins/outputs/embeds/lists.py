"""Listings as partners name them: by address of their frame, by title."""

from plugins.model.output import Press
from plugins.model.taxonomy import Term
from plugins.outputs.views.wording import listing_label

LATEST = "latest"
"""What the list of all notices is called where an address needs a name."""


def address(name: str, term: Term | None, language: str) -> str:
    """Where the frame of a listing is."""
    path = f"{name}/{term.slug[language]}" if term else name or LATEST
    return f"/{language}/embed/{path}/"


def addresses(name: str, term: Term | None, language: str) -> list[str]:
    """Where its frame is, and goes on to be under slugs that the listing has no more."""
    former = term.formerly(language) if term else []
    here = address(name, term, language)
    return [here, *(f"/{language}/embed/{name}/{slug}/" for slug, _ in former)]


def title(press: Press, name: str, term: Term | None, language: str) -> str:
    """What a listing is called elsewhere."""
    label = listing_label(name, term, language, press.words(language))
    return f"{label} – {press.site.name[language]}"
