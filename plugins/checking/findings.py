"""Everything that is wrong with a content folder, and everything that could be better."""

from collections.abc import Callable, Iterator
from posixpath import dirname

from plugins.building.gathering import Material, archive_of, judged
from plugins.building.opening import Workplace, collected
from plugins.building.report import Report
from plugins.building.workers import without_collection
from plugins.checking.advising import Scene, advised
from plugins.model.archive import Archive, public
from plugins.model.problem import Problem
from plugins.reading.library import unlinked
from plugins.reading.whole import waiting_links


def findings(place: Workplace, report: Report) -> list[Problem]:
    """Every fault and every advice, sorted, each once."""
    with without_collection(), collected(place, report) as (material, html):
        return sorted(set(_found(material, place, html)))


def _found(material: Material, place: Workplace, html: Callable[[bytes], str]) -> Iterator[Problem]:
    yield from judged(material, place.content)
    siblings = public(material.notices, place.settings.as_of)
    shown = material.shown(siblings)
    yield from waiting_links(shown, {item.source for item in shown})
    linked, unread = material.linked, _unread(material)
    for problem in unlinked(material.seen.files, linked):
        if not problem.path.startswith(unread):
            yield problem

    def archive() -> Archive:
        return archive_of(material, siblings, place.settings.as_of)

    notices, pages = material.notices, material.pages
    yield from advised(Scene(notices, pages, material.site.languages, archive, html))


def _unread(material: Material) -> tuple[str, ...]:
    """Folders of sources that faults leave unread: what they link is not known."""
    found = set()
    for stem, group in material.seen.groups.items():
        told = material.told[stem]
        read = len(told.notice.editions) if told.notice else len(told.pages)
        if read < len(group.files):
            found.add(f"{dirname(stem)}/")
    return tuple(found)
