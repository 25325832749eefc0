"""Whether the clock of a build can be right: what is published was not published after now."""

from datetime import datetime

from msgspec import Struct

from plugins.publishing.diff.published import Published


class Behind(Struct, frozen=True):
    """A clock that cannot be right: what it says, and the instant of what was published or told
    last, both to the second in the site's zone; the address of that.
    """

    now: str
    last: str
    address: str


def behind(before: Published, now: datetime) -> Behind | None:
    """How far the clock that says `now` is behind what is published; nothing if it is not."""
    found = ((max(item.published, item.updated), item.address) for item in before.items())
    last, address = max(found, default=("", ""))
    if not last or now >= datetime.fromisoformat(last):
        return None
    local = datetime.fromisoformat(last).astimezone(now.tzinfo)
    return Behind(_said(now), _said(local), address)


def _said(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}"
