"""The rules of the whole content: a rule's docstring is the rule, `WHOLE_RULES` the table."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from posixpath import basename, dirname
from unicodedata import normalize
from urllib.parse import unquote

from msgspec import Struct

from plugins.model.archive import Attachment, Form
from plugins.model.former import files_of, is_of_file, named
from plugins.model.media import MEDIA_TYPES, PICTURES, VARIANT
from plugins.model.notice import Edition, Notice, Page, Status, is_behind
from plugins.model.problem import Level, Problem, said
from plugins.reading.attachments import MOST_PIXELS
from plugins.reading.header import nearest
from plugins.reading.library import RESERVED, Survey

SAFE = tuple(MEDIA_TYPES)

LineOf = Callable[[str, str], int]


def line_finder(content: Path) -> LineOf:
    """Finds the first line of a source that has a word; 0 if none does."""

    def line_of(path: str, word: str) -> int:
        text = (content / path).read_text(encoding="utf-8", errors="replace")
        lines = normalize("NFC", text).split("\n")
        whole_word = re.compile(rf"(?:^|[\s,:]){re.escape(word)}(?=[\s,]|$)")
        return next((n for n, line in enumerate(lines, 1) if whole_word.search(line)), 0)

    return line_of


class Whole(Struct, frozen=True):
    """The whole content under check: what it says, the files it has, those that it links, a finder
    of lines.
    """

    notices: Sequence[Notice]
    pages: Sequence[Page]
    sources: frozenset[str]
    files: Mapping[str, object]
    attachments: Mapping[str, Attachment]
    line_of: LineOf

    @property
    def items(self) -> list[Edition | Page]:
        """Every edition and every page."""
        return [edition for notice in self.notices for edition in notice.editions] + [*self.pages]

    def line(self, item: Edition | Page, word: str) -> int:
        """The line of a source that has a word; the first if none has it."""
        return max(self.line_of(item.source, word), 1)


def check(
    notices: Iterable[Notice],
    pages: Iterable[Page],
    survey: Survey,
    attachments: Mapping[str, Attachment],
    line_of: LineOf,
) -> Iterator[Problem]:
    """What is wrong between notices; the message names the other one."""
    sources = frozenset(path for group in survey.groups.values() for path, _ in group.files)
    whole = Whole(list(notices), list(pages), sources, survey.files, attachments, line_of)
    for rule in WHOLE_RULES:
        yield from rule(whole)


def id_is_of_one_notice(whole: Whole) -> Iterator[Problem]:
    """A notice has an id of its own; the one that gives itself another's with `Id` is told."""
    first: dict[str, Edition] = {}
    for original in (notice.editions[0] for notice in whole.notices):
        pair = (original, first.setdefault(original.id, original))
        if pair[0] is not pair[1]:
            told, other = pair if whole.line_of(original.source, "Id:") else reversed(pair)
            yield Problem(
                told.source,
                whole.line(told, "Id:"),
                "Id",
                said("“{id}” is the id of {other} already.", id=told.id, other=other.source),
                said("Give it the id of the notice that was moved, or remove the line."),
            )


def address_is_of_one(whole: Whole) -> Iterator[Problem]:
    """No two editions or pages have the same address."""
    owners: dict[str, Edition | Page] = {}
    for item in whole.items:
        other = owners.setdefault(item.address, item)
        if other is not item:
            yield Problem(
                item.source,
                whole.line(item, "Slug:"),
                "Slug",
                said(
                    "{other} has the address {address} already.",
                    other=other.source,
                    address=item.address,
                ),
                said("Write another Slug."),
            )


def alias_leads_to_one(whole: Whole) -> Iterator[Problem]:
    """An old address leads to one edition, says so once, and is no present address."""
    owners = {item.address: item for item in reversed(whole.items)}
    for item in whole.items:
        for written in getattr(item, "aliases", ()):
            alias = normalize("NFC", unquote(written))
            page = alias if alias.endswith("/") or "." in basename(alias) else alias + "/"
            other = owners.get(page)
            owners[page] = other or item
            if other is item:
                yield Problem(
                    item.source,
                    whole.line(item, written),
                    "Aliases",
                    said("{alias} leads here already.", alias=alias),
                    said("Remove it."),
                )
            elif other:
                yield Problem(
                    item.source,
                    whole.line(item, written),
                    "Aliases",
                    said("{alias} leads to {other} already.", alias=alias, other=other.source),
                    said("Remove it from one of the two."),
                )


def former_file_is_linked(whole: Whole) -> Iterator[Problem]:
    """An old address of a file (`/2008/03/hop/toan-van.pdf`) has the name of a file that the notice
    links or shows, unless it was withdrawn; no other file lies there.
    """
    for notice in whole.notices:
        aliases = [(e, alias) for e in notice.editions for alias in e.aliases if is_of_file(alias)]
        paths = [p for p in files_of(notice.editions) if p in whole.files] if aliases else []
        for edition, alias in aliases:
            plain = normalize("NFC", unquote(alias))
            line = whole.line(edition, alias)
            if plain[1:] in whole.attachments:
                yield Problem(
                    edition.source,
                    line,
                    "Aliases",
                    said("There is a file at {alias} now.", alias=plain),
                    said("Remove the alias, or rename the file."),
                )
            elif not named(alias, paths) and edition.status is not Status.WITHDRAWN:
                yield Problem(
                    edition.source,
                    line,
                    "Aliases",
                    said("The notice links no file {name}.", name=basename(plain)),
                    said("Link the file that lay at {alias}, or remove the alias.", alias=plain),
                )


def translation_follows_its_original(whole: Whole) -> Iterator[Problem]:
    """A translation says what its original says now."""
    for original, *translations in (notice.editions for notice in whole.notices):
        for translation in translations:
            if is_behind(translation, original):
                yield Problem(
                    translation.source,
                    whole.line(translation, "Translation_of:"),
                    "Translation_of",
                    said(
                        "{original} has changed since this translation was made.",
                        original=original.source,
                    ),
                    said(
                        "Bring it up to date, then run “inv translate {original} --to {language}”.",
                        original=original.source,
                        language=translation.language,
                    ),
                    Level.ADVICE,
                )


def page_leaves_room(whole: Whole) -> Iterator[Problem]:
    """A standing page does not stand where a part of the site does: a year, a listing."""
    for page in whole.pages:
        slug = page.address.split("/")[2]
        if slug in RESERVED or slug.isdigit():
            yield Problem(
                page.source,
                whole.line(page, "Slug:"),
                "Slug",
                said("“{slug}” is a part of the site already.", slug=slug),
                said("Write another Slug."),
            )


def link_leads_somewhere(whole: Whole) -> Iterator[Problem]:
    """A relative link of a text leads to a source or a file of the content folder."""
    for item in whole.items:
        for target, line in zip(item.body.links, item.body.lines, strict=True):
            if target not in whole.sources and target not in whole.files:
                yield _nothing_there(whole, item, target, "body", line)


def linked_file_is_harmless(whole: Whole) -> Iterator[Problem]:
    """A file that a text links is of a kind in which no browser runs scripts."""
    for item in whole.items:
        for target, line in zip(item.body.links, item.body.lines, strict=True):
            if target in whole.files and not target.lower().endswith(SAFE):
                yield Problem(
                    item.source,
                    line,
                    "body",
                    said(
                        "{target} is a kind of file that can run scripts in the reader's browser.",
                        target=target,
                    ),
                    said("Publish a PDF or a PNG of it."),
                )


def lead_picture_is_there(whole: Whole) -> Iterator[Problem]:
    """The lead picture is a file of the content folder, and a picture that browsers show."""
    for edition in (edition for notice in whole.notices for edition in notice.editions):
        target = edition.picture.path if edition.picture else ""
        line = whole.line_of(edition.source, "Image:") if target else 0
        if not line:  # a translation inherits the picture; the fault is the original's
            continue
        if target not in whole.files:
            yield _nothing_there(whole, edition, target, "Image", line)
        elif not target.lower().endswith(PICTURES):
            yield Problem(
                edition.source,
                line,
                "Image",
                said("{target} is no picture that every browser shows.", target=target),
                said("Give one of these kinds: {kinds}.", kinds=", ".join(PICTURES)),
            )


def picture_is_whole(whole: Whole) -> Iterator[Problem]:
    """A file can be read, and a picture can be opened to its end."""
    broken = {path for path, file in whole.attachments.items() if file.form is Form.BROKEN}
    for item, key, line, target in _uses(whole, broken):
        yield Problem(
            item.source,
            line,
            key,
            said(
                "{target} cannot be opened: it is damaged, or not what its name says.",
                target=target,
            ),
            said("Save it anew, and see that it opens."),
        )


def picture_is_not_too_large(whole: Whole) -> Iterator[Problem]:
    """A picture that a page shows has 64 million pixels at most: a phone must hold it whole."""
    large = {path for path, file in whole.attachments.items() if file.form is Form.TOO_LARGE}
    for item, key, line, target in _uses(whole, large):
        if key == "Image" or target in item.body.pictures:
            yield Problem(
                item.source,
                line,
                key,
                said(
                    "{target} has more than {most} million pixels.",
                    target=target,
                    most=MOST_PIXELS // 1_000_000,
                ),
                said("Save it 4,000 pixels wide; link the large one, if readers need it."),
            )


def file_leaves_room_for_variants(whole: Whole) -> Iterator[Problem]:
    """No file has a name that the archive gives to the smaller copies of a picture."""
    named = {path for path in whole.attachments if VARIANT.search(path)}
    for item, key, line, target in _uses(whole, named):
        yield Problem(
            item.source,
            line,
            key,
            said(
                "{name} is a name that the archive gives to smaller copies of a picture.",
                name=basename(target),
            ),
            said("Rename the file."),
        )


def _uses(whole: Whole, targets: Collection[str]) -> Iterator[tuple[Edition | Page, str, int, str]]:
    """Where these files are linked or shown: the source, the key, the line, the file."""
    if not targets:
        return
    for item in whole.items:
        for target, line in zip(item.body.links, item.body.lines, strict=True):
            if target in targets:
                yield item, "body", line, target
        picture = getattr(item, "picture", None)
        if picture and picture.path in targets and (line := whole.line_of(item.source, "Image:")):
            yield item, "Image", line, picture.path


WHOLE_RULES = (
    id_is_of_one_notice,
    address_is_of_one,
    alias_leads_to_one,
    former_file_is_linked,
    translation_follows_its_original,
    page_leaves_room,
    link_leads_somewhere,
    linked_file_is_harmless,
    lead_picture_is_there,
    picture_is_whole,
    picture_is_not_too_large,
    file_leaves_room_for_variants,
)


_OF_A_NOTICE = re.compile(r"(?:[0-9]{4}/[0-9]{2}|pages)/[^/]+/")
"""Where files of a notice or a page lie; elsewhere none is read."""


def _nothing_there(whole: Whole, item: Edition | Page, target: str, key: str, line: int) -> Problem:
    """The fault of a link to nothing, with the nearest source or file that there is."""
    is_notice = target.endswith(".md")
    near = nearest(target, sorted(whole.sources if is_notice else whole.files))
    if near and is_notice:
        better = _relative(item, near)
        remedy = said("Write the path of a source, such as “{path}”.", path=better)
    elif near:
        remedy = said("Write “{near}”.", near=_relative(item, near))
    elif is_notice:
        remedy = said("Write the path of the other notice's source.")
    elif _OF_A_NOTICE.match(target):
        folder = dirname(item.source)
        remedy = said("Put the file there, or write its path from {folder}/.", folder=folder)
    else:
        folder = item.source.removesuffix(f".{item.language}.md")
        path = f"{basename(folder)}/{basename(target)}"
        remedy = said("Put the file into {folder}/ and write “{path}”.", folder=folder, path=path)
    message = (
        said("There is no notice {target}.", target=target)
        if is_notice
        else said("There is no file {target}.", target=target)
    )
    return Problem(item.source, line, key, message, remedy)


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
                    said(
                        "{target} is not published yet; until then the link is shown as plain"
                        " words.",
                        target=target,
                    ),
                    said("Nothing, if that is meant."),
                    Level.ADVICE,
                )
