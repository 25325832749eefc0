"""Where a webmaster says that the site is published: at a target, or at its live address."""

from plugins.building.opening import Workplace
from plugins.publishing.diff.published import Read
from plugins.publishing.diff.reaching import at_address
from plugins.publishing.targets.choosing import chosen
from plugins.speaking import Trouble


def reached(place: Workplace, to: str, url: str) -> Read:
    """Reads what is published: at the address `url`, or at the target `to` of `PUBLISH`, by default
    the first. Raises `SettingsError`, `Trouble`.
    """
    if to and url:
        raise Trouble("Name either a target (--to) or an address (--url), not both.")
    return at_address(url) if url else chosen(place, to).read
