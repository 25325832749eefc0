"""The guides in `content/pages`, as their readers have them: sections, tables, commands."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import cast

from bs4 import BeautifulSoup, Tag
from invoke.collection import Collection

import pelicanconf
import tasks
from plugins.reading.body import Renderer
from plugins.reading.header import split
from tests.conftest import ROOT

PAGES = ROOT / "content/pages"
LANGUAGES = tuple(pelicanconf.LANGUAGES)

READERS, PARTNERS = "ban-doc", "doi-tac"
WEBMASTERS, REFERENCE = "bien-tap", "khoa-va-quy-tac"
GUIDES = (READERS, PARTNERS, WEBMASTERS, REFERENCE)

VERBS = {task.name: task for task in Collection.from_module(tasks).tasks.values()}

_COMMAND = re.compile(r"(?<![\w-])inv (?!--)([a-z]+)\b([^`\n]*)")
_OPTION = re.compile(r"(?<!\S)(--[a-z][a-z-]*)")


@cache
def guide(stem: str, language: str) -> BeautifulSoup:
    """The body of a standing page."""
    path = f"pages/{stem}.{language}.md"
    text = (PAGES.parent / path).read_text(encoding="utf-8")
    found = split(path, text, ("Title", "Summary", "Slug"))
    rendered = Renderer(pelicanconf.MARKDOWN, b"").render(path, found.body, found.body_line)
    assert not (*found.problems, *rendered.problems), path
    return BeautifulSoup(rendered.html, "html.parser")


def section(stem: str, language: str, name: str) -> BeautifulSoup:
    """What stands below the heading with this id, to the next one of its rank."""
    heading = guide(stem, language).find(id=name)
    assert heading, f"{stem}.{language}.md has no heading {{#{name}}}"
    inside = []
    for element in heading.find_next_siblings():
        if re.fullmatch("h[2-6]", element.name) and element.name <= heading.name:
            break
        inside.append(str(element))
    return BeautifulSoup("".join(inside), "html.parser")


def rows(part: BeautifulSoup) -> Iterator[list[Tag]]:
    """The cells of each row of the tables of a section, without their heads."""
    for row in part.select("tbody tr"):
        yield cast(list[Tag], row.select("td"))


def codes(part: BeautifulSoup, column: int = 0) -> list[str]:
    """What a column of the tables of a section names."""
    return [code.text for cells in rows(part) for code in cells[column].select("code")]


def commands(text: str) -> Iterator[tuple[str, list[str]]]:
    """Each `inv` command in a text: its verb and its options."""
    for match in _COMMAND.finditer(text):
        yield match[1], _OPTION.findall(match[2])


def options(text: str) -> list[str]:
    """The options that a text names."""
    return _OPTION.findall(text)


def sources() -> list[Path]:
    """All guides, in every language."""
    return [PAGES / f"{stem}.{language}.md" for stem in GUIDES for language in LANGUAGES]


def flags(verb: str) -> set[str]:
    """The long options of a verb, as they are typed."""
    task = VERBS[verb]
    options = [
        one for one in task.get_arguments() if one.name in task.iterable or not one.positional
    ]
    names = [f"{'no-' if one.kind is bool and one.default else ''}{one.name}" for one in options]
    return {f"--{name.replace('_', '-')}" for name in names}
