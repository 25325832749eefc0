"""Settings of the site as it is published: `pelican content -s publishconf.py`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from pelicanconf import *  # noqa: F403 (the line above finds it; all of it is meant)

SITEURL = "https://www.example.org"  # where the archive is published
PUBLISH = {"local": {"kind": "folder", "path": "public", "keep": 5}}  # the first is the default
# Apart from the webmaster's, so that neither build makes the other's work again:
CACHE_PATH, OUTPUT_PATH = ".cache/publish", ".cache/publish/output"
