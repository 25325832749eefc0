"""Says what would be noticed if the site were published as it was built: the verb `diff`."""

import sys
from zoneinfo import ZoneInfo

from plugins.building.opening import Workplace
from plugins.building.running import build
from plugins.building.workers import without_collection
from plugins.publishing.diff.changes import Changes, diff
from plugins.publishing.diff.promises import broken_promises
from plugins.publishing.diff.published import NOTHING, Read, at_target, published
from plugins.publishing.diff.reaching import in_folder
from plugins.publishing.diff.telling import as_json, as_text
from plugins.publishing.reaching import reached
from plugins.speaking import Speech, Trouble

FORMATS = ("text", "json")
BROKEN = 3
"""The exit code if a promise would be broken."""


@without_collection()
def compare(place: Workplace, words: Speech, to: str, url: str, form: str) -> int:
    """Build, and print what changes at the target `to`, or at the address `url`, in one of
    `FORMATS`; gives the exit code. Raises `Trouble`.
    """
    if form not in FORMATS:
        raise Trouble("The format is {form}. Write text or json.", form=form)
    there = reached(place, to, url)
    build(place)
    changes = compared(place, there, live=url)
    return told(changes, form, ZoneInfo(place.settings.timezone), words)


def told(changes: Changes, form: str, zone: ZoneInfo, words: Speech) -> int:
    """Print changes in one of `FORMATS`; gives the exit code."""
    if form == "json":
        sys.stdout.buffer.write(as_json(changes))
    else:
        print(as_text(changes, zone, words))
    return BROKEN if broken_promises(changes) else 0


def compared(place: Workplace, there: Read, *, live: str = "") -> Changes:
    """What changes where `there` reads if the site is published as it was built. `live` is the
    address, if it is one: a site that is live has an `archive.json`. Raises `Trouble`.
    """
    after = published(in_folder(place.output))
    if after is None:
        raise Trouble(
            "{folder} holds no site with an archive.json. Build it, with the stage"
            " plugins.outputs.manifest among PLUGINS.",
            folder=place.output,
        )
    before = at_target(there, known=after)
    if before is None and live:
        raise Trouble(
            "There is no archive.json at {url}: no archive is published there, or it is at another"
            " address.",
            url=live,
        )
    now = place.settings.as_of.astimezone(ZoneInfo(place.settings.timezone))
    return diff(before or NOTHING, after, now)
