"""Says what a stranger finds in the site as it was built: the verb `audit`."""

import sys
from pathlib import Path

from msgspec import json
from rich.console import Console

from plugins.building.opening import Workplace, opened, workplace
from plugins.building.report import Report
from plugins.building.settings import SettingsError
from plugins.model.inventory import INVENTORY, inventory_of
from plugins.model.problem import Faults
from plugins.publishing.audit.auditing import audit
from plugins.publishing.audit.brief import brief_of
from plugins.publishing.audit.finding import Finding
from plugins.publishing.building import is_built
from plugins.publishing.diff.published import Unreadable
from plugins.publishing.diff.reaching import Unreached
from plugins.speaking import Speech

FORMATS = ("text", "json")


def look_at(conf: str | Path, content: str, form: str, speech: Speech) -> int:
    """Build with a settings file, and look at what was built; gives the exit code."""
    if form not in FORMATS:
        return _failed(speech.text("The format is {form}. Write text or json.", form=form))
    try:
        place = workplace(conf, PATH=content)
    except SettingsError as error:
        return _failed(str(error))
    return look(place, form, speech) if is_built(conf, content) else 1


def look(place: Workplace, form: str, speech: Speech) -> int:
    """Print every finding in the output folder, in one of `FORMATS`; gives the exit code.

    That is 1 if there is a finding, or no site that can be audited.
    """
    report = Report(Console(stderr=True))
    try:
        inventory = inventory_of((place.output / INVENTORY).read_bytes())
        with opened(place, report) as gathered:
            brief = brief_of(place, gathered)
        found = audit(place.output, inventory, brief, speech)
    except Faults as faults:
        report.faults(faults)
        return 1
    except (Unreached, Unreadable) as trouble:
        return _failed(trouble.said(speech))
    except (OSError, ValueError):
        message = "{folder} holds no site, or one that nobody knows of. Build it."
        return _failed(speech.text(message, folder=place.output))
    if form == "json":
        sys.stdout.buffer.write(json.format(json.encode(found), indent=2) + b"\n")
    else:
        print("\n".join([*map(str, found), *_end(found, len(inventory.files), speech)]))
    return 1 if found else 0


def _failed(message: str) -> int:
    print(message, file=sys.stderr)
    return 1


def _end(found: list[Finding], files: int, speech: Speech) -> list[str]:
    if found:
        return [speech.count("{number} finding.", "{number} findings.", len(found))]
    return [speech.count("{number} file: no finding.", "{number} files: no finding.", files)]
