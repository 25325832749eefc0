"""Says what a stranger finds in the site as it was built: the verb `audit`."""

import sys

from msgspec import json

from plugins.building.opening import Workplace
from plugins.building.running import build
from plugins.building.workers import without_collection
from plugins.model.inventory import INVENTORY, inventory_of
from plugins.publishing.audit.auditing import audit
from plugins.publishing.audit.brief import brief_of
from plugins.publishing.audit.finding import Finding, told_once
from plugins.speaking import Speech, Trouble

FORMATS = ("text", "json")


@without_collection()
def look(place: Workplace, words: Speech, form: str) -> int:
    """Build, and print every finding in what was built, in one of `FORMATS`; gives the exit code: 1
    if there is a finding. Raises `Trouble`, and `Faults` of the content.
    """
    if form not in FORMATS:
        raise Trouble("The format is {form}. Write text or json.", form=form)
    gathered = build(place)
    inventory = inventory_of((place.output / INVENTORY).read_bytes())
    found = audit(place.output, inventory, brief_of(place, gathered), words)
    return told(told_once(found), len(inventory.files), form, words)


def told(found: list[Finding], files: int, form: str, words: Speech) -> int:
    """Print findings in so many files, in one of `FORMATS`; gives the exit code."""
    if form == "json":
        sys.stdout.buffer.write(json.format(json.encode(found), indent=2) + b"\n")
    else:
        print("\n".join([*map(str, found), *_end(found, files, words)]))
    return 1 if found else 0


def _end(found: list[Finding], files: int, speech: Speech) -> list[str]:
    if found:
        return [speech.count("{number} finding.", "{number} findings.", len(found))]
    return [speech.count("{number} file: no finding.", "{number} files: no finding.", files)]
