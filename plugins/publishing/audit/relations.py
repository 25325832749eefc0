"""What is wrong between files: links and anchors that are dead, languages that do not return."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from functools import cache

from msgspec import Struct

from plugins.model.manifest import Index, Item
from plugins.model.output import file_of
from plugins.publishing.audit.facts import Facts, Fault, Target, address_of

Versions = Mapping[str, str]
"""The files of a page by language, as `hreflang` names it."""

Notice = Callable[[str], Versions | None]
"""Gives the other versions of a notice by the file of its page; nothing, if it is of none."""

_HTML_ITSELF = frozenset({"", "top"})
"""Fragments that lead to the top of any page (HTML standard, 7.4.6.4)."""


class Surroundings(Struct, frozen=True):
    """All files of the site; what each page said, by its file; the versions that a page must name,
    by its file; what is wrong with a link.
    """

    files: Set[str]
    said: Callable[[str], Facts | None]
    versions: Callable[[str], Versions]
    dead: Callable[[Target], Fault | None]


def surroundings(
    files: Set[str],
    said: Callable[[str], Facts | None],
    versions: Callable[[str], Versions],
) -> Surroundings:
    """The same, with the links that are dead."""
    return Surroundings(files, said, versions, cache(lambda target: _dead(target, files, said)))


def faults_between(
    path: str, facts: Facts, links: Iterator[Target], around: Surroundings
) -> Iterator[Fault]:
    """What is wrong with a file, seen from others."""
    for target in links:
        if fault := around.dead(target):
            yield fault
    if facts.is_indexed:
        yield from _missing(path, facts, around)
    yield from _unreturned(path, facts, around)


def _dead(target: Target, files: Set[str], said: Callable[[str], Facts | None]) -> Fault | None:
    file = _served(target.file, files)
    if file is None:
        return Fault("link-dead", address_of(target.file))
    if target.fragment in _HTML_ITSELF or not file.endswith(".html"):
        return None
    if _has(target.fragment, said(file), said):
        return None
    return Fault("anchor-dead", f"{address_of(file)}#{target.fragment}")


def _served(file: str, files: Set[str]) -> str | None:
    """The file that a host serves where `file` was asked for: hosts lead from a folder's name to
    its index.
    """
    return next((one for one in (file, f"{file}/index.html") if one in files), None)


def _has(fragment: str, facts: Facts | None, said: Callable[[str], Facts | None]) -> bool:
    """Whether a page has an element of this id, or the page to which it leads."""
    if facts and facts.leads_to:
        facts = said(facts.leads_to)
    return facts is not None and fragment in facts.ids


def _missing(path: str, facts: Facts, around: Surroundings) -> Iterator[Fault]:
    """Versions in other languages that the page should name."""
    named = {file for _, file in facts.alternates}
    for language, file in around.versions(path).items():
        if file != path and file not in named:
            yield Fault("alternate-missing", address_of(file), language)


def _unreturned(path: str, facts: Facts, around: Surroundings) -> Iterator[Fault]:
    """Versions that the page names, and that do not name it."""
    for language, file in facts.alternates:
        other = around.said(file)
        if language == "x-default" or file == path or other is None:
            continue  # what is not there is a dead link
        if path not in {back for _, back in other.alternates}:
            yield Fault("alternate-unreturned", address_of(file), language)


def versions_of(index: Index, notice: Notice, files: Set[str]) -> Callable[[str], Versions]:
    """The versions that each page must name: those of a notice or a standing page, as the manifest
    knows them; of what lists, those of the listing that it is of, as far as they are there.
    """
    by_id: dict[str, dict[str, str]] = {}
    for page in index.pages:
        by_id.setdefault(page.id, {})[page.language] = file_of(page.address)
    standing = {file: versions for versions in by_id.values() for file in versions.values()}
    tops: dict[str, dict[str, str]] = {}
    for addresses in _listings(index):
        folders = {language: at[1:] for language, at in addresses.items()}
        tops.update((folder, folders) for folder in folders.values())

    def versions(path: str) -> Versions:
        others = notice(path)
        if others is not None:
            return others
        if path in standing:
            return standing[path]
        folder = path.rpartition("/")[0] + "/"
        while folder and folder not in tops:
            folder = folder[: folder.rfind("/", 0, -1) + 1]
        found = {tag: top + path[len(folder) :] for tag, top in tops.get(folder, {}).items()}
        return {tag: file for tag, file in found.items() if file in files and notice(file) is None}

    return versions


def notices_of(items: Iterable[Item]) -> Iterator[tuple[str, Versions]]:
    """The file of each edition's page, with its other versions."""
    for item in items:
        versions = {tag: file_of(at) for tag, at in item.translations.items()}
        yield file_of(item.address), versions


def _listings(index: Index) -> Iterator[dict[str, str]]:
    yield {language.key: language.address for language in index.languages}
    for shelf in index.listings:
        yield shelf.addresses
