"""What no file of the site may say: the words of what is not public (law 5).

Secret are, of an edition that is a draft or dated later than now, its title, its summary, how its
text begins, its slug, the path of its notice and the names of its files, though it be withdrawn by
then; of changes that are dated later, their
text; of terms that nothing public has, their labels. A word of common use would be found
everywhere, so only what is distinctive is looked for: a phrase of three words and 12 letters or
more, a slug of as much, a path. And nothing is that stands in the title, the summary or the address
of something public, or in its text: those words are out, by whoever wrote them there.
"""

import re
from collections.abc import Iterator
from html import escape
from json import dumps
from urllib.parse import quote

from plugins.building.gathering import Gathered
from plugins.model.archive import CATEGORY, TAG, Archive
from plugins.model.notice import Edition
from plugins.outputs.search.spelling import indexed

WORDS = 3
LETTERS = 12
"""What a phrase has at least, to be distinctive."""


def secrets(gathered: Gathered) -> dict[str, str]:
    """What must not be said, with the source that it is of."""
    found: dict[str, str] = {}
    for phrase, source in (*_of_notices(gathered), *_of_terms(gathered)):
        if is_distinctive(phrase):
            found.setdefault(phrase, source)
    said = "\n".join(_public(gathered.archive)) if found else ""
    return {phrase: found[phrase] for phrase in sorted(found) if not stands_in(said, phrase)}


def stands_in(text: str, phrase: str) -> bool:
    """Whether a text holds a phrase, and not as a part of a longer word."""
    return phrase in text and bool(re.search(rf"(?<![\w-]){re.escape(phrase)}(?![\w-])", text))


def forms(phrase: str) -> tuple[str, ...]:
    """A phrase as it may stand in files: as it is; in HTML, and in a feed that holds HTML; in JSON;
    in a calendar (RFC 5545, 3.3.11); in an address; in the search index.
    """
    in_html = escape(phrase)
    found = [phrase, in_html, escape(in_html), dumps(phrase, ensure_ascii=False)[1:-1]]
    found += [re.sub(r"([\\;,])", r"\\\1", phrase), quote(phrase), indexed(phrase)]
    return tuple(dict.fromkeys(found))


def is_distinctive(phrase: str) -> bool:
    """Whether a phrase, a slug or a path would stand by chance in nothing else."""
    words = phrase.replace("/", " ").replace("-", " ").split()
    return len(words) >= WORDS and sum(map(str.isalnum, phrase)) >= LETTERS


def secret_files(gathered: Gathered) -> dict[str, str]:
    """The files that only what is not public links, with the source that does."""
    shown = gathered.archive.attachments
    return {
        path: edition.source
        for edition in _withheld(gathered)
        for path in (*edition.body.links, edition.picture.path if edition.picture else "")
        if path and path not in shown and not path.endswith(".md")
    }


def _withheld(gathered: Gathered) -> list[Edition]:
    public = gathered.archive.by_source
    return [e for notice in gathered.notices for e in notice.editions if e.source not in public]


def _of_notices(gathered: Gathered) -> Iterator[tuple[str, str]]:
    public = gathered.archive.by_source
    for edition in _withheld(gathered):
        slug = edition.address.strip("/").rpartition("/")[2]
        texts = edition.title, edition.summary, edition.body.excerpt, edition.id, slug
        yield from ((phrase, edition.source) for phrase in texts)
    for edition in [e for notice in gathered.notices for e in notice.editions if e.changes]:
        shown = public.get(edition.source)
        known = {c.text for c in shown.changes} if isinstance(shown, Edition) else set()
        yield from ((c.text, edition.source) for c in edition.changes if c.text not in known)


def _of_terms(gathered: Gathered) -> Iterator[tuple[str, str]]:
    archive = gathered.archive
    for name, terms in ((TAG, archive.taxonomy.tags), (CATEGORY, archive.taxonomy.categories)):
        for key, term in terms.items():
            if (name, key) not in archive.listings:
                yield from ((phrase, "taxonomy.toml") for phrase in (key, *term.label.values()))


def _public(archive: Archive) -> Iterator[str]:
    """The words of what is public, as far as the model has them."""
    for item in archive.by_source.values():
        yield from (item.title, item.summary, item.body.excerpt, item.address, item.id)
        if isinstance(item, Edition):
            yield from (*item.aliases, *(change.text for change in item.changes))
    yield from archive.attachments
    for listing in archive.listings.values():
        yield from listing.addresses.values()
        yield from listing.term.label.values() if listing.term else ()
