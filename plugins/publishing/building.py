"""Builds the site as it is published, before anybody looks at it."""

import sys
from contextlib import redirect_stdout

from pelican import get_instance, parse_arguments
from pelican.log import console
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
    init_logging(fatal=arguments.fatal, name="pelican")
    before, console.stderr = console.stderr, True
    built: list[Gathered] = []
    try:
        with redirect_stdout(sys.stderr), BUILT.connected_to(built.append):
            instance, _ = get_instance(arguments)
            instance.run()
    except (SettingsError, Trouble):
        raise
    except Faults:
        raise NotBuilt from None
    except Exception as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        raise NotBuilt from error
    finally:
        console.stderr = before
    return built[0]
