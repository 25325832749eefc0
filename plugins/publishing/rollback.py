"""Goes back to an earlier release: the verb `rollback`."""

import sys
from pathlib import Path
from typing import Any

from pelican.settings import read_settings

from plugins.building.opening import workplace_of
from plugins.building.settings import SettingsError
from plugins.publishing.targets import Trouble
from plugins.publishing.targets.choosing import chosen
from plugins.speaking import Speech


def roll_back(conf: str | Path, target: str, release: str, speech: Speech) -> int:
    """Make `release`, or the one before the public one, public again; gives the exit code."""
    try:
        pelican: dict[str, Any] = read_settings(str(conf))
        found = chosen(target, pelican.get("PUBLISH"), workplace_of(pelican))
        name = found.rollback(release)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 1
    except Trouble as trouble:
        print(trouble.said(speech), file=sys.stderr)
        return 1
    message = "The release {name} is public again at {place}. Mend the content before you publish."
    print(speech.text(message, place=found.place, name=name))
    return 0
