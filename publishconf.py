"""Settings of the site as it is published: `pelican content -s publishconf.py -o output`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from pelicanconf import *  # noqa: F403 (the line above finds it; all of it is meant)

SITEURL = "https://www.example.org"  # where the archive is published
PUBLISH = {"local": {"kind": "folder", "path": "public", "keep": 5}}  # the first is the default
CACHE_PATH = ".cache/publish"  # apart from the webmaster's: each remembers its own output
