"""Search: an index in parts, which a page of each language merges in the reader's browser.

Reads the archive and the bodies. Writes `<language>/search/`, a folder for each part of the index
below it, and `theme/pagefind-<version>/`, which all parts share.
"""

from collections.abc import Iterator

from blinker import signal

from plugins.model.archive import ALL, Archive
from plugins.model.notice import Edition, digest
from plugins.model.output import Order, Output, Press
from plugins.outputs.search import engine, page
from plugins.outputs.search.packs import Pack, divided
from plugins.outputs.search.records import Labels, record_of

Others = tuple[tuple[str, str], ...]
"""Language and address of the other editions of a notice."""


def outputs(archive: Archive) -> Iterator[Output]:
    """What the parts share, the parts, and a page in each language."""
    languages = archive.site.languages
    yield Output(page.RUNTIME, digest(languages), Order.ASSET, render_runtime, (languages,))
    for language in languages:
        labels = _labels(archive, language)
        parts = divided(archive.listings[ALL, ""].shelves[language].years)
        for pack in parts:
            yield _part(archive, language, labels, pack)
        yield from page.outputs(archive, language, parts)


def _labels(archive: Archive, language: str) -> Labels:
    taxonomy = archive.taxonomy
    return Labels(
        {key: term.label[language] for key, term in taxonomy.categories.items()},
        {key: term.label[language] for key, term in taxonomy.tags.items()},
    )


def _part(archive: Archive, language: str, labels: Labels, pack: Pack) -> Output:
    siblings = archive.siblings
    others = [_others(siblings[edition.id], language) for edition in pack.editions]
    categories = {edition.category for edition in pack.editions if edition.category}
    tags = {tag for edition in pack.editions for tag in edition.tags}
    key = digest(
        pack.name,
        b"".join([edition.digest for edition in pack.editions]),
        others,
        [(key, labels.categories[key]) for key in sorted(categories)],
        [(key, labels.tags[key]) for key in sorted(tags)],
    )
    path = f"{language}/search/{pack.name}/"
    arguments = (page.tongue(language, pack), pack.editions, others, labels)
    return Output(path, key, Order.INDEX, render_part, arguments)


def _others(siblings: tuple[Edition, ...], language: str) -> Others:
    return tuple((e.language, e.address) for e in siblings if e.language != language)


def render_runtime(_: Press, languages: tuple[str, ...]) -> dict[str, bytes]:
    """What all parts share."""
    return engine.runtime_of(languages)


def render_part(
    press: Press, tongue: str, editions: tuple[Edition, ...], others: list[Others], labels: Labels
) -> dict[str, bytes]:
    """The index of these editions."""
    return engine.files_of(
        record_of(press, edition, labels, found, tongue)
        for edition, found in zip(editions, others, strict=True)
    )


def register() -> None:
    """Pelican's hook for plugins."""
    signal("archive_outputs").connect(outputs)
