"""Says when the site falls due: for whoever builds it by a clock.

Reads the content as a build does, and writes nothing but the ledger.
"""

from rich.console import Console

from plugins.building.opening import Workplace, opened
from plugins.building.report import Report
from plugins.model.due import due
from plugins.speaking import Speech


def say_when(place: Workplace, words: Speech) -> int:
    """Print the next instant at which what is published changes of itself, in the site's zone
    (ISO 8601); nothing if it never does. Raises `Faults` of the content.
    """
    with opened(place, Report(Console(stderr=True), words)) as gathered:
        zone = gathered.archive.site.zone
        instant = due(gathered.notices, place.settings.as_of, zone)
    if instant:
        print(instant.astimezone(zone).isoformat())
    return 0
