"""Says what would be noticed if the site were published as it was built: the verb `diff`."""

import sys
from pathlib import Path
from zoneinfo import ZoneInfo

from plugins.building.opening import Workplace, workplace
from plugins.building.settings import SettingsError
from plugins.publishing.building import is_built
from plugins.publishing.diff.changes import diff
from plugins.publishing.diff.promises import broken_promises
from plugins.publishing.diff.published import NOTHING, Published, Read, Unreadable, published
from plugins.publishing.diff.reaching import Unreached, in_folder, reached
from plugins.publishing.diff.telling import as_json, as_text
from plugins.speaking import Speech

FORMATS = ("text", "json")
BROKEN = 2
"""The exit code if a promise would be broken; 1 says that nothing could be compared."""


def compare_at(conf: str | Path, content: str, to: str, url: str, form: str, speech: Speech) -> int:
    """Build with a settings file, and compare with what is published in the folder `to` or at the
    address `url`; gives the exit code.
    """
    try:
        there = reached(to, url)
        if there is None:
            raise Unreached("Name the folder (--to) or the address (--url) of what is published.")
        if form not in FORMATS:
            raise Unreached("The format is {form}. Write text or json.", form=form)
        place = workplace(conf, PATH=content)
    except Unreached as trouble:
        return _failed(trouble.said(speech))
    except SettingsError as error:
        return _failed(str(error))
    if not is_built(conf, content):
        return 1
    return compare(place, there, form, speech, live=url)


def compare(place: Workplace, there: Read, form: str, speech: Speech, *, live: str = "") -> int:
    """Print what changes where `there` reads, in one of `FORMATS`; gives the exit code.

    `live` is the address, if it is one: a site that is live has an `archive.json`.
    """
    try:
        after, before = _both(place, there)
    except (Unreached, Unreadable) as trouble:
        return _failed(trouble.said(speech))
    if before is None and live:
        return _failed(
            speech.text(
                "There is no archive.json at {url}: no archive is published there, or it is at"
                " another address.",
                url=live,
            )
        )
    changes = diff(before or NOTHING, after)
    if form == "json":
        sys.stdout.buffer.write(as_json(changes))
    else:
        print(as_text(changes, ZoneInfo(place.settings.timezone), speech))
    return BROKEN if broken_promises(changes) else 0


def _both(place: Workplace, there: Read) -> tuple[Published, Published | None]:
    after = published(in_folder(place.output))
    if after is None:
        raise Unreached(
            "{folder} holds no site with an archive.json. Build it, with the stage"
            " plugins.outputs.manifest among PLUGINS.",
            folder=place.output,
        )
    return after, published(there, known=after)


def _failed(message: str) -> int:
    print(message, file=sys.stderr)
    return 1
