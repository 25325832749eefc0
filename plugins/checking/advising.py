"""The rules of good advice, on the whole content: a rule's docstring is the rule.

`ADVICE_RULES` is the table. A build does not tell these: nothing in the site depends on them.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import groupby

from plugins.checking.places import Places
from plugins.model.archive import Archive
from plugins.model.notice import Edition, Notice, Page, Status
from plugins.model.problem import Level, Problem, Said, said
from plugins.reading.showing import section_remedy, sections

_FILE = re.compile(r"\.(?!html)[a-z0-9]+(?:[?#]|$)", re.IGNORECASE)
"""The end of the address of a file that is no page."""


class Scene:
    """The whole content under advice: all notices and pages, what is public of them, the languages
    of the site, what gives the HTML of a body.
    """

    def __init__(
        self,
        notices: Sequence[Notice],
        pages: Sequence[Page],
        languages: Sequence[str],
        archive: Callable[[], Archive],
        html: Callable[[bytes], str],
    ) -> None:
        self.notices, self.pages, self.languages = notices, pages, languages
        self._archive, self.html = archive, html

    @cached_property
    def items(self) -> list[Edition | Page]:
        """Every edition and every page."""
        return [edition for notice in self.notices for edition in notice.editions] + [*self.pages]

    @cached_property
    def by_source(self) -> dict[str, Edition | Page]:
        """Every edition and every page by the path of its source."""
        return {item.source: item for item in self.items}

    @cached_property
    def by_address(self) -> dict[str, Edition | Page]:
        """Every edition and every page by its address, public or not."""
        return {item.address: item for item in self.items}

    @cached_property
    def places(self) -> Places:
        """The addresses of the site."""
        return Places(self._archive())

    @cached_property
    def jumps(self) -> list[tuple[Edition | Page, str, int]]:
        """Each link to an address or a section: where it stands, where it leads, its line."""
        return [(item, jump, line) for item in self.items for jump, line in item.body.jumps]


def summary_is_there(scene: Scene) -> Iterator[Problem]:
    """An edition has a summary: cards, feeds and search engines show it. A withdrawn one needs
    none.
    """
    for item in scene.items:
        withdrawn = isinstance(item, Edition) and item.status is Status.WITHDRAWN
        if item.summary == item.body.excerpt and not withdrawn:
            yield _advice(
                item,
                1,
                "Summary",
                said("There is no summary; the first paragraph stands for it."),
                said("Write “Summary: …” in the header: one or two sentences."),
            )


def edition_is_in_each_language(scene: Scene) -> Iterator[Problem]:
    """A notice and a page have an edition in each language of the site, unless withdrawn."""
    pages = sorted(scene.pages, key=lambda page: page.id)
    versions: list[Sequence[Edition | Page]] = [
        *(notice.editions for notice in scene.notices),
        *([*some] for _, some in groupby(pages, key=lambda page: page.id)),
    ]
    for editions in versions:
        first = editions[0]
        if isinstance(first, Edition) and first.status is Status.WITHDRAWN:
            continue
        known = {edition.language for edition in editions}
        for language in scene.languages:
            if language not in known:
                yield _advice(
                    first,
                    1,
                    "file",
                    said("It is not translated: there is no edition in “{lang}”.", lang=language),
                    _translating(first, language),
                )


def _translating(item: Edition | Page, language: str) -> Said:
    """How one comes to an edition in another language; of pages, nothing is to be known later."""
    if isinstance(item, Edition):
        return said(
            "Run “inv translate {path} --to {lang}” and translate what it made.",
            path=item.source,
            lang=language,
        )
    copy = f"{item.source.rsplit('.', 2)[0]}.{language}.md"
    return said("Copy it to {path}, and translate the copy.", path=copy)


def address_leads_somewhere(scene: Scene) -> Iterator[Problem]:
    """A link to an address of the site (`/…`) leads to a page, a file or an old address of it."""
    for item, jump, line in scene.jumps:
        if not jump.startswith("/") or scene.places.has(jump):
            continue
        other = scene.by_address.get(jump.partition("#")[0])
        if other:
            source = other.source
            remedy = said(
                "Link its source, {source}: the link is there when that is.", source=source
            )
        elif _FILE.search(jump):
            remedy = said("Put the file beside the notice and link it by its relative path.")
        else:
            remedy = said("Correct the address; to a notice, link by the path of its source.")
        yield _advice(item, line, "body", said("{address} leads nowhere.", address=jump), remedy)


def section_is_there(scene: Scene) -> Iterator[Problem]:
    """A link to a section (`…#section`) of another text leads to a heading or a note of it."""
    for item, jump, line in scene.jumps:
        target, _, name = jump.partition("#")
        other = scene.by_source.get(target) or scene.by_address.get(target)
        if not name or other is None:
            continue
        ids = sections(scene.html(other.body.key))
        if name not in ids:
            yield _advice(
                item,
                line,
                "body",
                said("There is no section “#{name}” in {source}.", name=name, source=other.source),
                section_remedy(name, ids),
            )


ADVICE_RULES = (
    summary_is_there,
    edition_is_in_each_language,
    address_leads_somewhere,
    section_is_there,
)


def advised(scene: Scene) -> Iterator[Problem]:
    """What would make the content better."""
    for rule in ADVICE_RULES:
        yield from rule(scene)


def _advice(item: Edition | Page, line: int, key: str, message: Said, remedy: Said) -> Problem:
    return Problem(item.source, line, key, message, remedy, Level.ADVICE)
