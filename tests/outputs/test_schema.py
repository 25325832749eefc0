"""Tests of `plugins/outputs/schema.py`: an event as search engines read it."""

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup

from plugins.model.notice import Event, EventStatus, Moment, Status
from plugins.outputs.occasions import occasion_of
from plugins.outputs.schema import event_data, graph
from tests.model.builders import a_site, an_event, at
from tests.outputs.printing import a_press

SCHEMA = "https://schema.org/"
MORNING = Moment(at("2008-03-20 08:00"))
BEFORE = Moment(at("2008-03-01 08:00"))
HOSTILE = '</script><script>alert(1)</script><!-- ]]> & “nguyên văn” \\ " \u2028 𝒳'


def data_of(picture: str = "", **changes: Any) -> dict[str, Any]:
    """What programs are told of an event."""
    edition = an_event(**changes)
    return event_data(occasion_of(a_press(a_site()), edition, ()), picture)


@pytest.mark.parametrize(
    ("status", "previous", "notice", "expected"),
    [
        (EventStatus.SCHEDULED, None, Status.PUBLISHED, "EventScheduled"),
        (EventStatus.POSTPONED, None, Status.PUBLISHED, "EventPostponed"),
        (EventStatus.POSTPONED, BEFORE, Status.PUBLISHED, "EventRescheduled"),
        (EventStatus.CANCELLED, None, Status.PUBLISHED, "EventCancelled"),
        (EventStatus.MOVED_ONLINE, None, Status.PUBLISHED, "EventMovedOnline"),
        (EventStatus.SCHEDULED, None, Status.WITHDRAWN, "EventCancelled"),
    ],
)
def test_status(
    status: EventStatus, previous: Moment | None, notice: Status, expected: str
) -> None:
    """Each state has its word; the name of the event stays its name."""
    event = Event(starts=MORNING, status=status, previous_start=previous)
    data = data_of(event=event, status=notice, title="Hội thảo")
    assert data["eventStatus"] == SCHEMA + expected
    assert data["name"] == "Hội thảo"
    assert data.get("previousStartDate") == (previous and "2008-03-01T08:00+07:00")


@pytest.mark.parametrize(
    ("venue", "channels", "status", "mode", "places"),
    [
        ("Hội trường", (), EventStatus.SCHEDULED, "Offline", {"Place": ["Hội trường"]}),
        ("", ("VOV", "TV"), EventStatus.SCHEDULED, "Online", {"VirtualLocation": ["VOV", "TV"]}),
        (
            "Hội trường",
            ("VTV1",),
            EventStatus.SCHEDULED,
            "Mixed",
            {"Place": ["Hội trường"], "VirtualLocation": ["VTV1"]},
        ),
        (
            "Phòng họp trực tuyến",
            ("hop.example",),
            EventStatus.MOVED_ONLINE,
            "Online",
            {"VirtualLocation": ["Phòng họp trực tuyến", "hop.example"]},
        ),
        ("", (), EventStatus.SCHEDULED, "", {}),
    ],
)
def test_where(
    venue: str, channels: tuple[str, ...], status: EventStatus, mode: str, places: Any
) -> None:
    """A venue is a place, a channel is none; what moved online takes place in no room."""
    event = Event(starts=MORNING, venue=venue, channels=channels, status=status)
    data = data_of(event=event)
    said = data.get("location", [])
    found: dict[str, list[str]] = {}
    for place in said if isinstance(said, list) else [said]:
        found.setdefault(place["@type"], []).append(place["name"])
    assert found == places
    expected = f"{SCHEMA}{mode}EventAttendanceMode" if mode else None
    assert data.get("eventAttendanceMode") == expected


def test_what_is_not_known_is_not_said() -> None:
    """No member is empty: neither end nor organiser nor picture is made up."""
    data = data_of()
    assert {"endDate", "organizer", "image", "previousStartDate", "location"} & data.keys() == set()
    assert all(data.values())
    assert data_of("https://example.org/a.png")["image"] == ["https://example.org/a.png"]


def test_an_organiser_has_an_address_for_mail_if_one_is_given() -> None:
    """With or without an address the organiser is an organisation with a name."""
    event = Event(starts=MORNING, organizer="Sở Thông tin", contact="so@example.org")
    assert data_of(event=event)["organizer"] == {
        "@type": "Organization",
        "name": "Sở Thông tin",
        "email": "so@example.org",
    }


def test_nothing_closes_the_script() -> None:
    """Whatever a title holds, the element ends where it is to end, and says it exactly."""
    page = BeautifulSoup(f"<head>{script(data_of(title=HOSTILE))}</head><body><p>x", "html5lib")
    [element] = page("script")
    assert json.loads(str(element.string))["name"] == HOSTILE
    assert page.body.get_text() == "x"
