"""Settings of the site as it is published: `pelican content -s publishconf.py -o output`."""

from pelicanconf import *  # noqa: F403

SITEURL = "https://www.example.org"  # where the archive is published
CACHE_PATH = ".cache/publish"  # apart from the webmaster's, whose addresses are others
