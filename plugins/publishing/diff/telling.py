"""Changes in words: counts first, then names, titles, addresses; or JSON for programs."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import msgspec

from plugins.model.archive import ALL, BULLETINS, CATEGORY, EVENTS, TAG
from plugins.publishing.diff.addresses import Kind, Lost
from plugins.publishing.diff.changes import Changes, Sizes
from plugins.publishing.diff.events import Event
from plugins.publishing.diff.feeds import Entry, Followed
from plugins.publishing.diff.pages import Changed, Page
from plugins.publishing.diff.promises import Promise, broken_promises
from plugins.speaking import Speech

T = TypeVar("T")

SHOWN = 10
"""Lines below a heading."""

_LISTS = {
    ALL: "All notices",
    BULLETINS: "Bulletins",
    EVENTS: "Events",
    CATEGORY: "Category “{label}”",
    TAG: "Tag “{label}”",
}

_WAYS = {
    "withdrawn": "withdrawn",
    "published again": "published again",
    "moved": "moved from {was_at}",
    "title": "title, before: “{was_titled}”",
    "date": "date",
    "told again": "told to subscribers again",
    "event": "time or state of the event",
    "category or tags": "category or tags",
    "translations": "translations",
    "text": "text, facts or files",
}

_KINDS = {
    Kind.PAGE: "page",
    Kind.FILE: "attachment",
    Kind.FEED: "feed",
    Kind.CALENDAR: "calendar",
    Kind.TIME: "page of a month or a year",
}


def as_text(changes: Changes, zone: ZoneInfo, speech: Speech) -> str:
    """What a webmaster reads at a glance, in lines."""
    if changes.is_none:
        return speech.text("Nothing changes: what is published is what was built.")
    if changes.is_first:
        return "\n".join(_counts(changes, speech))
    return "\n".join(
        [
            *_counts(changes, speech),
            *broken(broken_promises(changes), speech),
            *_pages(changes, speech),
            *_feeds(changes, speech),
            *_events(changes, zone, speech),
        ]
    )


def as_json(changes: Changes) -> bytes:
    """The changes as they are, and the promises that break (`promises`)."""
    value: dict[str, Any] = msgspec.to_builtins(changes)
    value["promises"] = msgspec.to_builtins(broken_promises(changes))
    return msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"


def summary(changes: Changes, speech: Speech) -> str:
    """How many pages are new, other and gone."""
    pages = changes.pages
    return speech.text(
        "Pages of notices and standing pages: {new} new, {changed} changed, {gone} gone.",
        new=f"{len(pages.new):,}",
        changed=f"{len(pages.changed):,}",
        gone=f"{len(pages.gone):,}",
    )


def listed(items: Sequence[T], line: Callable[[T], str], speech: Speech) -> Iterator[str]:
    """Some of the items, a line each, and how many there are besides."""
    for item in items[:SHOWN]:
        yield f"  {line(item)}"
    if len(items) > SHOWN:
        number = len(items) - SHOWN
        yield f"  {speech.count('and {number} more', 'and {number} more', number)}"


def _counts(changes: Changes, speech: Speech) -> Iterator[str]:
    if changes.is_first:
        yield speech.text("Nothing was published here yet; all of it is new.")
    yield summary(changes, speech)
    if files := changes.files:
        yield speech.text(
            "Files: {new} new, {changed} changed, {gone} gone.",
            new=f"{files.new:,}",
            changed=f"{files.changed:,}",
            gone=f"{files.gone:,}",
        )
    yield _sizes(changes.notices, "Notices: {after} (before: {before}).", speech)
    yield _sizes(changes.editions, "In all languages: {after} (before: {before}).", speech)
    if changes.search:
        yield _sizes(changes.search, "Search index: {after} bytes (before: {before}).", speech)


def _sizes(sizes: Sizes, message: str, speech: Speech) -> str:
    return speech.text(message, after=f"{sizes.after:,}", before=f"{sizes.before:,}")


def _headed(heading: str, lines: Iterable[str]) -> list[str]:
    """Lines below a heading, with an empty line before; nothing without lines."""
    found = list(lines)
    return ["", heading, *found] if found else []


def broken(promises: Sequence[Promise], speech: Speech) -> Iterator[str]:
    """What would happen, what to do instead, and what it concerns."""
    for promise in promises:
        said = speech.text("Broken promise ({name}):", name=promise.name)
        lines = listed(promise.concerns, str, speech)
        yield from _headed(f"{said} {promise.said(speech)} {promise.remedy(speech)}", lines)


def _pages(changes: Changes, speech: Speech) -> Iterator[str]:
    def changed(one: Changed) -> str:
        ways = (_way(way, one, speech) for way in one.ways)
        return f"{_page(one.page)}: {', '.join(ways)}"

    pages = changes.pages
    yield from _headed(speech.text("New pages:"), listed(pages.new, _page, speech))
    yield from _headed(speech.text("Changed pages:"), listed(pages.changed, changed, speech))
    yield from _headed(speech.text("Pages that are gone:"), listed(pages.gone, _page, speech))
    heading = speech.text("Addresses that lead nowhere any more:")
    yield from _headed(heading, listed(changes.lost, lambda one: _lost(one, speech), speech))


def _page(page: Page) -> str:
    return f"{page.title}  {page.address}"


def _way(way: str, one: Changed, speech: Speech) -> str:
    return speech.text(_WAYS[way], was_at=one.was_at, was_titled=one.was_titled)


def _lost(one: Lost, speech: Speech) -> str:
    title = f" “{one.title}”" if one.title else ""
    return f"{one.address}  ({speech.text(_KINDS[Kind(one.kind)])}{title})"


def _feeds(changes: Changes, speech: Speech) -> Iterator[str]:
    def line(feed: Followed) -> str:
        return f"{feed.address}  {_listing(feed, speech)}: {_told(feed, speech)}"

    yield from _headed(speech.text("Feeds:"), listed(changes.feeds, line, speech))
    for message, way in (
        ("Shown to subscribers as unread again:", "again"),
        ("Changed in feeds without a word to subscribers:", "silent"),
        ("No more in a feed:", "dropped"),
    ):
        entries: set[Entry] = {entry for feed in changes.feeds for entry in getattr(feed, way)}
        yield from _headed(speech.text(message), listed(sorted(entries), _entry, speech))


def _listing(feed: Followed, speech: Speech) -> str:
    return f"{speech.text(_LISTS[feed.name], label=feed.label)} ({feed.language})"


def _told(feed: Followed, speech: Speech) -> str:
    """What a feed tells, in numbers; ways of which there are none are left out."""
    if feed.is_new:
        return speech.count("new, {number} entry", "new, {number} entries", len(feed.new))
    numbers = {
        "{number} new": feed.new,
        "{number} unread again": feed.again,
        "{number} changed silently": feed.silent,
        "{number} dropped": feed.dropped,
    }
    return ", ".join(speech.count(way, way, len(some)) for way, some in numbers.items() if some)


def _entry(entry: Entry) -> str:
    return f"{entry.title}  {entry.address}"


def _events(changes: Changes, zone: ZoneInfo, speech: Speech) -> Iterator[str]:
    def line(event: Event) -> str:
        before = speech.text(" (before: {time})", time=_time(event.started, zone))
        then = before if event.started else ""
        return f"{_time(event.starts, zone)}  {event.title}  {event.address}{then}"

    events = changes.events
    for message, found in (
        ("New in calendars:", events.new),
        ("Changed in calendars:", events.changed),
        ("Cancelled or withdrawn in calendars:", events.cancelled),
        ("Gone from calendars without a word:", events.gone),
    ):
        yield from _headed(speech.text(message), listed(found, line, speech))


def _time(moment: str, zone: ZoneInfo) -> str:
    """An instant or a day of the manifest, in the site's zone."""
    if len(moment) <= len("2008-03-21"):
        return moment
    return datetime.fromisoformat(moment).astimezone(zone).strftime("%Y-%m-%d %H:%M")
