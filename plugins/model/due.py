"""When the site falls due: the next instant at which, of itself, what is published changes.

Until then every page is true as it was built. Four things depend on the clock, each with the
code that reads it: what is public (`archive.public`), which of its changes are (the same), where an
event stands (`Event.phase`), and whether a notice is old (`Archive.is_old`). The days of former
slugs (`Term.former`) are printed, never compared with the instant, so nothing falls due on them.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from plugins.model.notice import OLD_AFTER, Edition, Notice, Status, old_since


def due(notices: Iterable[Notice], as_of: datetime, zone: ZoneInfo) -> datetime | None:
    """The first instant after `as_of` at which an output changes; none if none ever does.

    `notices` are all of them, drafts and those to come too, as `archive.public` takes them.
    """
    return min(_to_come(notices, as_of, zone), default=None)


def _to_come(notices: Iterable[Notice], as_of: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """All instants after `as_of` at which something changes; what befalls a notice before it is
    public does not count.
    """
    for notice in notices:
        original = notice.editions[0]
        if original.status is Status.DRAFT:
            continue
        for edition in notice.editions:
            if edition.status is Status.DRAFT:
                continue
            public = max(original.date, edition.date)
            if public > as_of:
                yield public
            if edition.changes or edition.event or edition.date.year + OLD_AFTER >= as_of.year:
                since = max(public, as_of)
                yield from (at for at in _of_edition(edition, zone) if at > since)


def _of_edition(edition: Edition, zone: ZoneInfo) -> Iterator[datetime]:
    yield old_since(edition)
    for change in edition.changes:
        yield change.at
    if event := edition.event:
        yield event.starts.at
        yield event.over_at(zone)
