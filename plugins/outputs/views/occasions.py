"""Occasions: what an event is, for programs; the one source of calendars, JSON-LD, feeds, JSON.

`occasion_of(press, edition, terms)` settles every fact of an event that is not for the eye: what
its page says in words (see `invitations.py`), an occasion says in values. Renderings add nothing.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime

from msgspec import Struct

from plugins.model.notice import Edition, EventStatus, Status
from plugins.model.output import Press, Words
from plugins.model.taxonomy import Term
from plugins.outputs.views.wording import change_words, state_words, titled, when

_EMAIL = re.compile(r"[\w.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", re.ASCII)


class Occasion(Struct, frozen=True, kw_only=True):
    """An event in one language.

    `uid` is the guid of the edition (RFC 4151), which feeds give it too. `name` is its title;
    `title` begins with what has become of it, if nobody should come as was announced. `state` is
    that in a word, `note` in a sentence with the reason, of its last change that subscribers are
    told; both may be empty.

    `start`, `end`, `previous_start` and `register_until`, the last moment to take part or to send
    questions, are datetimes in the site's zone, or dates: `end` is then the last day itself.
    `email` is that of the organiser, as far as organiser or contact give one. `labels` are those of
    the category and the tags. `sequence` counts the changes; `modified` is the instant of the last
    one, `published` that of the first publication. `tag` is the language
    (BCP 47), `original_tag` that of the fields in `borrowed`, whose words are the original's.
    """

    uid: str
    url: str
    name: str
    title: str
    summary: str
    start: date
    end: date | None
    all_day: bool
    previous_start: date | None
    status: EventStatus
    state: str
    note: str
    venue: str
    channels: tuple[str, ...]
    organizer: str
    contact: str
    email: str
    register: str
    register_until: date | None
    labels: tuple[str, ...]
    sequence: int
    published: datetime
    modified: datetime
    tag: str
    original_tag: str
    borrowed: tuple[str, ...]

    @property
    def place_field(self) -> str:
        """Which field says where it is: `venue`, or `channels` if there is no venue."""
        return "venue" if self.venue else "channels"

    @property
    def place(self) -> str:
        """Where it is, in one line."""
        return self.venue or ", ".join(self.channels)

    def tag_of(self, field: str) -> str:
        """The language (BCP 47) of a field's words, such as `venue`."""
        return self.original_tag if field in self.borrowed else self.tag


def occasion_of(press: Press, edition: Edition, terms: Iterable[Term]) -> Occasion:
    """The occasion that an event's edition announces; `terms` are its category and its tags.

    Raises ValueError for an edition that announces none.
    """
    event, site, words = edition.event, press.site, press.words(edition.language)
    if event is None:
        raise ValueError(f"{edition.source} is no event.")
    withdrawn = edition.status is Status.WITHDRAWN
    state = state_words(edition, words)
    email = _EMAIL.search(f"{event.organizer} {event.contact}")
    return Occasion(
        uid=site.guid(edition.id, edition.language),
        url=site.absolute(edition.address),
        name=edition.title,
        title=titled(edition, words),
        summary="" if withdrawn else edition.summary,
        start=when(event.starts, site),
        end=when(event.ends, site) if event.ends else None,
        all_day=event.starts.all_day,
        previous_start=when(event.previous_start, site) if event.previous_start else None,
        status=EventStatus.CANCELLED if withdrawn else event.status,
        state=state,
        note=_note(words, edition, state),
        venue=event.venue,
        channels=event.channels,
        organizer=event.organizer,
        contact=event.contact,
        email=email[0] if email else "",
        register=event.register,
        register_until=when(event.register_until, site) if event.register_until else None,
        labels=tuple(term.label[edition.language] for term in terms),
        sequence=len(edition.changes),
        published=edition.date,
        modified=max([edition.date, *(change.at for change in edition.changes)]),
        tag=words.tag,
        original_tag=press.words(edition.original_language or edition.language).tag,
        borrowed=tuple(key.lower() for key in edition.borrowed),
    )


def iso(when: date) -> str:
    """A date, or a time with its offset, for programs (ISO 8601)."""
    return when.isoformat(timespec="minutes") if isinstance(when, datetime) else when.isoformat()


def _note(words: Words, edition: Edition, state: str) -> str:
    """What has become of an event and why, in the words of its last change that is told."""
    withdrawal = edition.withdrawal
    told = [withdrawal] if withdrawal else edition.major_changes
    if not told:
        return state
    return _named(words, state or change_words(told[-1].kind, words), told[-1].text)


def _named(words: Words, name: str, value: str) -> str:
    return words.text("{name}: {value}", name=name, value=value)
