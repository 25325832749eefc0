"""The audit of a folder: only files that changed are read, what the others said is remembered."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from msgspec import msgpack

from plugins.building import digests
from plugins.building.workers import spread
from plugins.model.inventory import Inventory, size_of
from plugins.model.notice import digest
from plugins.publishing.audit.brief import Brief
from plugins.publishing.audit.facts import Facts, Fault, facts_of, is_page, is_text, words_in
from plugins.publishing.audit.finding import Finding
from plugins.publishing.audit.memory import Memory
from plugins.publishing.audit.relations import Surroundings, Versions, faults_between, versions_of
from plugins.publishing.audit.secrets import forms, stands_in
from plugins.publishing.audit.wording import told
from plugins.publishing.diff.published import published
from plugins.publishing.diff.reaching import in_folder
from plugins.speaking import Speech

Found = tuple[str, Fault]
"""A fault, and the path of the file in which it is."""

_pack = msgpack.Encoder().encode
_unpack = msgpack.Decoder(Facts).decode


class Reading(NamedTuple):
    """What those who read files share: the folder, the site's address, and the words that must not
    be there, with their forms: in files that are new to the audit, and in all others.
    """

    folder: Path
    url: str
    secret: Mapping[str, tuple[str, ...]]
    returned: Mapping[str, tuple[str, ...]]


class Heard(NamedTuple):
    """What a file says, packed for its way to the parent process, and the secret words in it.
    Without facts it was read for those words only.
    """

    path: str
    facts: bytes
    words: list[str]
    is_there: bool = True


def audit(folder: Path, inventory: Inventory, brief: Brief, speech: Speech) -> list[Finding]:
    """All that is wrong in a built site, sorted; `inventory` is that of the folder.

    Files that have not changed since the last audit are not read again, besides those in which
    something was wrong. Raises what reading the manifest of the folder raises.
    """
    parsers = [version(name) for name in ("beautifulsoup4", "html5lib")]
    code = digests.of_code("model", "publishing/audit")
    memory = Memory(brief.memory, digest(code, parsers, str(folder.resolve()), brief.url))
    is_done = False
    try:
        found = set(_audited(folder, inventory, brief, memory))
        is_done = True
    finally:
        memory.close(keep=is_done)
    return sorted(told(path, fault, speech) for path, fault in found)


def _audited(folder: Path, inventory: Inventory, brief: Brief, memory: Memory) -> list[Found]:
    files, before = inventory.files, memory.marks()
    public = memory.public()
    changed = {path for path, mark in files.items() if before.get(path) != mark}
    gone = before.keys() - files.keys()
    pages = [path for path in (changed & before.keys()) | gone if is_page(path)]
    old = {path: facts for path in pages if (facts := memory.facts(path))}
    reading = _reading(folder, brief, memory, public)
    found: list[Found] = [*_sizes(files, brief), *_hidden(files, brief)]
    said: dict[str, Facts] = {}
    is_said = cache(brief.is_said)
    full = changed | (memory.faulty() & files.keys())
    for heard in _heard(reading, files, full, brief.workers):
        found += _in_file(heard, brief, is_said)
        if heard.facts:
            facts = said[heard.path] = _unpack(heard.facts)
            said[heard.path] = memory.learn(heard.path, files[heard.path], facts)
            found += [(heard.path, fault) for fault in facts.faults]
    memory.forget(gone)
    found += _between(folder, files, memory, said, old, gone)
    memory.learn_words(brief.secret, set(brief.public), public)
    memory.learn_faulty(path for path, _ in found)
    return found


def _reading(folder: Path, brief: Brief, memory: Memory, public: set[str]) -> Reading:
    """A file that is as it was cannot say what was written since; what was public and is no more,
    it can.
    """
    known = memory.secret()
    secret = {words: forms(words) for words in brief.secret}
    returned = {
        words: secret[words]
        for words, source in brief.secret.items()
        if words not in known and (source in public or (public and not _is_notice(source)))
    }
    return Reading(folder, brief.url, secret, returned)


def _is_notice(source: str) -> bool:
    return source.endswith(".md")


def _heard(
    reading: Reading, files: Mapping[str, str], full: set[str], workers: int
) -> Iterator[Heard]:
    """What the files say that are to be read: those in `full` whole."""
    others = (path for path in files if path not in full and is_text(path))
    work = [(path, True) for path in sorted(full)]
    work += [(path, False) for path in others if reading.returned]
    return spread(partial(_hear, reading), work, workers)


def _hear(reading: Reading, work: tuple[str, bool]) -> Heard:
    path, is_full = work
    try:
        data = (reading.folder / path).read_bytes() if is_text(path) else b""
    except OSError:
        return Heard(path, b"", [], is_there=False)
    text = words_in(path, data)
    secret = reading.secret if is_full else reading.returned
    words = [w for w, its_forms in secret.items() if any(stands_in(text, f) for f in its_forms)]
    facts = _pack(facts_of(path, data, text, reading.url)) if is_full else b""
    return Heard(path, facts, words)


def _in_file(heard: Heard, brief: Brief, is_said: Callable[[str], bool]) -> Iterator[Found]:
    if not heard.is_there:
        yield heard.path, Fault("file-missing", "")
    for words in heard.words:
        if not is_said(words):
            yield heard.path, Fault("word-unpublished", words, brief.secret[words])


def _sizes(files: Mapping[str, str], brief: Brief) -> Iterator[Found]:
    least = min(brief.page, brief.file)
    for path, mark in files.items():
        size = size_of(mark)
        if size > least:
            kind, most = ("page", brief.page) if is_page(path) else ("file", brief.file)
            if size > most:
                yield path, Fault(f"{kind}-too-large", f"{size:,}", f"{most:,}")


def _hidden(files: Mapping[str, str], brief: Brief) -> Iterator[Found]:
    """Files that are not public, and paths that say what is not."""
    for path in files.keys() & brief.hidden.keys():
        yield path, Fault("file-unpublished", brief.hidden[path])
    everything = "\n".join(files) if brief.secret else ""
    for words, source in brief.secret.items():
        if words in everything:
            for path in files:
                if stands_in(path, words) and path not in brief.hidden:
                    yield path, Fault("word-unpublished", words, source)


def _between(
    folder: Path,
    files: Mapping[str, str],
    memory: Memory,
    said: Mapping[str, Facts],
    old: Mapping[str, Facts],
    gone: set[str],
) -> Iterator[Found]:
    """What is wrong between files: of those that were read, and of those that they concern."""
    if not said and not gone:
        return
    site = published(in_folder(folder))
    versions = versions_of(site) if site else _no_versions
    concerned = _concerned(said, old, versions)
    poorer = {path for path, facts in old.items() if _is_poorer(facts, said.get(path))}
    concerned |= memory.linking(poorer | gone)
    known = cache(lambda path: said.get(path) or memory.facts(path))
    around = Surroundings(files.keys(), known, versions)
    for path in sorted((said.keys() | concerned) & files.keys()):
        if facts := known(path):
            faults = faults_between(path, facts, memory.links(path), around)
            yield from ((path, fault) for fault in faults)


def _no_versions(_path: str) -> Versions:
    return {}


def _concerned(
    said: Mapping[str, Facts], old: Mapping[str, Facts], versions: Callable[[str], Versions]
) -> set[str]:
    """The other languages of pages that were read or are gone, as they were and as they are."""
    named = {file for f in (*said.values(), *old.values()) for _, file in f.alternates}
    return named | {file for path in said if is_page(path) for file in versions(path).values()}


def _is_poorer(before: Facts, after: Facts | None) -> bool:
    """Whether a page lacks an element that it had; a redirect has those of another page."""
    if after is None:
        return True
    return after.leads_to != before.leads_to or not set(before.ids) <= set(after.ids)
