"""Calendars (RFC 5545): of all events, of each tag's and category's, and of each event alone.

Reads the archive. Writes `<language>/calendar.ics`, `<listing>/calendar.ics` and, beside the page
of each event and where it was before, `event.ics`. What an event is, `occasions.py` says; this is
how calendars have it:

- An event is one component, the same in every calendar, with the guid of its edition as its UID.
- What is cancelled or withdrawn keeps its place with STATUS:CANCELLED, and with the word in its
  summary. Some programs (Google's) then take it off the day, which is true: nothing takes place;
  others strike it through; for those that do not read STATUS the word stands there.
- DTSTAMP and LAST-MODIFIED are the instant of the last change, not of the build. There is no
  METHOD: PUBLISH would ask for an ORGANIZER (RFC 5546), who needs an e-mail address.
- It takes no time from those who follow (TRANSPARENT): it is announced to them, not agreed on.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from blinker import signal

from plugins.model.archive import EVENTS, Archive
from plugins.model.former import former_folders
from plugins.model.notice import Edition, EventStatus, digest
from plugins.model.output import Order, Output, Press, Words, file_at
from plugins.model.site import Site
from plugins.model.taxonomy import Term
from plugins.outputs.calendars.timezones import vtimezone
from plugins.outputs.views.occasions import Occasion, occasion_of
from plugins.outputs.views.wording import date_words, listing_label

if TYPE_CHECKING:
    import icalendar

PRODUCT = "-//Announcements Archive//Calendars//EN"
REFRESH = timedelta(hours=6)
"""How often programs may ask for a calendar again."""

NO_YEAR = 1970
"""For the time zone of a calendar without events: RFC 5545 wants some component in each."""

_END = b"END:VCALENDAR\r\n"


class Entry(NamedTuple):
    """An event with its category and its tags; `key` digests all of it."""

    key: bytes
    edition: Edition
    terms: tuple[Term, ...]


class Place(NamedTuple):
    """Which calendar: its language, its term (none: all events), its address, its page's."""

    language: str
    term: Term | None
    address: str
    page: str


def outputs(archive: Archive) -> Iterator[Output]:
    """One output for each calendar in each language, and for each event."""
    entries = _entries(archive)
    for listing in archive.listings.values():
        term = digest(listing.term)
        for language in archive.site.languages:
            address = listing.calendar(language)
            if address:
                place = Place(language, listing.term, address, listing.address(language))
                chosen = [entries[edition.source] for edition in listing.shelves[language].events]
                key = digest(term, place.page, b"".join([entry.key for entry in chosen]))
                for path in (address, *(f"{top}calendar.ics" for top in listing.former(language))):
                    yield Output(path[1:], key, Order.FEED, render_calendar, (place, chosen))
    for entry in entries.values():
        edition = entry.edition
        for address in (edition.address, *former_folders(edition)):
            path = file_at(f"{address}event.ics")
            yield Output(path, entry.key, Order.FEED, render_event, (edition, entry))


def _entries(archive: Archive) -> dict[str, Entry]:
    """The public events, by the path of their source."""
    tags, categories = archive.taxonomy.tags, archive.taxonomy.categories
    digests = {id(t): digest(t) for table in (tags, categories) for t in table.values()}
    found = {}
    for siblings in archive.siblings.values():
        for edition in siblings:
            if edition.event:
                terms = [categories[edition.category]] if edition.category else []
                terms += [tags[tag] for tag in edition.tags]
                key = digest(edition.digest, [digests[id(term)] for term in terms])
                found[edition.source] = Entry(key, edition, tuple(terms))
    return found


def render_calendar(press: Press, place: Place, entries: Sequence[Entry]) -> bytes:
    """The events of a listing, newest first by publication."""
    import icalendar

    site, words = press.site, press.words(place.language)
    calendar, language = _calendar(), {"LANGUAGE": words.tag}
    text = icalendar.vText  # what is not in RFC 5545 itself would not be escaped
    title = listing_label(EVENTS, place.term, place.language, words)
    name = f"{title} – {site.name[place.language]}"
    calendar.add("name", text(name), parameters=language)
    calendar.add("x-wr-calname", text(name))
    if place.term and (description := place.term.description[place.language]):
        calendar.add("description", text(description), parameters=language)
        calendar.add("x-wr-caldesc", text(description))
    calendar.add("x-wr-timezone", site.timezone)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", icalendar.vDuration(REFRESH))
    calendar.add("url", site.absolute(place.page))
    calendar.add("source", site.absolute(place.address), parameters={"VALUE": "URI"})
    return _whole(press, calendar, entries)


def render_event(press: Press, _edition: Edition, entry: Entry) -> bytes:
    """One event, to be put into a calendar of one's own: so this calendar has no name.

    The edition itself is among the arguments to say which source a clash of paths comes from.
    """
    return _whole(press, _calendar(), [entry])


def _calendar() -> "icalendar.Calendar":
    import icalendar

    calendar = icalendar.Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    calendar.add("calscale", "GREGORIAN")
    return calendar


def _whole(press: Press, calendar: "icalendar.Calendar", entries: Sequence[Entry]) -> bytes:
    """The calendar with its time zone and its events, which are serialised already."""
    years = [year for entry in entries for year in _years(entry.edition, press.site)] or [NO_YEAR]
    zone = vtimezone(press.site.zone, min(years), max(years))
    events = [_component(press, entry) for entry in entries]
    return b"".join([calendar.to_ical().removesuffix(_END), zone, *events, _END])


def _years(edition: Edition, site: Site) -> Iterator[int]:
    if event := edition.event:
        for moment in (event.starts, event.ends or event.starts):
            yield moment.at.astimezone(site.zone).year


def _component(press: Press, entry: Entry) -> bytes:
    """An event, serialised: it is in half a dozen calendars, and takes long."""

    def made() -> bytes:
        words = press.words(entry.edition.language)
        occasion = occasion_of(press, entry.edition, entry.terms)
        return bytes(_event(occasion, words).to_ical())

    return press.once(b"event" + entry.key, made)


def _event(occasion: Occasion, words: Words) -> "icalendar.Event":
    import icalendar

    own = {"LANGUAGE": occasion.tag}
    event = icalendar.Event()
    event.add("uid", occasion.uid)
    event.add("sequence", occasion.sequence)
    event.add("created", occasion.published.astimezone(UTC))
    event.add("dtstamp", occasion.modified.astimezone(UTC))
    event.add("last-modified", occasion.modified.astimezone(UTC))
    event.add("dtstart", occasion.start)
    if occasion.end:
        event.add("dtend", _first_after(occasion.end))
    event.add("status", _status(occasion))
    event.add("transp", "TRANSPARENT")
    event.add("summary", occasion.title, parameters=own)
    event.add("description", _description(occasion, words), parameters=own)
    event.add("url", occasion.url)
    if occasion.labels:
        event.add("categories", list(occasion.labels), parameters=own)
    place = (occasion.place_field, occasion.place)
    for name, (field, value) in (("location", place), ("contact", ("contact", occasion.contact))):
        if value:
            event.add(name, value, parameters={"LANGUAGE": occasion.tag_of(field)})
    if occasion.organizer and occasion.email:
        named = {"CN": occasion.organizer, "LANGUAGE": occasion.tag_of("organizer")}
        event.add("organizer", icalendar.vCalAddress(f"mailto:{occasion.email}"), parameters=named)
    return event


def _first_after(end: date) -> date:
    """The end of an event as DTEND has it: for days, the day after the last one."""
    return end if isinstance(end, datetime) else end + timedelta(days=1)


def _status(occasion: Occasion) -> str:
    """What is postponed is tentative until its new day is known."""
    if occasion.status is EventStatus.CANCELLED:
        return "CANCELLED"
    is_open = occasion.status is EventStatus.POSTPONED and not occasion.previous_start
    return "TENTATIVE" if is_open else "CONFIRMED"


def _description(occasion: Occasion, words: Words) -> str:
    """All that has no property which programs show, as plain text; and the address, for Google."""
    text, before, until = words.text, occasion.previous_start, occasion.register_until
    facts = (
        (text("Previous date"), date_words(before, words) if before else ""),
        (text("Channels"), _list(occasion.channels)),
        (text("Organiser"), occasion.organizer),
        (text("Contact"), occasion.contact),
        (text("How to take part"), occasion.register.removeprefix("mailto:")),
        (text("Closing date"), date_words(until, words) if until else ""),
    )
    lines = [text("{name}: {value}", name=name, value=value) for name, value in facts if value]
    parts = (occasion.note, occasion.summary, "\n".join(lines), occasion.url)
    return "\n\n".join(part for part in parts if part)


def _list(items: Iterable[str]) -> str:
    return ", ".join(items)


def register() -> None:
    """Pelican's hook for plugins."""
    signal("archive_outputs").connect(outputs)
