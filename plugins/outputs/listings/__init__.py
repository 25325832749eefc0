"""Listing pages: bulletins, events, each tag and category; and each, and all notices, by its years.

A listing shows its newest notices and leads to its years. A year never moves, so its page is
written again only when one of its notices changes. Reads the archive. Writes
`<language>/[<listing>/][<year>/[<month>/]]index.html`, but no language's first page.
"""

from collections.abc import Iterator

from blinker import signal

from plugins.model.archive import ALL, EVENTS, Archive, Listing
from plugins.model.notice import digest
from plugins.model.output import Output
from plugins.outputs.listings import events, months, times, tops
from plugins.outputs.listings.places import Place
from plugins.outputs.views.frame import footer_of


def outputs(archive: Archive) -> Iterator[Output]:
    """The pages of every listing in every language."""
    footers = {language: footer_of(archive, language) for language in archive.site.languages}
    for listing in archive.listings.values():
        term, addresses = digest(listing.term), listing.addresses
        for language, footer in footers.items():
            place = Place(language, listing.name, listing.term, addresses, footer)
            shared = digest(listing.name, term, addresses, footer)
            yield from _pages(archive, listing, place, shared)


def _pages(archive: Archive, listing: Listing, place: Place, shared: bytes) -> Iterator[Output]:
    if listing.name == EVENTS:
        yield events.top(archive, listing, place, shared)
        yield from events.years(archive, place, shared)
        yield from months.months(archive, place, shared)
        return
    if listing.name == ALL:
        yield from times.months(archive, place, shared)
        return
    yield tops.top(archive, listing, place, shared)
    yield from times.years(archive, listing, place, shared)


def register() -> None:
    """Pelican's hook for plugins."""
    signal("archive_outputs").connect(outputs)
