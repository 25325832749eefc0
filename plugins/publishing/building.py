"""Builds the site as it is published, before anybody looks at it."""

import subprocess
import sys
from pathlib import Path

from pelican import get_instance, parse_arguments
from pelican.log import init as init_logging

from plugins.building.settings import SettingsError
from plugins.model.problem import Faults


def is_built(conf: str | Path, content: str | Path) -> bool:
    """Build the content with a settings file into its output folder, by Pelican as ever; whether
    that went well. What it says goes to standard error: standard output is for the verb.
    """
    command = [sys.executable, "-m", "pelican", str(content), "-s", str(conf)]
    done = subprocess.run([*command, "--fatal", "warnings"], stdout=sys.stderr, check=False)
    return done.returncode == 0


def is_built_here(conf: str | Path, content: str | Path) -> bool:
    """Build as `is_built` does, but within this process, which spares the start of another.

    Faults are told by the build itself. Raises `SettingsError`, and `KeyboardInterrupt`, which
    Pelican's own `main` would swallow.
    """
    arguments = parse_arguments([str(content), "-s", str(conf), "--fatal", "warnings"])
    init_logging(fatal=arguments.fatal, name="pelican")
    try:
        instance, _ = get_instance(arguments)
        instance.run()
    except SettingsError:
        raise
    except Faults:
        return False
    except Exception as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return False
    return True
