"""Runs Pelican as its own command does, within this process: for the verbs that build."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from typing import TextIO

from pelican import get_instance, parse_arguments
from pelican.log import FatalLogger, console
from pelican.log import init as init_logging

from plugins.building.gathering import Gathered
from plugins.building.generator import BUILT
from plugins.building.opening import Workplace
from plugins.building.settings import SettingsError
from plugins.model.problem import Faults
from plugins.speaking import Speech, Trouble


class NotBuilt(Trouble):
    """The site could not be built; the build itself has said why."""

    def __init__(self) -> None:
        super().__init__("Mend this first.")


def build_site(place: Workplace, _words: Speech, output: str) -> int:
    """Build into the folder `output`, by default that of the settings; gives the exit code. Raises
    as `build` does.
    """
    build(place, output, is_all=True)
    return 0


def build(place: Workplace, output: str = "", *, is_all: bool = False) -> Gathered:
    """Build into the output folder, by Pelican as ever; gives what was gathered for it. What it
    says goes to standard error, unless that `is_all` that a verb has to say.

    Raises `NotBuilt`, `SettingsError`, and `KeyboardInterrupt`, which Pelican's own `main` would
    swallow.
    """
    given = [str(place.content), "-s", str(place.conf), "--fatal", "warnings"]
    given += ["-o", output] if output else []
    arguments = parse_arguments([*given, "-e", f'SPEECH="{place.settings.speech}"'])
    built: list[Gathered] = []
    try:
        with (
            _as_pelican_builds(sys.stdout if is_all else sys.stderr),
            BUILT.connected_to(built.append),
        ):
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
def _as_pelican_builds(told: TextIO) -> Iterator[None]:
    """What Pelican's `main` sets up for a build of which no warning is overlooked."""
    before = console.stderr, FatalLogger.fatal_lvl
    init_logging(fatal="warnings", name="pelican")
    console.stderr = told is sys.stderr
    try:
        with redirect_stdout(told):
            yield
    finally:
        console.stderr, FatalLogger.fatal_lvl = before
