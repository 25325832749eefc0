"""What only the whole content shows: two notices at one address, links to nothing."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from posixpath import basename, dirname
from unicodedata import normalize
from urllib.parse import unquote

from msgspec.structs import replace

from plugins.model.notice import Edition, Notice, Page
from plugins.model.problem import Level, Problem
from plugins.reading.header import nearest
from plugins.reading.library import RESERVED, Survey

SAFE = (
    *(".pdf", ".txt", ".csv", ".tsv", ".json", ".geojson", ".ics", ".rtf", ".epub"),
    *(".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".odt", ".ods", ".odp"),
    *(".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".tif", ".tiff"),
    *(".mp3", ".m4a", ".ogg", ".oga", ".opus", ".mp4", ".webm", ".ogv", ".vtt"),
    *(".zip", ".7z", ".gz", ".p7s", ".p7m", ".asc", ".sig"),
)
"""Files in which no browser runs scripts in the name of the site; all others are refused."""

LineOf = Callable[[str, str], int]


def line_finder(content: Path) -> LineOf:
    """Finds the first line of a source that has a word; 0 if none does."""

    def line_of(path: str, word: str) -> int:
        text = (content / path).read_text(encoding="utf-8", errors="replace")
        lines = normalize("NFC", text).split("\n")
        whole_word = re.compile(rf"(?:^|[\s,:]){re.escape(word)}(?=[\s,]|$)")
        return next((n for n, line in enumerate(lines, 1) if whole_word.search(line)), 0)

    return line_of


def check(
    notices: Iterable[Notice], pages: Iterable[Page], survey: Survey, line_of: LineOf
) -> Iterator[Problem]:
    """The faults between notices; the message names the other one."""
    notices, pages = list(notices), list(pages)
    editions = [edition for notice in notices for edition in notice.editions]
    sources = {path for group in survey.groups.values() for path, _ in group.files}
    items: list[Edition | Page] = [*editions, *pages]
    yield from _two_of_one_id(notices, line_of)
    yield from _two_at_one_address(items, line_of)
    yield from _reserved_pages(pages, line_of)
    for item in items:
        for target, line in zip(item.body.links, item.body.lines, strict=True):
            if target not in sources:
                yield from _faults_of_file(item, target, "body", line, sources, survey)
    for edition in editions:
        if edition.picture:
            path = edition.picture.path
            for fault in _faults_of_file(edition, path, "Image", 1, sources, survey):
                if line := line_of(edition.source, "Image:"):  # a translation inherits the picture
                    yield replace(fault, line=line)


def _two_of_one_id(notices: list[Notice], line_of: LineOf) -> Iterator[Problem]:
    """The notice that gives itself the id is told, not the one whose path it is."""
    first: dict[str, Edition] = {}
    for original in (notice.editions[0] for notice in notices):
        pair = (original, first.setdefault(original.id, original))
        if pair[0] is not pair[1]:
            told, other = pair if line_of(original.source, "Id:") else reversed(pair)
            yield Problem(
                told.source,
                max(line_of(told.source, "Id:"), 1),
                "Id",
                f"“{told.id}” is the id of {other.source} already.",
                "Give it the id of the notice that was moved, or remove the line.",
            )


def _two_at_one_address(items: list[Edition | Page], line_of: LineOf) -> Iterator[Problem]:
    owners: dict[str, Edition | Page] = {}
    for item in items:
        other = owners.setdefault(item.address, item)
        if other is not item:
            yield Problem(
                item.source,
                max(line_of(item.source, "Slug:"), 1),
                "Slug",
                f"{other.source} has the address {item.address} already.",
                "Write another Slug.",
            )
    for item in items:
        for written in getattr(item, "aliases", ()):
            alias = normalize("NFC", unquote(written))
            page = alias if alias.endswith("/") or "." in basename(alias) else alias + "/"
            other = owners.setdefault(page, item)
            if other is not item:
                yield Problem(
                    item.source,
                    max(line_of(item.source, written), 1),
                    "Aliases",
                    f"{alias} leads to {other.source} already.",
                    "Remove it from one of the two.",
                )


def _reserved_pages(pages: list[Page], line_of: LineOf) -> Iterator[Problem]:
    for page in pages:
        slug = page.address.split("/")[2]
        if slug in RESERVED or slug.isdigit():
            yield Problem(
                page.source,
                max(line_of(page.source, "Slug:"), 1),
                "Slug",
                f"“{slug}” is a part of the site already.",
                "Write another Slug.",
            )


def _faults_of_file(
    item: Edition | Page, target: str, key: str, line: int, sources: set[str], survey: Survey
) -> Iterator[Problem]:
    """What is wrong with a file or a notice that an item links."""
    if target in survey.files:
        if not target.lower().endswith(SAFE):
            yield Problem(
                item.source,
                line,
                key,
                f"{target} is a kind of file that can run scripts in the reader's browser.",
                "Publish a PDF or a PNG of it.",
            )
        return
    is_notice = target.endswith(".md")
    near = nearest(target, sorted(sources if is_notice else survey.files))
    if near and is_notice:
        remedy = f"Write the path of a source, such as “{_relative(item, near)}”."
    elif near:
        remedy = f"Write “{_relative(item, near)}”."
    elif is_notice:
        remedy = "Write the path of the other notice's source."
    else:
        remedy = f"Put the file there, or write its path from {dirname(item.source)}/."
    what = "notice" if is_notice else "file"
    yield Problem(item.source, line, key, f"There is no {what} {target}.", remedy)


def _relative(item: Edition | Page, path: str) -> str:
    """`path` as a link from the source of `item`."""
    here, there = dirname(item.source).split("/"), path.split("/")
    while here and len(there) > 1 and here[0] == there[0]:
        here, there = here[1:], there[1:]
    return "../" * len(here) + "/".join(there)


def linked_files(editions: Iterable[Edition | Page], files: Mapping[str, object]) -> set[str]:
    """The attachments and pictures that these editions link."""
    found = {target for edition in editions for target in edition.body.links if target in files}
    pictures = (getattr(edition, "picture", None) for edition in editions)
    return found | {picture.path for picture in pictures if picture and picture.path in files}


def waiting_links(items: Iterable[Edition | Page], public: Collection[str]) -> Iterator[Problem]:
    """Advice on links to what is not published yet: until then they are shown as plain words."""
    for item in items:
        for target, line in zip(item.body.links, item.body.lines, strict=True):
            if target.endswith(".md") and target not in public:
                yield Problem(
                    item.source,
                    line,
                    "body",
                    f"{target} is not published yet; until then the link is shown as plain words.",
                    "Nothing, if that is meant.",
                    Level.ADVICE,
                )
