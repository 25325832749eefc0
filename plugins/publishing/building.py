"""Builds the site as it is published, before anybody looks at it."""

import sys
from contextlib import redirect_stdout

from pelican import get_instance, parse_arguments
from pelican.log import console
from pelican.log import init as init_logging

from plugins.building.opening import Workplace
from plugins.building.settings import SettingsError
from plugins.model.problem import Faults
from plugins.speaking import Trouble


class NotBuilt(Trouble):
    """The site could not be built; the build itself has said why."""

    def __init__(self) -> None:
        super().__init__("Nothing was built.")


def build(place: Workplace) -> None:
    """Build into the output folder, by Pelican as ever, within this process, which spares the start
    of another. What it says goes to standard error: standard output is for the verb.

    Raises `NotBuilt`, `SettingsError`, and `KeyboardInterrupt`, which Pelican's own `main` would
    swallow.
    """
    arguments = parse_arguments([str(place.content), "-s", str(place.conf), "--fatal", "warnings"])
    init_logging(fatal=arguments.fatal, name="pelican")
    before, console.stderr = console.stderr, True
    try:
        with redirect_stdout(sys.stderr):
            instance, _ = get_instance(arguments)
            instance.run()
    except SettingsError:
        raise
    except Faults:
        raise NotBuilt from None
    except Exception as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        raise NotBuilt from error
    finally:
        console.stderr = before
