"""Builds the site as it is published, before anybody looks at it."""

import subprocess
import sys
from pathlib import Path


def is_built(conf: str | Path, content: str | Path) -> bool:
    """Build the content with a settings file into its output folder, by Pelican as ever; whether
    that went well. What it says goes to standard error: standard output is for the verb.
    """
    command = [sys.executable, "-m", "pelican", str(content), "-s", str(conf)]
    done = subprocess.run([*command, "--fatal", "warnings"], stdout=sys.stderr, check=False)
    return done.returncode == 0
