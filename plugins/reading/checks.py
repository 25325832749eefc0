"""The rules of a notice. A rule's docstring is the rule; `RULES` is the table of them."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from plugins.model.notice import ChangeKind, EventStatus, Kind, Status
from plugins.model.problem import Level, Problem, Said, said

_MARKUP = re.compile(r"\*\*|__|</?[a-z][a-z0-9]*[ />]|\]\(|&#?[a-z0-9]+;")

LONG_TITLE = 120
LONGEST_TITLE = 500
LONGEST_VALUE = 2_000
FATES = (EventStatus.POSTPONED, EventStatus.CANCELLED, EventStatus.MOVED_ONLINE)
EVENT_KEYS = (
    "Starts",
    "Ends",
    "Event_status",
    "Previous_start",
    "Venue",
    "Channels",
    "Organizer",
    "Contact",
    "Register",
    "Register_until",
)


class Case(Struct, frozen=True):
    """An edition under check.

    `lines` says where each key stands, here or in the original; `own` are the values of this file,
    `values` with the inherited ones, `original` those of the original.
    """

    path: str
    lines: Mapping[str, tuple[str, int]]
    own: Mapping[str, Any]
    values: Mapping[str, Any]
    has_body: bool
    is_original: bool
    original: Mapping[str, Any] = {}

    def problem(self, key: str, message: Said, remedy: Said, level: str = Level.FAULT) -> Problem:
        """A problem on the line where `key` stands, or on the first line if it stands nowhere."""
        path, line = self.lines.get(key, (self.path, 1))
        return Problem(path, line, key, message, remedy, level)


def title_is_there(case: Case) -> Iterator[Problem]:
    """Each edition has a title of its own, of 500 characters at most; over 120 is long."""
    title = case.own.get("Title", "")
    if not title and "Title" not in case.lines:
        yield case.problem(
            "Title", said("There is no title."), said("Write “Title: …” in the header.")
        )
    elif len(title) > LONGEST_TITLE:
        yield case.problem(
            "Title",
            said(
                "The title has {number} characters; {most} is the most.",
                number=len(title),
                most=LONGEST_TITLE,
            ),
            said("Write a short title, and the rest in the text."),
        )
    elif len(title) > LONG_TITLE:
        yield case.problem(
            "Title",
            said("The title has {number} characters.", number=len(title)),
            said("Up to {most} are read at a glance.", most=LONG_TITLE),
            Level.ADVICE,
        )


def date_is_there(case: Case) -> Iterator[Problem]:
    """The original has a date; a translation inherits it."""
    if "Date" not in case.values and "Date" not in case.lines:
        yield case.problem(
            "Date",
            said("There is no date, and no edition in another language that has one."),
            said("Write “Date: 2008-03-21 16:44”."),
        )


def translation_is_not_older(case: Case) -> Iterator[Problem]:
    """A translation does not appear before its original."""
    own, original = case.own.get("Date"), case.original.get("Date")
    if own and original and own < original:
        yield case.problem(
            "Date",
            said("The translation is dated before its original."),
            said("Remove the line: a translation inherits the date."),
        )


def text_is_there(case: Case) -> Iterator[Problem]:
    """A notice says something: it has a text or a summary, unless it was withdrawn."""
    if case.has_body or case.own.get("Summary") or case.values.get("Status") == Status.WITHDRAWN:
        return
    yield case.problem(
        "body", said("There is no text."), said("Write the text below a blank line.")
    )


def words_are_short(case: Case) -> Iterator[Problem]:
    """A summary, a change and any other words of the header have 2,000 characters at most."""
    for key, value in case.own.items():
        words = [change.text for change in value] if key == "Changes" else [value]
        if key != "Title" and any(isinstance(w, str) and len(w) > LONGEST_VALUE for w in words):
            yield case.problem(
                key,
                said(
                    "The value has more than {most} characters.",
                    most=LONGEST_VALUE,
                ),
                said("Write it shorter, and the rest in the text."),
            )


def words_are_plain(case: Case) -> Iterator[Problem]:
    """Title and summary are plain text: markup in them would be shown as it is written."""
    for key in ("Title", "Summary"):
        if match := _MARKUP.search(case.own.get(key, "")):
            yield case.problem(
                key,
                said("“{word}” is shown as it is written: this is plain text.", word=match[0]),
                said("Take the markup away."),
                Level.ADVICE,
            )


def event_has_a_start(case: Case) -> Iterator[Problem]:
    """An event has a start, and only an event has the keys of one."""
    if "Kind" in case.lines and "Kind" not in case.values:
        return
    if case.values.get("Kind") == Kind.EVENT:
        if "Starts" not in case.lines and case.is_original:
            yield case.problem(
                "Starts",
                said("An event needs its start."),
                said("Write “Starts: 2008-03-20 08:00”."),
            )
        return
    for key in EVENT_KEYS:
        if key in case.own:
            yield case.problem(
                key,
                said("Only an event has this key."),
                said("Write “Kind: event”, or remove the line."),
            )


def event_ends_after_it_starts(case: Case) -> Iterator[Problem]:
    """An event ends after it starts; both are times, or both are days."""
    starts, ends = case.values.get("Starts"), case.values.get("Ends")
    if not starts or not ends:
        return
    if starts.all_day != ends.all_day:
        yield case.problem(
            "Ends",
            said("One of start and end has a time of day, the other has none."),
            said("Give both a time, or neither."),
        )
    elif ends.at < starts.at or (ends.at == starts.at and not ends.all_day):
        yield case.problem(
            "Ends",
            said("The end is not after the start."),
            said("Write a later time, or remove Ends."),
        )


def fate_of_an_event_is_told(case: Case) -> Iterator[Problem]:
    """What becomes of an event is a major change: only then feeds and calendars tell it."""
    changed = case.own.get("Event_status") in FATES
    told = any(c.kind is not ChangeKind.MINOR for c in case.values.get("Changes", ()))
    if changed and not told and "Changes" not in case.lines:
        yield case.problem(
            "Event_status",
            said("Those who follow the event are not told of it."),
            said("Write in Changes: “2009-11-20 10:00 major: what became of it”."),
            Level.ADVICE,
        )


def previous_start_differs(case: Case) -> Iterator[Problem]:
    """`Previous_start` says when a postponed event was to start, so it is another time."""
    if (before := case.values.get("Previous_start")) and before == case.values.get("Starts"):
        yield case.problem(
            "Previous_start",
            said("It is the same as Starts."),
            said("Write the new time in Starts, the old one here."),
        )


def deadline_is_before_the_end(case: Case) -> Iterator[Problem]:
    """The last moment to take part or to send questions is not after the event."""
    until, ends = case.values.get("Register_until"), case.values.get("Ends")
    if until and ends and not ends.all_day and until.at > ends.at:
        yield case.problem(
            "Register_until",
            said("Nobody can take part after the end."),
            said("Write a time before Ends, or remove the line."),
        )


def withdrawal_has_a_reason(case: Case) -> Iterator[Problem]:
    """A withdrawn notice says when and why, in `Changes`; and the other way round."""
    if any(key in case.lines and key not in case.values for key in ("Status", "Changes")):
        return
    reasons = any(c.kind is ChangeKind.WITHDRAWN for c in case.values.get("Changes", ()))
    withdrawn = case.values.get("Status") == Status.WITHDRAWN
    if withdrawn and not reasons:
        yield case.problem(
            "Changes" if "Changes" in case.own else "Status",
            said("A withdrawn notice must say why."),
            said("Write in Changes: “2009-11-20 10:00 withdrawn: the reason”."),
        )
    elif reasons and not withdrawn:
        yield case.problem(
            "Changes",
            said("A change says “withdrawn”, the status does not."),
            said("Write “Status: withdrawn”, or give the change another kind."),
        )


def picture_has_words(case: Case) -> Iterator[Problem]:
    """A lead picture has a description for those who do not see it, in each language."""
    if "Image" in case.values and "Image_alt" not in case.own:
        yield case.problem(
            "Image_alt",
            said("The lead picture has no description in this language."),
            said("Write in “Image_alt: …” what it shows."),
        )
    for key in ("Image_alt", "Image_caption"):
        if key in case.own and "Image" not in case.values:
            yield case.problem(
                key, said("There is no lead picture."), said("Write “Image: …” or remove it.")
            )


def identity_is_the_original_s(case: Case) -> Iterator[Problem]:
    """A notice has one id, in all its languages: `Id` stands in the original."""
    if "Id" in case.own and not case.is_original:
        yield case.problem(
            "Id", said("A translation has the id of its original."), said("Remove the line.")
        )


def expiry_follows_effect(case: Case) -> Iterator[Problem]:
    """A document expires after it took effect."""
    effective, expires = case.values.get("Effective"), case.values.get("Expires")
    if effective and expires and expires <= effective:
        yield case.problem(
            "Expires",
            said("The document expires before it takes effect."),
            said("Write a later day."),
        )


RULES = (
    title_is_there,
    date_is_there,
    translation_is_not_older,
    text_is_there,
    words_are_short,
    words_are_plain,
    event_has_a_start,
    event_ends_after_it_starts,
    fate_of_an_event_is_told,
    previous_start_differs,
    deadline_is_before_the_end,
    withdrawal_has_a_reason,
    picture_has_words,
    identity_is_the_original_s,
    expiry_follows_effect,
)

PAGE_RULES = (title_is_there, text_is_there, words_are_short, words_are_plain)
