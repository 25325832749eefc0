"""The frame of each listing: its newest notices on a page without script, for others' pages."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from plugins.model.archive import Archive
from plugins.model.notice import Edition, digest
from plugins.model.output import Order, Output, Press, file_of
from plugins.model.taxonomy import Term
from plugins.outputs.embeds import lists
from plugins.outputs.views.cards import CardView, card
from plugins.outputs.views.frame import ICON, Link, versioned
from plugins.outputs.views.wording import listing_label

NEWEST = 10
"""Notices that a frame shows."""

STYLE = "theme/frame.css"
_STYLE_SOURCE = "static/frame.css"


class EmbedView(Struct, frozen=True):
    """What `embed.html` prints."""

    tag: str
    direction: str
    title: str
    canonical: str
    icon: str
    style: str
    heading: Link
    cards: tuple[CardView, ...]
    empty: str
    publisher: Link


def outputs(archive: Archive) -> Iterator[Output]:
    """One output for each address of each listing in each language, and their style sheet."""
    yield Output(STYLE, digest(_STYLE_SOURCE), Order.ASSET, render_style, ())
    for listing in archive.listings.values():
        term = digest(listing.name, listing.term)
        for language, shelf in listing.shelves.items():
            newest = shelf.editions[:NEWEST]
            key = digest(term, b"".join([edition.card for edition in newest]))
            arguments = (language, listing.name, listing.term, listing.address(language), newest)
            for address in lists.addresses(listing.name, listing.term, language):
                yield Output(file_of(address), key, Order.LISTING, render, arguments)


def render(
    press: Press,
    language: str,
    name: str,
    term: Term | None,
    listed: str,
    newest: Sequence[Edition],
) -> bytes:
    """The frame of a listing whose page is at `listed`."""
    site, words = press.site, press.words(language)
    view = EmbedView(
        tag=words.tag,
        direction=words.direction,
        title=lists.title(press, name, term, language),
        canonical=site.absolute(listed),
        icon=versioned(press, ICON, "static/icon.svg"),
        style=versioned(press, STYLE, _STYLE_SOURCE),
        heading=Link(listing_label(name, term, language, words), site.href(listed)),
        cards=tuple(card(press, words, edition) for edition in newest),
        empty="" if newest else words.text("There are no notices here in this language."),
        publisher=Link(site.name[language], site.href(f"/{language}/")),
    )
    return press.page("embed.html", language, view)


def render_style(press: Press) -> bytes:
    """The style sheet of all frames."""
    return press.theme(_STYLE_SOURCE)
