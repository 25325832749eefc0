"""Mends the links of a text whose targets have moved, or which has moved itself: text to text.

A link keeps its form: `{filename}`, a root or a relative path, percent signs, angle brackets.
"""

import re
from collections.abc import Callable, Iterator
from html import escape, unescape
from posixpath import dirname, join, normpath, relpath
from unicodedata import normalize
from urllib.parse import quote, unquote

from plugins.reading.header import split
from plugins.reading.values import KEYS
from plugins.writing.header import BOM, entry, lines, replaced

Where = Callable[[str], str]
"""From the path of a source or an attachment to where it is now, or to itself."""

_DESTINATIONS = (
    re.compile(r"\]\([ \t]*<([^<>\r\n]+)>"),
    re.compile(r"\]\([ \t]*([^\s<>()\"'](?:[^()\r\n\"'<>]|\([^()\r\n]*\))*?)[ \t]*(?=[\"')])"),
    re.compile(r"^ {0,3}\[[^\]\r\n]+\]:[ \t]*<([^<>\r\n]+)>", re.MULTILINE),
    re.compile(r"^ {0,3}\[[^\]\r\n]+\]:[ \t]*([^\s<>]+)", re.MULTILINE),
    re.compile(r"\b(?:href|src)[ \t]*=[ \t]*\"([^\"\r\n]+)\""),
    re.compile(r"\b(?:href|src)[ \t]*=[ \t]*'([^'\r\n]+)'"),
)
"""Where Markdown and HTML have the address of a link or a picture."""

_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|/|#")
_PELICAN = re.compile(r"\{(?:filename|static|attach)\}|\|filename\||")


def mended(text: str, path: str, new_path: str, where: Where) -> str:
    """The text of the source `path`, which will stand at `new_path`, with its links mended."""
    image = entry(text, "Image")
    if image:
        there = normpath(join(dirname(path), image.text))
        written = relpath(where(there), dirname(new_path))
        if where(there) != there or dirname(path) != dirname(new_path):
            text = replaced(text, image, written)
    head, body = halves(text)
    parts, done = [], 0
    for start, end in _spans(body):
        if start >= done:
            parts += [body[done:start], _mended(body[start:end], path, new_path, where)]
            done = end
    return head + "".join(parts) + body[done:]


def halves(text: str) -> tuple[str, str]:
    """A text up to its body, and its body."""
    all_lines = lines(text)
    found = split("", "\n".join(line.text for line in all_lines), tuple(KEYS))
    head = "".join(line.text + line.end for line in all_lines[: found.body_line - 1])
    mark = BOM if text.startswith(BOM) else ""
    return mark + head, text[len(mark + head) :]


def _spans(body: str) -> Iterator[tuple[int, int]]:
    found = {match.span(1) for form in _DESTINATIONS for match in form.finditer(body)}
    yield from sorted(found)


def _mended(written: str, path: str, new_path: str, where: Where) -> str:
    address = unescape(written)
    if _ELSEWHERE.match(address):
        return written
    prefix = match[0] if (match := _PELICAN.match(address)) else ""
    name, hash_, fragment = address.removeprefix(prefix).partition("#")
    is_rooted = name.startswith("/")
    target = normpath(join("" if is_rooted else dirname(path), unquote(name).lstrip("/")))
    target = normalize("NFC", target)
    now = where(target)
    stays = is_rooted or dirname(path) == dirname(new_path)
    if not name or target.startswith("..") or (now == target and stays):
        return written
    found = f"/{now}" if is_rooted else relpath(now, dirname(new_path))
    found = prefix + (quote(found) if unquote(name) != name else found) + hash_ + fragment
    return escape(found, quote=False) if address != written else found
