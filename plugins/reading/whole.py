"""What only the whole content shows: two notices at one address, links to nothing."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from posixpath import basename, dirname

from plugins.model.notice import Edition, Notice, Page
from plugins.model.problem import Level, Problem
from plugins.reading.header import nearest
from plugins.reading.library import RESERVED, Survey

ACTIVE = (".html", ".htm", ".xhtml", ".svg", ".xml", ".js", ".mjs", ".swf")
"""Files in which a browser runs scripts, in the name of the site."""

LineOf = Callable[[str, str], int]


def line_finder(content: Path) -> LineOf:
    """Finds the first line of a source that holds some text; the first line if none does."""

    def line_of(path: str, needle: str) -> int:
        text = (content / path).read_text(encoding="utf-8", errors="replace")
        return text.count("\n", 0, max(text.find(needle), 0)) + 1

    return line_of


def check(
    notices: Iterable[Notice], pages: Iterable[Page], survey: Survey, line_of: LineOf
) -> Iterator[Problem]:
    """The faults between notices; the message names the other one."""
    editions = [edition for notice in notices for edition in notice.editions]
    pages = list(pages)
    sources = {path for group in survey.groups.values() for path, _ in group.files}
    yield from _two_of_one_id(editions, line_of)
    items: list[Edition | Page] = [*editions, *pages]
    yield from _two_at_one_address(items, line_of)
    yield from _reserved_pages(pages, line_of)
    for item in items:
        for target in item.body.links:
            if target not in sources and target not in survey.files:
                yield _dead_link(item, target, sources, survey, line_of)
            elif target.lower().endswith(ACTIVE):
                yield _active(item, target, line_of)
    for edition in editions:
        picture = edition.picture
        if picture and picture.path not in survey.files:
            yield _no_file(edition, "Image", picture.path, survey, line_of)


def _two_of_one_id(editions: list[Edition], line_of: LineOf) -> Iterator[Problem]:
    first: dict[tuple[str, str], Edition] = {}
    for edition in editions:
        other = first.setdefault((edition.id, edition.language), edition)
        if other is not edition:
            yield Problem(
                edition.source,
                line_of(edition.source, "Id:"),
                "Id",
                f"“{edition.id}” is the id of {other.source} already.",
                "Give it the id of the notice that was moved, or remove the line.",
            )


def _two_at_one_address(items: list[Edition | Page], line_of: LineOf) -> Iterator[Problem]:
    owners: dict[str, Edition | Page] = {}
    for item in items:
        other = owners.setdefault(item.address, item)
        if other is not item:
            yield Problem(
                item.source,
                line_of(item.source, "Slug:"),
                "Slug",
                f"{other.source} has the address {item.address} already.",
                "Write another Slug.",
            )
    for item in items:
        for alias in getattr(item, "aliases", ()):
            page = alias if alias.endswith("/") or "." in basename(alias) else alias + "/"
            other = owners.setdefault(page, item)
            if other is not item:
                yield Problem(
                    item.source,
                    line_of(item.source, alias),
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
                line_of(page.source, "Slug:"),
                "Slug",
                f"“{slug}” is a part of the site already.",
                "Write another Slug.",
            )


def _dead_link(
    item: Edition | Page, target: str, sources: set[str], survey: Survey, line_of: LineOf
) -> Problem:
    line = line_of(item.source, basename(target))
    if target.endswith(".md"):
        near = nearest(target, sorted(sources))
        remedy = (
            f"Write the path of a source, such as “{_relative(item, near)}”."
            if near
            else ("Write the path of the other notice's source.")
        )
        return Problem(item.source, line, "body", f"There is no notice {target}.", remedy)
    return _no_file(item, "body", target, survey, line_of)


def _active(item: Edition | Page, target: str, line_of: LineOf) -> Problem:
    return Problem(
        item.source,
        line_of(item.source, basename(target)),
        "body",
        f"{target} is a kind of file that can run scripts in the reader's browser.",
        "Publish a PDF or a PNG of it.",
    )


def _no_file(
    item: Edition | Page, key: str, target: str, survey: Survey, line_of: LineOf
) -> Problem:
    near = nearest(target, sorted(survey.files))
    remedy = (
        f"Write “{_relative(item, near)}”."
        if near
        else (f"Put the file there, or write its path from {dirname(item.source)}/.")
    )
    line = line_of(item.source, basename(target))
    return Problem(item.source, line, key, f"There is no file {target}.", remedy)


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


def waiting_links(
    items: Iterable[Edition | Page], public: Collection[str], line_of: LineOf
) -> Iterator[Problem]:
    """Advice on links to what is not published yet: until then they are shown as plain words."""
    for item in items:
        for target in item.body.links:
            if target.endswith(".md") and target not in public:
                yield Problem(
                    item.source,
                    line_of(item.source, basename(target)),
                    "body",
                    f"{target} is not published yet; until then the link is shown as plain words.",
                    "Nothing, if that is meant.",
                    Level.ADVICE,
                )
