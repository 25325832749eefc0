"""Says when the site falls due: for whoever builds it by a clock.

Reads the content as a build does, and writes nothing but the ledger.
"""

from rich.console import Console

from plugins.building.opening import Workplace, opened
from plugins.building.report import Report
from plugins.model.due import due
from plugins.model.problem import Faults
from plugins.speaking import speech


def say_when(place: Workplace) -> int:
    """Print the next instant at which what is published changes of itself, in the site's zone
    (ISO 8601); nothing if it never does. Gives the exit code: 1 if the content has faults, which
    are listed as by a build.
    """
    report = Report(Console(stderr=True), speech(place.settings.speech))
    try:
        with opened(place, report) as gathered:
            zone = gathered.archive.site.zone
            instant = due(gathered.notices, place.settings.as_of, zone)
    except Faults as faults:
        report.faults(faults)
        return 1
    if instant:
        print(instant.astimezone(zone).isoformat())
    return 0
