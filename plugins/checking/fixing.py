"""Repairs the sources of a content folder, and says what was done: file by file, line by line."""

from collections.abc import Iterator

from plugins.building.opening import Workplace
from plugins.checking.choosing import Chosen
from plugins.checking.repairs import BYTES, REPAIRS, Done, Known, Repair, repaired
from plugins.model.taxonomy import names
from plugins.reading.library import PAGES, survey
from plugins.reading.registry import SITE, TAXONOMY, read_taxonomy
from plugins.reading.text import INVISIBLE, MAX_BYTES, conflict_line
from plugins.reading.values import KEYS, PAGE_KEYS
from plugins.speaking import Speech
from plugins.writing.saving import Obstructed, Plan, save


def fix(place: Workplace, among: Chosen, words: Speech) -> Iterator[str]:
    """Repair what is chosen; gives a line for each thing that was done. Each file is the old or the
    new one at any time; one that somebody else changes meanwhile is left to them.
    """
    content, languages = place.content, place.settings.languages
    for name in (SITE, TAXONOMY):
        if among.has(name):
            yield from _fix_one(place, name, Known((), {}), BYTES, words)
    taxonomy, _ = read_taxonomy(content, languages)
    terms = {"Tags": names(taxonomy.tags), "Category": names(taxonomy.categories)}
    notice, page = Known(tuple(KEYS), terms), Known(PAGE_KEYS, terms)
    groups = survey(content, languages, place.settings.ignored).groups.values()
    for path in sorted(path for group in groups for path, _ in group.files):
        if among.has(path):
            known = page if path.startswith(f"{PAGES}/") else notice
            yield from _fix_one(place, path, known, REPAIRS, words)


def _fix_one(
    place: Workplace, path: str, known: Known, repairs: tuple[Repair, ...], words: Speech
) -> Iterator[str]:
    file = place.content / path
    try:
        if file.is_symlink() or file.stat().st_size > MAX_BYTES:
            return
        data = file.read_bytes()
        text = data.decode()
    except (OSError, ValueError):  # the check that follows says what is wrong with it
        return
    if conflict_line(text) or INVISIBLE.intersection(text.replace("\r", "")):
        return
    mended, done = repaired(text, known, repairs)
    if mended == text:
        return
    try:
        save(place.content, Plan(edits={path: mended}), {path: data})
    except (Obstructed, OSError) as error:
        yield words.text("{path} was not mended: {error}.", path=path, error=error)
        return
    yield from (_told(path, one, words) for one in done)


def _told(path: str, done: Done, words: Speech) -> str:
    told = words.say(done.what)
    return words.text("mended: {path}:{line}: {told}", path=path, line=done.line, told=told)
