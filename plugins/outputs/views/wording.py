"""Moments, states and listings in a language's words."""

from collections.abc import Iterable
from datetime import date, datetime

from plugins.model.archive import ALL, BULLETINS, EVENTS
from plugins.model.notice import ChangeKind, Edition, EventStatus, Moment, Phase, Status
from plugins.model.output import Words
from plugins.model.site import Site
from plugins.model.taxonomy import Term

REPEATED = 80
"""Characters by which a summary is known to be the text's own beginning."""


def moment_iso(moment: Moment, site: Site) -> str:
    """A moment for programs: a date, or a time with its offset (ISO 8601)."""
    local = moment.at.astimezone(site.zone)
    return local.date().isoformat() if moment.all_day else local.isoformat(timespec="minutes")


def moment_words(moment: Moment, site: Site, words: Words) -> str:
    """A moment for people: the time of day first, if it has one."""
    return date_words(when(moment, site), words)


def span_words(starts: Moment, ends: Moment | None, site: Site, words: Words) -> str:
    """From when to when; the day is said once if both are on it."""
    return dates_words(when(starts, site), when(ends, site) if ends else None, words)


def when(moment: Moment, site: Site) -> date:
    """A moment as a day, or as a time in the site's zone."""
    local = moment.at.astimezone(site.zone)
    return local.date() if moment.all_day else local


def date_words(at: date, words: Words) -> str:
    """A day, or a time of the site's zone, for people."""
    if not isinstance(at, datetime):
        return words.day(at)
    return words.text("{time}, {day}", time=words.time(at), day=words.day(at.date()))


def dates_words(start: date, end: date | None, words: Words) -> str:
    """From when to when, two days or two times of the site's zone; `end` may be none."""
    if end is None or end == start:
        return date_words(start, words)
    if isinstance(start, datetime) and isinstance(end, datetime) and start.date() == end.date():
        return words.text(
            "{start} to {end}, {day}",
            start=words.time(start),
            end=words.time(end),
            day=words.day(start.date()),
        )
    return words.text(
        "{start} to {end}", start=date_words(start, words), end=date_words(end, words)
    )


def zone_words(words: Words, editions: Iterable[Edition]) -> str:
    """In which zone the times of some events are; nothing if no time is said."""
    timed = [e.event.starts.at for e in editions if e.event and not e.event.starts.all_day]
    return words.zone(timed[0]) if timed else ""


def phase_words(phase: Phase, words: Words) -> str:
    """Where an event stands."""
    return {
        Phase.UPCOMING: words.text("Upcoming"),
        Phase.NOW: words.text("On now"),
        Phase.PAST: words.text("Past event"),
    }[phase]


def status_words(status: EventStatus, words: Words) -> str:
    """What has become of an event; nothing if it is as announced."""
    return {
        EventStatus.SCHEDULED: "",
        EventStatus.POSTPONED: words.text("Postponed"),
        EventStatus.CANCELLED: words.text("Cancelled"),
        EventStatus.MOVED_ONLINE: words.text("Moved online"),
    }[status]


def state_words(edition: Edition, words: Words) -> str:
    """What has become of a notice; nothing if it is as announced."""
    if edition.status is Status.WITHDRAWN:
        return words.text("Withdrawn")
    return status_words(edition.event.status, words) if edition.event else ""


def repeats(summary: str, text: str) -> bool:
    """Whether a summary says no more than the beginning of a text."""
    return text.startswith(summary[:REPEATED].rstrip(" .…"))


def titled(edition: Edition, words: Words) -> str:
    """The title, after a word for what has become of the notice, if nobody should take it as it
    was announced. Who comes at the time of an event that moved online finds it: its title stays.
    """
    state, event = state_words(edition, words), edition.event
    stays = event and event.status is EventStatus.MOVED_ONLINE
    if not state or (stays and edition.status is not Status.WITHDRAWN):
        return edition.title
    return words.text("{name}: {value}", name=state, value=edition.title)


def listing_label(name: str, term: Term | None, language: str, words: Words) -> str:
    """What a listing is called within the site."""
    if term:
        return term.label[language]
    return {
        ALL: words.text("Newest notices"),
        BULLETINS: words.text("Bulletins"),
        EVENTS: words.text("Events"),
    }[name]


def change_words(kind: ChangeKind, words: Words) -> str:
    """What kind of change it was."""
    return {
        ChangeKind.MINOR: words.text("Minor change"),
        ChangeKind.MAJOR: words.text("Updated"),
        ChangeKind.CORRECTION: words.text("Correction"),
        ChangeKind.WITHDRAWN: words.text("Withdrawn"),
    }[kind]


def kind_words(number: str, words: Words) -> str:
    """What kind of document has this number, by the letters before its hyphen, as
    Nghị định 30/2020/NĐ-CP, annex III and Nghị định 34/2016/NĐ-CP give them: `12/2008/TT-BTTTT` is
    a circular. Nothing, if they say nothing.
    """
    letters = number.rpartition("/")[2].partition("-")[0].upper()
    return {
        "NQ": words.text("Resolution"),
        "PL": words.text("Ordinance"),
        "NĐ": words.text("Decree"),
        "QĐ": words.text("Decision"),
        "TT": words.text("Circular"),
        "TTLT": words.text("Joint circular"),
        "CT": words.text("Directive"),
        "TB": words.text("Announcement"),
        "HD": words.text("Guidance"),
        "KH": words.text("Plan"),
        "ĐA": words.text("Scheme"),
        "BC": words.text("Report"),
        "CĐ": words.text("Urgent dispatch"),
    }.get(letters, "")
