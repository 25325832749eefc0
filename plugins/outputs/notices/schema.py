"""A notice in schema.org's words: nodes of the graph of its page."""

from collections.abc import Iterator, Sequence

from plugins.model.archive import Attachment
from plugins.model.media import media_type
from plugins.model.notice import ChangeKind, Edition, EventStatus, Moment
from plugins.model.output import Press
from plugins.model.taxonomy import Term
from plugins.outputs.views.graph import Data, known, publisher_id
from plugins.outputs.views.occasions import Occasion, iso
from plugins.outputs.views.wording import moment_iso

NOTICE, EVENT = "#Notice", "#Event"
"""Fragments of the ids of nodes."""


def article(
    press: Press,
    edition: Edition,
    siblings: Sequence[tuple[str, str]],
    category: Term | None,
    tags: Sequence[Term],
    picture: str,
    files: Sequence[Attachment],
) -> Data:
    """An edition (schema.org `NewsArticle`), as its page and the feeds tell it.

    `siblings` are the languages and addresses of the notice, the original first; `picture` is the
    absolute address of the lead picture; `files` are what the text gives to read apart.
    """
    site, language, withdrawal = press.site, edition.language, edition.withdrawal
    url = site.absolute(edition.address)
    document, us = edition.document, {"@id": publisher_id(press, language)}
    issuer = document.issuer if document else ""
    others = siblings[1:] if edition.is_original else siblings[:1]
    return known(
        {
            "@type": "NewsArticle",
            "@id": url + NOTICE,
            "identifier": list(_identifiers(press, edition)),
            "headline": edition.title,
            "description": "" if withdrawal else edition.summary,
            "url": url,
            "mainEntityOfPage": url,
            "inLanguage": press.words(language).tag,
            "datePublished": moment_iso(Moment(edition.date), site),
            "dateModified": moment_iso(Moment(edition.updated), site),
            "author": {"@type": "Organization", "name": issuer} if issuer else us,
            "publisher": us,
            "articleSection": category.label[language] if category else "",
            "keywords": [tag.label[language] for tag in tags],
            "image": [picture] if picture else [],
            "associatedMedia": [_media(press, file) for file in files],
            "about": {"@id": url + EVENT} if edition.event else {},
            "workTranslation" if edition.is_original else "translationOfWork": [
                {"@id": site.absolute(address) + NOTICE} for _, address in others
            ],
            "correction": list(_corrections(press, edition)),
            "creativeWorkStatus": "Withdrawn" if withdrawal else "",
        }
    )


def event_data(occasion: Occasion, picture: str = "") -> Data:
    """The event (schema.org `Event`); `picture` is the absolute address of its lead picture."""
    mode, location = _where(occasion)
    return known(
        {
            "@type": "Event",
            "@id": occasion.url + EVENT,
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
    )


def _identifiers(press: Press, edition: Edition) -> Iterator[object]:
    """The guid of the feeds; the number of the document."""
    yield press.site.guid(edition.id, edition.language)
    if edition.document and edition.document.number:
        yield edition.document.number


def _media(press: Press, file: Attachment) -> Data:
    return {
        "@type": "MediaObject",
        "name": file.path.rpartition("/")[2],
        "contentUrl": press.site.absolute(file.address),
        "encodingFormat": media_type(file.path),
        "contentSize": f"{file.size} B",
    }


def _corrections(press: Press, edition: Edition) -> Iterator[Data]:
    for change in edition.changes:
        if change.kind is ChangeKind.CORRECTION:
            yield {
                "@type": "CorrectionComment",
                "text": change.text,
                "inLanguage": press.words(change.language).tag,
                "datePublished": moment_iso(Moment(change.at), press.site),
            }


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
