"""Opens an archive as a build does, for those verbs that want to know it and not to build it."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from msgspec import Struct
from pelican.settings import read_settings

from plugins.building import digests
from plugins.building.gathering import Gathered, Material, collect, gathered_of
from plugins.building.ledger import Ledger, Reader, forget, is_full
from plugins.building.locking import only_one
from plugins.building.report import Report
from plugins.building.settings import Settings, SettingsError, settings_of


class Workplace(Struct, frozen=True):
    """Where a verb works: the folders that a build would read and write, and its settings.

    `publish` is the setting `PUBLISH`, which only targets understand.
    """

    conf: Path
    content: Path
    output: Path
    theme: Path
    settings: Settings
    publish: Any = None


def workplace(conf: str | Path, **given: Any) -> Workplace:
    """What the settings file `conf` says; `given` are settings that are said here instead, such as
    `PATH`, the content folder. Raises `SettingsError`.
    """
    if "PATH" in given and not Path(given["PATH"]).is_dir():
        raise SettingsError(f"There is no content folder {given['PATH']}.")
    pelican = read_settings(str(conf), override=given)
    return Workplace(
        conf=Path(conf).absolute(),
        content=Path(pelican["PATH"]).resolve(),
        output=Path(pelican["OUTPUT_PATH"]).absolute(),
        theme=Path(pelican["THEME"]),
        settings=settings_of(pelican),
        publish=pelican.get("PUBLISH"),
    )


@contextmanager
def opened(place: Workplace, report: Report) -> Iterator[Gathered]:
    """The archive as it is in the content folder; what was read is remembered for the next build.

    Raises `Faults` with every fault of the content.
    """
    with collected(place, report) as (material, _):
        yield gathered_of(material, place.content, place.settings)


@contextmanager
def collected(
    place: Workplace, report: Report
) -> Iterator[tuple[Material, Callable[[bytes], str]]]:
    """What the content folder says, faults and all, and what gives the HTML of a body; what was
    read is remembered for the next build. A ledger that cannot be read is made anew.
    """
    code = digests.of_code("model", "reading")
    with only_one(place.settings.cache, place.output, report):
        for attempt in (1, 2):
            ledger = Ledger(place.settings.cache)
            try:
                material = collect(place.content, place.settings, ledger, code, report)
                break
            except sqlite3.DatabaseError as error:
                if attempt == 2 or is_full(error):
                    raise
                report.say(
                    report.words.text(
                        "The ledger cannot be read ({error}); everything is read anew.", error=error
                    )
                )
                with suppress(sqlite3.DatabaseError):
                    ledger.close()
                forget(place.settings.cache)
        try:
            yield material, Reader(ledger.path).body
        finally:
            ledger.close()
