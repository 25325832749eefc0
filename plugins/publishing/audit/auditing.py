"""The audit of a folder: only files that changed are read, what the others said is remembered."""

from collections.abc import Callable, Iterator, Mapping, Set
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from msgspec import msgpack

from plugins.building import digests
from plugins.building.workers import spread, with_collection
from plugins.model.inventory import Inventory, size_of
from plugins.model.notice import digest
from plugins.publishing.audit.brief import Brief
from plugins.publishing.audit.facts import Facts, Fault, facts_of, is_page, is_text, words_in
from plugins.publishing.audit.finding import Finding
from plugins.publishing.audit.memory import Memory
from plugins.publishing.audit.relations import (
    Versions,
    faults_between,
    notices_of,
    surroundings,
    versions_of,
)
from plugins.publishing.audit.secrets import forms, stands_in
from plugins.publishing.audit.wording import told
from plugins.publishing.diff.published import index_of, volume_of
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


def make_ready() -> None:
    """Load the parsers, which takes longer than an audit of a few files."""
    import plugins.publishing.audit.parsing  # noqa: F401


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
        with with_collection():
            found = set(_audited(folder, inventory, brief, memory))
        is_done = True
    finally:
        memory.close(keep=is_done)
    return sorted(told(path, fault, speech) for path, fault in found)


def _audited(folder: Path, inventory: Inventory, brief: Brief, memory: Memory) -> list[Found]:
    files, before, faulty = inventory.files, memory.marks(), memory.faulty()
    changed = {path for path, mark in files.items() if before.get(path) != mark}
    gone = before.keys() - files.keys()
    pages = [path for path in (changed & before.keys()) | gone if is_page(path)]
    old = {path: facts for path in pages if (facts := memory.facts(path))}
    full = changed | (faulty & files.keys())
    found: list[Found] = [
        *_sizes(files, full, brief, memory),
        *_hidden(files, full, brief, memory),
    ]
    said: dict[str, Facts] = {}
    is_said = cache(brief.texts.hold)
    for heard in _heard(_reading(folder, brief, memory), files, full, brief.workers):
        found += _in_file(heard, brief, is_said)
        if heard.facts:
            facts = said[heard.path] = memory.learn(heard.path, _unpack(heard.facts))
            found += [(heard.path, fault) for fault in facts.faults]
    memory.forget(gone)
    found += _between(folder, files, memory, said, old, gone)
    if changed or gone:
        memory.learn_marks(files, changed, gone)
    memory.learn_words(brief.secret, brief.public)
    memory.learn_faulty((path for path, _ in found), faulty)
    return found


def _reading(folder: Path, brief: Brief, memory: Memory) -> Reading:
    """A file that is as it was cannot say what was written since; what was public and is no more,
    it can.
    """
    secret = {words: forms(words) for words in brief.secret}
    new = secret.keys() - memory.secret().keys()
    public = memory.public() if new else set()
    returned = {
        words: secret[words]
        for words, source in brief.secret.items()
        if words in new and (source in public or (public and not _is_notice(source)))
    }
    return Reading(folder, brief.url, secret, returned)


def _is_notice(source: str) -> bool:
    return source.endswith(".md")


def _heard(
    reading: Reading, files: Mapping[str, str], full: set[str], workers: int
) -> Iterator[Heard]:
    """What the files say that are to be read: those in `full` whole."""
    work = [(path, True) for path in sorted(full)]
    if reading.returned:
        work += [(path, False) for path in files if path not in full and is_text(path)]
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


def _sizes(
    files: Mapping[str, str], full: Set[str], brief: Brief, memory: Memory
) -> Iterator[Found]:
    """Files that are too large: of those that are read, if the others were measured by the same."""
    limits = {"page": str(brief.page), "file": str(brief.file)}
    measured = full if memory.limits() == limits else files.keys()
    memory.learn_limits(limits)
    for path in measured:
        kind, most = ("page", brief.page) if is_page(path) else ("file", brief.file)
        size = size_of(files[path])
        if size > most:
            yield path, Fault(f"{kind}-too-large", f"{size:,}", f"{most:,}")


def _hidden(
    files: Mapping[str, str], full: Set[str], brief: Brief, memory: Memory
) -> Iterator[Found]:
    """Files that are not public, and paths that say what is not: of those that are read, if the
    words are known.
    """
    for path in files.keys() & brief.hidden.keys():
        yield path, Fault("file-unpublished", brief.hidden[path])
    known = memory.secret()
    everything = "\n".join(files) if brief.secret.keys() - known.keys() else ""
    read = "\n".join(full)
    for words, source in brief.secret.items():
        paths, text = (full, read) if words in known else (files.keys(), everything)
        if words in text:
            for path in paths:
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
    versions = _versions(folder, files, memory)
    concerned = _concerned(said, old, versions) | memory.linking(_lost(said, old, gone))
    known = cache(lambda path: said.get(path) or memory.facts(path))
    around = surroundings(files.keys(), known, versions)
    for path in sorted((said.keys() | concerned) & files.keys()):
        if facts := known(path):
            faults = faults_between(path, facts, memory.links(path), around)
            yield from ((path, fault) for fault in faults)


def _versions(folder: Path, files: Mapping[str, str], memory: Memory) -> Callable[[str], Versions]:
    """What the manifest tells of versions; its parts are read that are not as they were."""
    read = in_folder(folder)
    index = index_of(read)
    if index is None:
        return _no_versions
    marks = {part.address[1:]: files.get(part.address[1:], "") for part in index.parts}
    before = memory.parts()
    for part in index.parts:
        path = part.address[1:]
        if not marks[path] or before.get(path) != marks[path]:
            memory.learn_notices(path, notices_of(volume_of(read, part)))
    memory.learn_parts(marks)
    return versions_of(index, cache(memory.versions), files.keys())


def _no_versions(_path: str) -> Versions:
    return {}


def _concerned(
    said: Mapping[str, Facts], old: Mapping[str, Facts], versions: Callable[[str], Versions]
) -> set[str]:
    """The other languages of pages that were read or are gone, as they were and as they are."""
    named = {file for f in (*said.values(), *old.values()) for _, file in f.alternates}
    return named | {file for path in said if is_page(path) for file in versions(path).values()}


def _lost(
    said: Mapping[str, Facts], old: Mapping[str, Facts], gone: Set[str]
) -> dict[str, Set[str] | None]:
    """The elements that pages had and have no more; of files that are gone, or lead elsewhere, any:
    a redirect has those of another page.
    """
    found: dict[str, Set[str] | None] = dict.fromkeys(gone)
    for path, before in old.items():
        after = said.get(path)
        if after is None or after.leads_to != before.leads_to:
            found[path] = None
        elif ids := set(before.ids).difference(after.ids):
            found[path] = ids
    return found
