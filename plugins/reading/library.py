"""The content folder: which files it holds, which belong together, and what they say.

`survey` looks at names and times only; `read` reads the files of one stem, and takes from what was
read before whatever has the same bytes.
"""

import os
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from posixpath import basename
from time import time_ns
from typing import Any
from unicodedata import normalize

from msgspec import Struct

from plugins.model.notice import Body, Notice, Page
from plugins.model.problem import Level, Problem, said
from plugins.reading.body import Rendered, Renderer
from plugins.reading.editions import Registry, Source, notice_of, page_of
from plugins.reading.header import nearest, split
from plugins.reading.registry import SITE, TAXONOMY
from plugins.reading.text import MAX_BYTES, conflict_line, text_of, too_large
from plugins.reading.values import KEYS, NOTICE_ID, PAGE_KEYS, STEM, slugify
from plugins.reading.wording import digest_of_words

PAGES = "pages"
REGISTRIES = (SITE, TAXONOMY)
RESERVED = {"tag", "tags", "category", "bulletins", "events", "feeds", "search", "embed", "archive"}
"""Names below a language that a standing page cannot have."""


class Stamp(Struct, frozen=True, array_like=True):
    """What the file system says of a file without reading it; two alike mean the same bytes."""

    mtime: int
    ctime: int
    size: int
    inode: int


class Group(Struct, frozen=True, array_like=True):
    """The sources of one stem: paths relative to the content folder, each with its stamp."""

    stem: str
    files: tuple[tuple[str, Stamp], ...]


class Survey(Struct, frozen=True):
    """What a content folder holds: groups of sources, and all other files by their NFC path.

    `changing` are the files whose stamp cannot be trusted yet, because they were written so
    shortly ago that another write would leave it the same.
    """

    groups: dict[str, Group]
    files: dict[str, tuple[str, Stamp]]
    problems: tuple[Problem, ...]
    changing: frozenset[str]


class Told(Struct, frozen=True, array_like=True):
    """What the files of one stem say together."""

    notice: Notice | None
    pages: tuple[Page, ...]
    problems: tuple[Problem, ...]


class Read(Struct, frozen=True, array_like=True):
    """A stem that was read: its sources, what they tell, the bodies rendered anew."""

    group: Group
    sources: tuple[Source, ...]
    told: Told
    bodies: tuple[Rendered, ...]


def survey(content: Path, languages: Sequence[str], ignored: Any) -> Survey:
    """Look through the content folder. `ignored(name)` tells names that are nobody's content."""
    groups: dict[str, list[tuple[str, Stamp]]] = {}
    files: dict[str, tuple[str, Stamp]] = {}
    problems: list[Problem] = []
    changing: set[str] = set()
    now = time_ns()
    folders = [""]
    while folders:
        folder = folders.pop()
        with os.scandir(content / folder) as entries:
            for entry in entries:
                name = entry.name
                if ignored(name):
                    continue
                path = f"{folder}/{name}" if folder else name
                if not entry.is_file(follow_symlinks=False):
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(path)
                    else:
                        problems.append(_link(path) if entry.is_symlink() else _no_file(path))
                    continue
                stamp = stamp_of(entry.stat())
                if now - max(stamp.mtime, stamp.ctime) < _granularity(stamp):
                    changing.add(path)
                if name.endswith(".md"):
                    if stem := _stem(path, folder, name, languages, problems):
                        groups.setdefault(stem, []).append((path, stamp))
                else:
                    _put(files, path, stamp, problems)
    return Survey(
        {stem: Group(stem, tuple(sorted(found))) for stem, found in groups.items()},
        files,
        tuple(problems),
        frozenset(changing),
    )


def stamp_of(found: os.stat_result) -> Stamp:
    """The stamp of a file that the system tells so much of."""
    return Stamp(found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino)


def _granularity(stamp: Stamp) -> int:
    """How long two writes may have the same time, in nanoseconds: whole seconds on some disks."""
    return 2_000_000_000 if stamp.mtime % 1_000_000_000 == 0 else 20_000_000


def _link(path: str) -> Problem:
    return Problem(
        path,
        1,
        "file",
        said("This is a symbolic link."),
        said("Put the file itself here: links lead astray."),
    )


def _no_file(path: str) -> Problem:
    return Problem(
        path,
        1,
        "file",
        said("This is not an ordinary file."),
        said("Put a file here that can be copied."),
    )


def _put(
    files: dict[str, tuple[str, Stamp]], path: str, stamp: Stamp, problems: list[Problem]
) -> None:
    name = normalize("NFC", path)
    if name in files:
        problems.append(
            Problem(
                name,
                1,
                "file",
                said("Two files have this name in two forms of Unicode."),
                said("Delete one of them."),
            )
        )
    files[name] = (path, stamp)


def _stem(
    path: str, folder: str, name: str, languages: Sequence[str], problems: list[Problem]
) -> str:
    """The stem of a source, or nothing if its name says no stem or no language."""
    bare, _, language = name[: -len(".md")].rpartition(".")
    stem = f"{folder}/{bare}"
    if bare and language in languages:
        if NOTICE_ID.fullmatch(stem):
            return stem
        if folder == PAGES and STEM.fullmatch(bare):
            if bare not in RESERVED:
                return stem
            problems.append(
                Problem(
                    path,
                    1,
                    "file",
                    said("“{bare}” is a part of the site already.", bare=bare),
                    said("Rename it."),
                )
            )
            return ""
    problems.append(_misnamed(path, bare or language, language, languages))
    return ""


def _misnamed(path: str, bare: str, language: str, languages: Sequence[str]) -> Problem:
    known = ", ".join(languages)
    if language not in languages:
        near = nearest(language, list(languages)) or languages[0]
        return Problem(
            path,
            1,
            "file",
            said("The name does not say its language; the languages are {known}.", known=known),
            said("Rename it to “{name}.{near}.md”.", name=slugify(bare) or "hoi-nghi", near=near),
        )
    if not STEM.fullmatch(bare):
        message = (
            said("The name cannot be part of an address.")
            if normalize("NFC", bare) == bare
            else said("The name cannot be part of an address (its letters and marks stand apart).")
        )
        return Problem(
            normalize("NFC", path),
            1,
            "file",
            message,
            said(
                "Rename it to “{name}.{language}.md”.",
                name=slugify(bare) or "hoi-nghi",
                language=language,
            ),
        )
    return Problem(
        path,
        1,
        "file",
        said("A notice stands in the folder of its month, a page in “pages”."),
        said(
            "Move it to a folder like “2008/03/{bare}.{language}.md”.", bare=bare, language=language
        ),
    )


class Desk:
    """What reading needs besides files; each process has its own."""

    def __init__(self, content: Path, registry: Registry, renderer: Renderer) -> None:
        self.content = content
        self.registry = registry
        self.renderer = renderer


def read(desk: Desk, group: Group, before: Mapping[str, Source]) -> Read:
    """Read the files of a stem. `before` holds what they said the last time, by path."""
    sources, bodies = [], []
    for path, stamp in group.files:
        data = _bytes(f"{desk.content}/{path}") if stamp.size <= MAX_BYTES else b""
        if data is None:
            sources.append(_unreadable(path))
            continue
        fingerprint = blake2b(data or str(stamp.size).encode(), digest_size=16).digest()
        old = before.get(path)
        if old and old.digest == fingerprint:
            sources.append(old)
        else:
            source, body = _source(desk, path, data, stamp.size, fingerprint)
            sources.append(source)
            bodies.append(body)
    return Read(group, tuple(sources), _told(desk, group.stem, sources), tuple(bodies))


def _bytes(file: str) -> bytes | None:
    """The bytes of a file, unless the system forbids to read it."""
    try:
        with open(file, "rb", buffering=0) as source:  # noqa: PTH123 (called for each source)
            return source.read()
    except OSError:
        return None


def _unreadable(path: str) -> Source:
    problem = Problem(
        path,
        1,
        "file",
        said("The file cannot be read."),
        said("See to its permissions, or put it here again."),
    )
    language = path.rsplit(".", 2)[1]
    return Source(path, language, b"", (), Body(key=b"", excerpt=""), (problem,))


def _told(desk: Desk, stem: str, sources: list[Source]) -> Told:
    problems = [problem for source in sources for problem in source.problems]
    if not stem.startswith(f"{PAGES}/"):
        notice, faults = notice_of(stem, sources, desk.registry)
        return Told(notice, (), (*problems, *faults))
    pages = []
    for source in sources:
        page, faults = page_of(basename(stem), source, desk.registry)
        problems += faults
        if page:
            pages.append(page)
    return Told(None, tuple(pages), tuple(problems))


def _source(
    desk: Desk, path: str, data: bytes, size: int, fingerprint: bytes
) -> tuple[Source, Rendered]:
    known = PAGE_KEYS if path.startswith(f"{PAGES}/") else tuple(KEYS)
    if size > MAX_BYTES:
        text, problems = "", [too_large(path, size / 1_000_000)]
    else:
        text, problems = text_of(path, data)
    is_text = not any(problem.level == Level.FAULT for problem in problems)
    header = split(path, text, known) if text else None
    if header and 0 < conflict_line(text) < header.body_line:
        header = None  # two headers in one: what is wrong with them would be told of neither
    if header:
        problems += header.problems
    text, first_line = (header.body, header.body_line) if header and is_text else ("", 1)
    body = desk.renderer.render(path, text, first_line)
    source = Source(
        path=path,
        language=path.rsplit(".", 2)[1],
        digest=fingerprint,
        fields=header.fields if header else (),
        body=Body(
            key=body.key,
            excerpt=body.excerpt,
            links=body.links,
            lines=body.lines,
            pictures=body.pictures,
            jumps=body.jumps,
        ),
        problems=(*problems, *body.problems),
        words=digest_of_words(header.fields, header.body) if header else "",
    )
    return source, body


def unlinked(files: Mapping[str, Any], linked: set[str]) -> list[Problem]:
    """Advice on files that nothing links: they are not published."""
    return [
        Problem(
            path,
            1,
            "file",
            said("No notice links to this file, so it is not published."),
            said("Link it from a notice, or delete it."),
            Level.ADVICE,
        )
        for path in sorted(files.keys() - linked - set(REGISTRIES))
    ]
