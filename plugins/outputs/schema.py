"""An event in schema.org's words: JSON-LD, for search engines and others who read by program."""

import json

from markupsafe import Markup

from plugins.model.notice import EventStatus
from plugins.outputs.occasions import Occasion, iso

Data = dict[str, object]

_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"}
"""What could end a script element, or begin another, in JSON's own escapes."""


def event_data(occasion: Occasion, picture: str = "") -> Data:
    """The event (schema.org `Event`); `picture` is the absolute address of its lead picture."""
    mode, location = _where(occasion)
    data: Data = {
        "@context": "https://schema.org",
        "@type": "Event",
        "identifier": occasion.uid,
        "name": occasion.name,
        "description": occasion.summary,
        "startDate": iso(occasion.start),
        "endDate": iso(occasion.end) if occasion.end else "",
        "previousStartDate": iso(occasion.previous_start) if occasion.previous_start else "",
        "eventStatus": f"https://schema.org/{_status(occasion)}",
        "eventAttendanceMode": f"https://schema.org/{mode}" if mode else "",
        "location": location[0] if len(location) == 1 else location,
        "organizer": _organizer(occasion),
        "keywords": list(occasion.labels),
        "url": occasion.url,
        "inLanguage": occasion.tag,
        "image": [picture] if picture else [],
    }
    return {name: value for name, value in data.items() if value}


def script(data: Data) -> Markup:
    """The element that holds data on a page. Nothing in them can end it."""
    text = json.dumps(data, ensure_ascii=False).translate(_ESCAPES)
    return Markup(f'<script type="application/ld+json">{text}</script>')  # noqa: S704 (escaped)


def _status(occasion: Occasion) -> str:
    """An `EventStatusType`: what is postponed to a known day is rescheduled."""
    if occasion.status is EventStatus.POSTPONED and occasion.previous_start:
        return "EventRescheduled"
    return {
        EventStatus.SCHEDULED: "EventScheduled",
        EventStatus.POSTPONED: "EventPostponed",
        EventStatus.CANCELLED: "EventCancelled",
        EventStatus.MOVED_ONLINE: "EventMovedOnline",
    }[occasion.status]


def _where(occasion: Occasion) -> tuple[str, list[Data]]:
    """How one takes part, and at which places: a room, channels, or both."""
    rooms = [occasion.venue] if occasion.venue else []
    virtual = list(occasion.channels)
    if occasion.status is EventStatus.MOVED_ONLINE:
        rooms, virtual = [], rooms + virtual
    modes = {
        (True, False): "OfflineEventAttendanceMode",
        (False, True): "OnlineEventAttendanceMode",
        (True, True): "MixedEventAttendanceMode",
        (False, False): "",
    }
    places: list[Data] = [{"@type": "Place", "name": room, "address": room} for room in rooms]
    places += [
        {"@type": "VirtualLocation", "name": channel, "url": _address(channel) or occasion.url}
        for channel in virtual
    ]
    return modes[bool(rooms), bool(virtual)], places


def _address(channel: str) -> str:
    """A channel that is an address itself."""
    return channel if channel.startswith(("https://", "http://")) else ""


def _organizer(occasion: Occasion) -> Data:
    if not occasion.organizer:
        return {}
    organizer: Data = {"@type": "Organization", "name": occasion.organizer}
    return organizer | ({"email": occasion.email} if occasion.email else {})
