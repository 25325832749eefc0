"""Old addresses of notices, tags and categories: pages that send the reader on.

Reads the archive and the attachments. Writes a page at each alias of a notice, and at each page
that a tag or a category had under a slug that it has no more; at an alias of a file, the file.
"""

from collections.abc import Iterator

from blinker import signal
from msgspec import Struct

from plugins.model.archive import Archive, Listing
from plugins.model.former import former_files, former_pages
from plugins.model.notice import Edition, digest
from plugins.model.output import Order, Output, Press, file_at, file_of
from plugins.outputs.views.frame import Frame, Link, footer_of, frame


class RedirectView(Struct, frozen=True):
    """What `redirect.html` prints."""

    frame: Frame
    title: str
    to: Link


def outputs(archive: Archive) -> Iterator[Output]:
    """One output for each old address."""
    for language in archive.site.languages:
        footer = footer_of(archive, language)
        for edition in archive.editions(language):
            if edition.aliases:
                yield from _old_pages(archive, edition, footer)
                yield from _old_files(archive, edition)
        for listing in archive.listings.values():
            yield from _former(listing, language, footer)


def _old_pages(
    archive: Archive, edition: Edition, footer: tuple[tuple[str, str], ...]
) -> Iterator[Output]:
    siblings = {other.language: other.address for other in archive.siblings[edition.id]}
    key = digest(edition.card, siblings, footer)
    for alias in former_pages(edition):
        yield Output(file_at(alias), key, Order.PAGE, render, (edition, siblings, footer))


def _old_files(archive: Archive, edition: Edition) -> Iterator[Output]:
    """The files of a notice where they lay before, as `assets` puts them where they lie now."""
    siblings = archive.siblings[edition.id]
    for alias, file in former_files(edition, siblings, archive.attachments):
        path, arguments = file_at(alias), (edition, file.file)
        yield Output(path, file.digest, Order.ASSET, render_file, arguments, lasting=True)


def _former(
    listing: Listing, language: str, footer: tuple[tuple[str, str], ...]
) -> Iterator[Output]:
    """The pages of a term, whole and by year, where they were under former slugs."""
    if not listing.term:
        return
    label, tops = listing.term.label[language], listing.addresses
    for former in listing.former(language):
        for part in ["", *(f"{year}/" for year in listing.years)]:
            addresses = {other: f"{top}{part}" for other, top in tops.items()}
            arguments = (language, label, addresses, footer)
            yield Output(
                file_of(f"{former}{part}"),
                digest(arguments),
                Order.PAGE,
                render_term,
                arguments,
            )


def render(
    press: Press,
    edition: Edition,
    addresses: dict[str, str],
    footer: tuple[tuple[str, str], ...],
) -> bytes:
    """The page at an old address of an edition; `addresses` are those of its siblings."""
    view = RedirectView(
        frame(press, edition.language, edition.title, addresses, footer, indexed=False),
        press.words(edition.language).text("This notice has a new address"),
        Link(edition.title, press.site.href(edition.address)),
    )
    return press.page("redirect.html", edition.language, view)


def render_file(press: Press, _edition: Edition, path: str) -> bytes:
    """A file of the content folder; the edition says which source a clash of paths comes from."""
    return press.file(path)


def render_term(
    press: Press,
    language: str,
    label: str,
    addresses: dict[str, str],
    footer: tuple[tuple[str, str], ...],
) -> bytes:
    """The page at an old address of a tag or a category; `addresses` are the present ones."""
    view = RedirectView(
        frame(press, language, label, addresses, footer, indexed=False),
        press.words(language).text("This topic has a new address"),
        Link(label, press.site.href(addresses[language])),
    )
    return press.page("redirect.html", language, view)


def register() -> None:
    """Pelican's hook for plugins."""
    signal("archive_outputs").connect(outputs)
