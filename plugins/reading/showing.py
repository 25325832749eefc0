"""The rules of what a body shows: a rule's docstring is the rule, `BODY_RULES` the table."""

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote

from msgspec import Struct

from plugins.model.marks import CLOSE, OPEN
from plugins.model.problem import Level, Problem, Said, said
from plugins.reading.header import nearest

_PICTURE = re.compile(r'<img(?:[^>"]|"[^"]*")*>')
_ALT = re.compile(r' alt="([^"]*)"')
_SRC = re.compile(f' src="[{OPEN}]?([^"{CLOSE}]*)')
_JUMP = re.compile(r' href="#([^"]+)"')
_ID = re.compile(r' id="([^"]+)"')


class Lines:
    """Finds the lines of words in a text, each time the next one of the same words."""

    def __init__(self, text: str, first: int) -> None:
        self._text, self._first = text, first
        self._after: dict[str, int] = {}

    def of(self, *needles: str) -> int:
        """The line of the first of the needles that is found; else the text's first line."""
        for needle in needles:
            index = self._text.find(needle, self._after.get(needle, 0))
            if index >= 0:
                self._after[needle] = index + 1
                return self._first + self._text.count("\n", 0, index)
        return self._first


class Written(Struct, frozen=True):
    """A body under check: the text of the source `path`, its HTML with marks, a finder of lines."""

    path: str
    text: str
    html: str
    lines: Lines

    def advice(self, message: Said, remedy: Said, *needles: str) -> Problem:
        """An advice on the line where one of the needles stands."""
        return Problem(self.path, self.lines.of(*needles), "body", message, remedy, Level.ADVICE)


def picture_is_described(body: Written) -> Iterator[Problem]:
    """A picture has a description for those who do not see it; HTML may say `alt=""` of one that is
    mere ornament.
    """
    if "<img" not in body.html:
        return
    for picture in _PICTURE.findall(body.html):
        alt, src = _ALT.search(picture), _SRC.search(picture)
        if not src or (alt and alt[1].strip()) or (alt and 'alt=""' in body.text):
            continue
        name = unescape(src[1]).rpartition("/")[2]
        yield body.advice(
            said("The picture {name} has no description.", name=name),
            said("Say what it shows: “![what it shows]({name})”.", name=name),
            f"/{name}",
            f"({name}",
            f'"{name}',
            name,
        )


def section_of_its_own_is_there(body: Written) -> Iterator[Problem]:
    """A link within a text (`#section`) leads to a heading or a note of that text."""
    if ' href="#' not in body.html:
        return
    ids = sections(body.html)
    for name in dict.fromkeys(unquote(unescape(jump)) for jump in _JUMP.findall(body.html)):
        if name not in ids:
            yield body.advice(
                said("There is no section “#{name}” in this text.", name=name),
                section_remedy(name, ids),
                f"#{name}",
            )


BODY_RULES = (picture_is_described, section_of_its_own_is_there)


def section_remedy(name: str, ids: set[str]) -> Said:
    """What to write instead of a section that is not there."""
    if near := nearest(name, sorted(ids)):
        return said("Write “#{near}”.", near=near)
    return said("Give the heading its name: “## Heading {{#{name}}}”.", name=name)


def sections(html: str) -> set[str]:
    """The names that links to sections of this HTML can have."""
    return {unescape(name) for name in _ID.findall(html)}
