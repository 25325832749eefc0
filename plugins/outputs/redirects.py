"""Old addresses that lead to a notice: a page that sends the reader on.

Reads the archive. Writes a page at each alias.
"""

from collections.abc import Iterator
from posixpath import basename
from unicodedata import normalize
from urllib.parse import unquote

from blinker import signal
from msgspec import Struct

from plugins.model.archive import Archive
from plugins.model.notice import Edition, digest
from plugins.model.output import Order, Output, Press, file_of
from plugins.outputs.frame import Frame, Link, footer_of, frame


class RedirectView(Struct, frozen=True):
    """What `redirect.html` prints."""

    frame: Frame
    to: Link


def outputs(archive: Archive) -> Iterator[Output]:
    """One output for each alias of a public edition."""
    for language in archive.site.languages:
        footer = footer_of(archive, language)
        for edition in archive.editions(language):
            siblings = {other.language: other.address for other in archive.siblings[edition.id]}
            key = digest(edition.card, siblings, footer)
            for alias in edition.aliases:
                yield Output(file_at(alias), key, Order.PAGE, render, (edition, siblings, footer))


def file_at(alias: str) -> str:
    """The file that a host serves at an old address, with or without a slash at its end.

    Hosts decode an address before they look for its file.
    """
    alias = normalize("NFC", unquote(alias))
    is_file = alias.endswith("/") or "." in basename(alias)
    return file_of(alias if is_file else f"{alias}/")


def render(
    press: Press,
    edition: Edition,
    addresses: dict[str, str],
    footer: tuple[tuple[str, str], ...],
) -> bytes:
    """The page at an old address of an edition; `addresses` are those of its siblings."""
    view = RedirectView(
        frame(press, edition.language, edition.title, addresses, footer, indexed=False),
        Link(edition.title, press.site.href(edition.address)),
    )
    return press.page("redirect.html", edition.language, view)


def register() -> None:
    """Pelican's hook for plugins."""
    signal("archive_outputs").connect(outputs)
