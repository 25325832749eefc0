"""Tests of `plugins/outputs/views/occasions.py`: the values of an event, for programs."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest

from plugins.model.notice import Change, ChangeKind, Event, EventStatus, Moment, Status
from plugins.outputs.views.occasions import Occasion, iso, occasion_of
from plugins.outputs.views.wording import moment_iso
from tests.model.builders import ZONE, a_day, a_site, a_term, an_edition, an_event, at
from tests.outputs.printing import a_press

SITE = a_site()
MORNING = Moment(at("2008-03-20 08:00"))


def an_occasion(language: str = "vi", terms: Any = (), **changes: Any) -> Occasion:
    """The occasion of an event's edition."""
    return occasion_of(a_press(SITE), an_event(language=language, **changes), terms)


def a_change(kind: ChangeKind, text: str, day: str = "2008-04-01") -> Change:
    """A change at noon."""
    return Change(at(f"{day} 12:00"), kind, text, "vi")


def test_a_bulletin_is_no_occasion() -> None:
    """Whoever asks for the occasion of a bulletin has made a mistake."""
    with pytest.raises(ValueError, match=r"2008/03/hop\.vi\.md is no event"):
        occasion_of(a_press(SITE), an_edition(), ())


def test_it_has_the_id_of_the_feeds_and_the_address_of_the_page() -> None:
    """The guid of the edition, and its absolute address; another in each language."""
    occasions = [an_occasion("vi"), an_occasion("en")]
    assert [o.uid for o in occasions] == [SITE.guid("2008/03/hop", lang) for lang in ("vi", "en")]
    assert [o.url for o in occasions] == [
        "https://example.org/vi/2008/03/hop/",
        "https://example.org/en/2008/03/hop/",
    ]
    assert [o.tag for o in occasions] == ["vi", "en"]


@pytest.mark.parametrize(
    ("starts", "ends", "expected"),
    [
        (
            MORNING,
            Moment(at("2008-03-20 11:30")),
            ("2008-03-20T08:00+07:00", "2008-03-20T11:30+07:00"),
        ),
        (
            Moment(at("2008-03-20 22:00")),  # still 20 March in UTC, and 21 March at its end
            Moment(at("2008-03-21 02:00")),
            ("2008-03-20T22:00+07:00", "2008-03-21T02:00+07:00"),
        ),
        (MORNING, None, ("2008-03-20T08:00+07:00", None)),
        (a_day("2008-03-20"), None, ("2008-03-20", None)),
        (a_day("2008-03-20"), a_day("2008-03-22"), ("2008-03-20", "2008-03-22")),
    ],
)
def test_times_are_those_of_the_site(
    starts: Moment, ends: Moment | None, expected: tuple[str, str | None]
) -> None:
    """Times are in the site's zone, days are days; the last day is itself the end."""
    occasion = an_occasion(event=Event(starts=starts, ends=ends))
    assert (iso(occasion.start), occasion.end and iso(occasion.end)) == expected
    assert iso(occasion.start) == moment_iso(starts, SITE)  # as the page says it
    assert occasion.all_day is starts.all_day
    assert isinstance(occasion.start, datetime) is not starts.all_day
    if isinstance(occasion.start, datetime):
        assert occasion.start.tzinfo == ZONE


@dataclass(frozen=True, kw_only=True)
class Fate:
    """What has become of an event, and what its occasion says of it in English."""

    event: EventStatus = EventStatus.SCHEDULED
    status: Status = Status.PUBLISHED
    changes: tuple[Change, ...] = ()
    state: str = ""
    title: str = "Talk"
    note: str = ""


FATES = {
    "as announced": Fate(),
    "typo": Fate(changes=(a_change(ChangeKind.MINOR, "a typo"),)),
    "updated": Fate(
        changes=(a_change(ChangeKind.MAJOR, "now at 9"), a_change(ChangeKind.MINOR, "a typo")),
        note="Updated: now at 9",
    ),
    "corrected": Fate(
        changes=(a_change(ChangeKind.MAJOR, "9"), a_change(ChangeKind.CORRECTION, "10")),
        note="Correction: 10",
    ),
    "postponed": Fate(
        event=EventStatus.POSTPONED,
        changes=(a_change(ChangeKind.MAJOR, "storm"),),
        state="Postponed",
        title="Postponed: Talk",
        note="Postponed: storm",
    ),
    "cancelled": Fate(
        event=EventStatus.CANCELLED, state="Cancelled", title="Cancelled: Talk", note="Cancelled"
    ),
    "moved online": Fate(  # who looks at the day and the hour comes to the right event
        event=EventStatus.MOVED_ONLINE, state="Moved online", note="Moved online"
    ),
    "withdrawn": Fate(
        event=EventStatus.POSTPONED,
        status=Status.WITHDRAWN,
        changes=(
            a_change(ChangeKind.WITHDRAWN, "no such event"),
            a_change(ChangeKind.MAJOR, "later"),
        ),
        state="Withdrawn",
        title="Withdrawn: Talk",
        note="Withdrawn: no such event",
    ),
}


@pytest.mark.parametrize("fate", FATES.values(), ids=FATES.keys())
def test_what_has_become_of_it(fate: Fate) -> None:
    """The title tells it if nobody should come as announced; the note says it with the reason."""
    occasion = an_occasion(
        "en",
        title="Talk",
        status=fate.status,
        changes=fate.changes,
        event=Event(starts=MORNING, status=fate.event),
    )
    assert (occasion.state, occasion.title, occasion.note) == (fate.state, fate.title, fate.note)
    assert occasion.name == "Talk"
    if fate.status is Status.WITHDRAWN:
        assert (occasion.status, occasion.summary) == (EventStatus.CANCELLED, "")


def test_words_are_those_of_the_language() -> None:
    """The same in Vietnamese: the word, and the labels of category and tags."""
    term = a_term("thue")
    event = Event(starts=MORNING, status=EventStatus.CANCELLED)
    occasion = an_occasion("vi", (term,), title="Hội thảo", event=event)
    assert occasion.title == "Đã hủy: Hội thảo"
    assert occasion.labels == (term.label["vi"],)


def test_changes_are_counted_and_dated() -> None:
    """Each change counts, also a minor one; without any, the publication is the last change."""
    changes = (a_change(ChangeKind.MAJOR, "a"), a_change(ChangeKind.MINOR, "b", "2008-05-01"))
    changed, new = an_occasion(changes=changes), an_occasion()
    assert (changed.sequence, changed.modified) == (2, datetime(2008, 5, 1, 5, tzinfo=UTC))
    assert (new.sequence, new.modified) == (0, new.published)
    assert changed.published == new.published == at("2008-03-21 16:44")


@pytest.mark.parametrize(
    ("organizer", "contact", "email"),
    [
        ("Sở Thông tin", "Phòng A, điện thoại 0299 000 0001", ""),
        ("Sở Thông tin", "Phòng A (phong.a+b@so-tt.example), 0299", "phong.a+b@so-tt.example"),
        ("Sở Thông tin, so@example.org.", "a@example.org", "so@example.org"),
        ("Sở Thông tin", "@phonga", ""),
        ("", "Thư: hop@example.org;", "hop@example.org"),
    ],
)
def test_an_address_for_mail_is_found(organizer: str, contact: str, email: str) -> None:
    """That of the organiser, else that of the contact; a full stop after it is no part of it."""
    event = Event(starts=MORNING, organizer=organizer, contact=contact)
    assert an_occasion(event=event).email == email


def test_words_of_the_original_are_known_as_such() -> None:
    """A translation that inherits its venue says in which language it is."""
    occasion = an_occasion("en", original_language="vi", borrowed=("Venue",))
    assert (occasion.tag_of("venue"), occasion.tag_of("organizer")) == ("vi", "en")


def test_a_date_is_written_as_a_date() -> None:
    """ISO 8601, to the minute."""
    assert iso(date(2008, 3, 20)) == "2008-03-20"
    assert iso(datetime(2008, 3, 20, 8, tzinfo=ZONE)) == "2008-03-20T08:00+07:00"
