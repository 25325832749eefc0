"""The files of a notice: those that its text links, for pages and feeds; type and size in words."""

from collections.abc import Sequence

from markupsafe import escape
from msgspec import Struct

from plugins.model.archive import Archive, Attachment
from plugins.model.marks import mark
from plugins.model.media import media_type
from plugins.model.notice import Edition
from plugins.model.output import Press, Words

UNITS = ("B", "kB", "MB", "GB")
"""Decimal, as in the SI: 1 kB has 1,000 B."""

KINDS = {
    "text": (".doc", ".docx", ".odt", ".rtf", ".txt"),
    "sheet": (".xls", ".xlsx", ".ods", ".csv", ".tsv"),
    "slides": (".ppt", ".pptx", ".odp"),
    "packed": (".zip", ".7z", ".gz"),
    "signature": (".p7s", ".p7m", ".asc", ".sig"),
}
"""What one does with files whose media types do not say it, by their endings."""

_KIND_OF = {ending: kind for kind, endings in KINDS.items() for ending in endings}


class FileView(Struct, frozen=True):
    """A file to download: its name, type and size are words, `media_type` is for programs."""

    name: str
    href: str
    media_type: str
    type: str
    size: str


def attached(archive: Archive, edition: Edition) -> tuple[Attachment, ...]:
    """The files that a text links or shows."""
    known = archive.attachments
    return tuple(known[link] for link in edition.body.links if link in known)


def linked(press: Press, edition: Edition, files: Sequence[Attachment]) -> list[Attachment]:
    """Those of its `attached` files that a notice gives to read apart: what the text itself shows
    is none of them, and what is withdrawn gives none.
    """
    if not files or edition.withdrawal:
        return []
    html = press.body(edition.body.key)
    return [file for file in files if f' href="{mark(escape(file.path))}' in html]


def file_view(press: Press, words: Words, file: Attachment) -> FileView:
    """A file as a page lists it."""
    return FileView(
        file.path.rpartition("/")[2],
        press.site.href(file.address),
        media_type(file.path),
        type_words(file.path, words),
        size_words(file.size, words),
    )


def type_words(path: str, words: Words) -> str:
    """What kind of file it is, by its ending: its format, and what one does with it."""
    ending = path.rpartition(".")[2].lower()
    form, media = ending.upper(), media_type(path).partition("/")[0]
    return {
        "text": words.text("{format} text document", format=form),
        "sheet": words.text("{format} spreadsheet", format=form),
        "slides": words.text("{format} slides", format=form),
        "packed": words.text("{format} archive file", format=form),
        "signature": words.text("{format} digital signature", format=form),
        "image": words.text("{format} picture", format=form),
        "audio": words.text("{format} sound recording", format=form),
        "video": words.text("{format} video", format=form),
    }.get(_KIND_OF.get(f".{ending}", media), form)


def size_words(size: int, words: Words) -> str:
    """A size in bytes, in the largest unit of which there is one: two digits, or a whole number."""
    value, unit = float(size), 0
    while _rounded(value) >= 1000 and unit + 1 < len(UNITS):
        value, unit = value / 1000, unit + 1
    return f"{words.number(_rounded(value))}\u00a0{UNITS[unit]}"


def _rounded(value: float) -> float:
    return round(value, 1) if value < 10 else round(value)
