"""What can be followed: a page for people with every feed and calendar, and OPML for programs.

Reads the archive. Writes `<language>/feeds/index.html` and `<language>/feeds.opml` (OPML 2.0).
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from lxml import etree
from msgspec import Struct

from plugins.model.archive import CATEGORY, TAG, Archive, Listing
from plugins.model.notice import digest
from plugins.model.output import Order, Output, Press, Words
from plugins.model.taxonomy import Term
from plugins.outputs.feeds import jsonfeed
from plugins.outputs.feeds.xml import ATOM_FILE, RSS_FILE
from plugins.outputs.views.frame import COPY, Frame, Link, footer_of, frame, versioned
from plugins.outputs.views.wording import listing_label

FORMATS = {"RSS": RSS_FILE, "Atom": ATOM_FILE, "JSON": jsonfeed.FILE}
"""The feeds beside the page of a listing."""


class Followable(NamedTuple):
    """A listing in a language: its page, how many notices it has, the day of the newest, where
    its calendar is, if it has one.
    """

    name: str
    term: Term | None
    address: str
    notices: int
    last: date | None
    calendar: str


class FeedView(Struct, frozen=True):
    """What can be followed of one listing; `copy` and `calendar` are the absolute addresses to give
    to a reader and to a calendar.
    """

    label: str
    page: str
    count: str
    iso: str
    day: str
    copy: str
    calendar: str
    links: tuple[Link, ...]


class GroupView(Struct, frozen=True):
    """A heading with what can be followed below it."""

    title: str
    feeds: tuple[FeedView, ...]


class FollowingView(Struct, frozen=True):
    """What `following.html` prints."""

    frame: Frame
    title: str
    script: str
    opml: Link
    groups: tuple[GroupView, ...]


def outputs(archive: Archive) -> Iterator[Output]:
    """The page and the OPML of each language."""
    for language in archive.site.languages:
        footer = footer_of(archive, language)
        found = [_followable(listing, language) for listing in archive.listings.values()]
        facts = [(f.name, digest(f.term), f.address, f.notices, f.last, f.calendar) for f in found]
        path = f"{language}/feeds/index.html"
        arguments = (language, found, footer)
        yield Output(path, digest(facts, footer), Order.LISTING, render_page, arguments)
        named = digest([fact[:3] for fact in facts])
        yield Output(f"{language}/feeds.opml", named, Order.FEED, render_opml, (language, found))


def _followable(listing: Listing, language: str) -> Followable:
    editions = listing.shelves[language].editions
    return Followable(
        listing.name,
        listing.term,
        listing.address(language),
        len(editions),
        editions[0].day if editions else None,
        listing.calendar(language),
    )


def _groups(
    language: str, words: Words, found: Sequence[Followable]
) -> list[tuple[str, list[Followable]]]:
    """Whole listings, categories, tags; the latter in the order of the alphabet."""

    def of(name: str) -> list[Followable]:
        mine = [one for one in found if one.name == name]
        return sorted(mine, key=lambda one: words.order(_label(one, language, words)))

    groups = [
        (words.text("All and by kind"), [one for one in found if not one.term]),
        (words.text("Categories"), of(CATEGORY)),
        (words.text("Tags"), of(TAG)),
    ]
    return [(title, feeds) for title, feeds in groups if feeds]


def _label(one: Followable, language: str, words: Words) -> str:
    return listing_label(one.name, one.term, language, words)


def render_page(
    press: Press,
    language: str,
    found: Sequence[Followable],
    footer: tuple[tuple[str, str], ...],
) -> bytes:
    """The page that lists what can be followed."""
    words, site = press.words(language), press.site
    title = words.text("Follow the archive")
    addresses = {other: f"/{other}/feeds/" for other in site.languages}
    view = FollowingView(
        frame=frame(press, language, title, addresses, footer),
        title=title,
        script=versioned(press, COPY, "static/copy.js"),
        opml=Link(words.text("All feeds as one file (OPML)"), site.href(f"/{language}/feeds.opml")),
        groups=tuple(
            GroupView(name, tuple(_feed(press, language, words, one) for one in feeds))
            for name, feeds in _groups(language, words, found)
        ),
    )
    return press.page("following.html", language, view)


def _feed(press: Press, language: str, words: Words, one: Followable) -> FeedView:
    site = press.site
    files = [(name, one.address + file) for name, file in FORMATS.items()]
    calendar = one.calendar if site.has("calendars") else ""
    if calendar:
        files.append((words.text("Calendar"), calendar))
    return FeedView(
        label=_label(one, language, words),
        page=site.href(one.address),
        count=words.count("{number} notice", "{number} notices", one.notices),
        iso=one.last.isoformat() if one.last else "",
        day=words.day(one.last) if one.last else "",
        copy=site.absolute(one.address + RSS_FILE),
        calendar=site.absolute(calendar) if calendar else "",
        links=tuple(Link(name, site.href(address)) for name, address in files),
    )


def render_opml(press: Press, language: str, found: Sequence[Followable]) -> bytes:
    """All feeds of a language for programs (http://opml.org/spec2.opml), in UTF-8."""
    words, site = press.words(language), press.site
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = site.name[language]
    etree.SubElement(head, "ownerName").text = site.publisher[language]
    body = etree.SubElement(root, "body")
    for title, feeds in _groups(language, words, found):
        group = etree.SubElement(body, "outline", text=title)
        for one in feeds:
            label = _label(one, language, words)
            name = f"{label} – {site.name[language]}"
            etree.SubElement(
                group,
                "outline",
                type="rss",
                text=name,
                title=name,
                language=words.tag,
                htmlUrl=site.absolute(one.address),
                xmlUrl=site.absolute(one.address + RSS_FILE),
            )
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8"))
