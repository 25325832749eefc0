"""Feeds: RSS, Atom and JSON Feed for each listing in each language, and each language's archive.

Reads the archive and the bodies. Writes `<listing>/feed.xml`, `.atom` and `.json` beside each page
that lists; `<language>/archive/<year>/feed.*`; the feeds of slugs that a tag or category had; and
what tells people and programs of all these, `<language>/feeds/` and `<language>/feeds.opml`.
One entry model (`entries`) feeds all formats; a format is a line of `FORMATS`. A document is put
together of entries as they are written in it (`parts`): after an edit, all others are taken over
from the one in place.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from itertools import chain

from blinker import signal

from plugins.model.archive import ALL, Archive, Listing
from plugins.model.notice import Edition, digest
from plugins.model.output import Assembled, Order, Output, Press
from plugins.outputs.feeds import following
from plugins.outputs.feeds.documents import NEVER, Around, Followed, document, moved
from plugins.outputs.feeds.entries import Entries, last_updated
from plugins.outputs.feeds.parts import FORMATS, assembled, fitting, part, parts_of, written


def outputs(archive: Archive) -> Iterator[Output]:
    """Each document in each format."""
    entries = Entries(archive)
    for listing in archive.listings.values():
        for language in archive.site.languages:
            followed = Followed(language, listing.name, listing.term, listing.address(language))
            yield from _newest(archive, entries, listing, followed)
            yield from _former(archive, entries, listing, followed)
    for language in archive.site.languages:
        yield from _years(archive, entries, language)
    yield from following.outputs(archive)


def _newest(
    archive: Archive, entries: Entries, listing: Listing, followed: Followed
) -> Iterator[Output]:
    editions = listing.shelves[followed.language].editions[: archive.site.feed_max_items]
    years = listing.years if listing.name == ALL else []
    around = Around(older=_folder(followed.language, years[0]) if years else "")
    otherwise = NEVER if editions else _last_news(listing)
    key = digest(followed, around, otherwise, entries.keys(editions))
    arguments = (entries, followed, around, otherwise, editions)
    yield from _in_each_format(followed.address, key, render_newest, arguments)


def _last_news(listing: Listing) -> datetime:
    """When a listing was last updated, in whatever language."""
    everything = (edition for shelf in listing.shelves.values() for edition in shelf.editions)
    return max((edition.updated for edition in everything), default=NEVER)


def _former(
    archive: Archive, entries: Entries, listing: Listing, followed: Followed
) -> Iterator[Output]:
    """The feeds of slugs that were given up: what was published until that day, and a last word."""
    if not followed.term:
        return
    shelf, zone = listing.shelves[followed.language], archive.site.zone
    for slug, day in followed.term.formerly(followed.language):
        until = datetime(day.year, day.month, day.day, tzinfo=zone)
        editions = [edition for edition in shelf.editions if edition.date < until]
        editions = editions[: archive.site.feed_max_items - 1]
        key = digest(followed, slug, day, entries.keys(editions))
        folder = f"/{followed.language}/{followed.name}/{slug}/"
        arguments = (entries, followed, folder, slug, day, editions)
        yield from _in_each_format(folder, key, render_former, arguments)


def _years(archive: Archive, entries: Entries, language: str) -> Iterator[Output]:
    """A document a year (RFC 5005, 4), from the first to the one after the newest.

    Each names the next one from the start, so that a year that is over never changes; that is
    why the next one exists, empty, before its first notice.
    """
    listing = archive.listings[ALL, ""]
    if not listing.years:
        return
    followed = Followed(language, ALL, None, listing.address(language))
    first, last = listing.years[-1], listing.years[0] + 1
    for year in range(first, last + 1):
        editions = listing.shelves[language].years.get(year, [])
        around = Around(
            current=followed.address,
            older=_folder(language, year - 1) if year > first else "",
            newer=_folder(language, year + 1) if year < last else "",
        )
        key = digest(followed, around, year, entries.keys(editions))
        arguments = (entries, followed, around, year, editions)
        yield from _in_each_format(_folder(language, year), key, render_year, arguments)


def _folder(language: str, year: int) -> str:
    return f"/{language}/archive/{year}/"


def _in_each_format(
    folder: str, key: bytes, render: Callable[..., Assembled], arguments: tuple[object, ...]
) -> Iterator[Output]:
    for file in FORMATS:
        path = f"{folder[1:]}{file}"
        yield Output(path, key, Order.FEED, render, (file, *arguments), in_parts=True)


def render_newest(
    press: Press,
    before: Assembled,
    file: str,
    entries: Entries,
    followed: Followed,
    around: Around,
    otherwise: datetime,
    editions: Sequence[Edition],
) -> Assembled:
    """The feed of a listing: its newest entries, as many as fit."""
    shown = fitting(parts_of(press, file, before, entries, editions))
    last = last_updated(editions[: len(shown)], press.site, otherwise)
    return assembled(file, document(press, followed, followed.address, last, around), shown)


def render_former(
    press: Press,
    before: Assembled,
    file: str,
    entries: Entries,
    followed: Followed,
    folder: str,
    slug: str,
    day: date,
    editions: Sequence[Edition],
) -> Assembled:
    """The feed of a slug that was given up on a day."""
    word = moved(press, followed, slug, day)
    key = digest(followed, slug, day)
    last = part(file, key, press.once(key, lambda: written(word)))
    shown = fitting(chain([last], parts_of(press, file, before, entries, editions)))
    news = last_updated(editions[: len(shown) - 1], press.site, word.updated)
    made = document(press, followed, folder, max(word.updated, news))
    return assembled(file, made, shown)


def render_year(
    press: Press,
    before: Assembled,
    file: str,
    entries: Entries,
    followed: Followed,
    around: Around,
    year: int,
    editions: Sequence[Edition],
) -> Assembled:
    """All entries of a year of a language."""
    shown = list(parts_of(press, file, before, entries, editions))
    start = datetime(year, 1, 1, tzinfo=press.site.zone)
    last = last_updated(editions, press.site, start)
    made = document(press, followed, _folder(followed.language, year), last, around)
    return assembled(file, made, shown)


def register() -> None:
    """Pelican's hook for plugins."""
    signal("archive_outputs").connect(outputs)
