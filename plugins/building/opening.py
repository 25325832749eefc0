"""Opens an archive as a build does, for those verbs that want to know it and not to build it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from msgspec import Struct
from pelican.settings import read_settings

from plugins.building import digests
from plugins.building.gathering import Gathered, gather
from plugins.building.ledger import Ledger
from plugins.building.locking import only_one
from plugins.building.report import Report
from plugins.building.settings import Settings, SettingsError, settings_of


class Workplace(Struct, frozen=True):
    """Where a verb works: the folders that a build would read and write, and its settings."""

    content: Path
    output: Path
    theme: Path
    settings: Settings


def workplace(conf: str | Path, **given: Any) -> Workplace:
    """What the settings file `conf` says; `given` are settings that are said here instead, such as
    `PATH`, the content folder. Raises `SettingsError`.
    """
    pelican = read_settings(str(conf), override=given)
    if not Path(pelican["PATH"]).is_dir():
        raise SettingsError(f"There is no content folder {pelican['PATH']}.")
    return Workplace(
        content=Path(pelican["PATH"]).resolve(),
        output=Path(pelican["OUTPUT_PATH"]).absolute(),
        theme=Path(pelican["THEME"]),
        settings=settings_of(pelican),
    )


@contextmanager
def opened(place: Workplace, report: Report) -> Iterator[Gathered]:
    """The archive as it is in the content folder; what was read is remembered for the next build.

    Raises `Faults` with every fault of the content.
    """
    with only_one(place.settings.cache, place.output, report):
        ledger = Ledger(place.settings.cache)
        try:
            code = digests.of_code("model", "reading")
            yield gather(place.content, place.settings, ledger, code, report)
        finally:
            ledger.close()
