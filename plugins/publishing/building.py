"""Builds the site as it is published, before anybody looks at it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout

from pelican import get_instance, parse_arguments
from pelican.log import FatalLogger, console
from pelican.log import init as init_logging

from plugins.building.gathering import Gathered
from plugins.building.generator import BUILT
from plugins.building.opening import Workplace
from plugins.building.settings import SettingsError
from plugins.model.problem import Faults
from plugins.speaking import Trouble


class NotBuilt(Trouble):
    """The site could not be built; the build itself has said why."""

    def __init__(self) -> None:
        super().__init__("Nothing was built.")


def build(place: Workplace) -> Gathered:
    """Build into the output folder, by Pelican as ever, within this process, which spares the start
    of another; gives what was gathered for it. What it says goes to standard error: standard output
    is for the verb.

    Raises `NotBuilt`, `SettingsError`, and `KeyboardInterrupt`, which Pelican's own `main` would
    swallow.
    """
    spoken = f'SPEECH="{place.settings.speech}"'
    given = [str(place.content), "-s", str(place.conf), "--fatal", "warnings", "-e", spoken]
    arguments = parse_arguments(given)
    built: list[Gathered] = []
    try:
        with _as_pelican_builds(), BUILT.connected_to(built.append):
            instance, _ = get_instance(arguments)
            instance.run()
    except (SettingsError, Trouble):
        raise
    except Faults:
        raise NotBuilt from None
    except Exception as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        raise NotBuilt from error
    return built[0]


@contextmanager
def _as_pelican_builds() -> Iterator[None]:
    """What Pelican's `main` sets up for a build of which no warning is overlooked."""
    before = console.stderr, FatalLogger.fatal_lvl
    init_logging(fatal="warnings", name="pelican")
    console.stderr = True
    try:
        with redirect_stdout(sys.stderr):
            yield
    finally:
        console.stderr, FatalLogger.fatal_lvl = before
