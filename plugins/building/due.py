"""Says when the site falls due, by the arguments of a build: `python -m plugins.building.due`.

Prints the next instant at which what is published changes of itself, in the site's zone (ISO 8601),
for whoever builds the site by a clock; nothing if it never does. Reads the content as a build does,
and writes nothing but the ledger.
"""

import sys
from pathlib import Path

from pelican import get_config, parse_arguments
from pelican.settings import read_settings
from rich.console import Console

from plugins.building import digests
from plugins.building.gathering import gather
from plugins.building.generator import only_one
from plugins.building.ledger import Ledger
from plugins.building.report import Report
from plugins.building.settings import settings_of
from plugins.model.due import due
from plugins.model.problem import Faults


def main(arguments: list[str]) -> int:
    """The exit code: 1 if the content has faults, which are listed as by a build."""
    given = parse_arguments(arguments)
    pelican = read_settings(given.settings, override=get_config(given))
    settings, report = settings_of(pelican), Report(Console(stderr=True))
    with only_one(settings.cache, Path(pelican["OUTPUT_PATH"]), report):
        ledger = Ledger(settings.cache)
        try:
            code = digests.of_code("model", "reading")
            gathered = gather(Path(pelican["PATH"]).resolve(), settings, ledger, code, report)
        except Faults as faults:
            report.faults(faults)
            return 1
        finally:
            ledger.close()
    zone = gathered.archive.site.zone
    if instant := due(gathered.notices, settings.as_of, zone):
        print(instant.astimezone(zone).isoformat())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
