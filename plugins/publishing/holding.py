"""What is held back: editions and changes that are dated later than the clock of the build.

A withdrawal that was written by a clock that is fast does nothing until then; so it is told.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from plugins.model.notice import Notice
from plugins.publishing.diff.telling import listed
from plugins.publishing.status import Scheduled, scheduled
from plugins.speaking import Speech


def held_back(
    notices: Iterable[Notice], as_of: datetime, zone: ZoneInfo, words: Speech
) -> Iterator[str]:
    """Lines that tell it, withdrawals first, then the soonest; none if nothing is held back."""
    found = sorted(scheduled(notices, as_of), key=lambda one: (not one.is_withdrawal, one.at))
    if not found:
        return

    def line(one: Scheduled) -> str:
        said = words.text("withdrawn: {reason}", reason=one.change)
        change = said if one.is_withdrawal else one.change
        parts = (_at(one.at, zone), one.edition.source, one.edition.title, change)
        return "  ".join(filter(None, parts))

    message = "Held back, for it is dated later than now, which is {now} by this clock: {number}"
    yield ""
    yield words.count(message, message, len(found), now=_at(as_of, zone))
    yield from listed(found, line, words)


def _at(instant: datetime, zone: ZoneInfo) -> str:
    return instant.astimezone(zone).strftime("%Y-%m-%d %H:%M")
