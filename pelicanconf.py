"""Settings of the site on a webmaster's machine; PLUGINS is the pipeline, in order."""

import sys
from importlib import import_module
from pathlib import Path

from jinja2 import StrictUndefined

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from plugins.reading.values import slugify  # noqa: E402 (the line above finds it)

PLUGINS = [
    "plugins.building.generator",
    "plugins.outputs.search",  # the first: one part is made while the rest is planned
    "plugins.outputs.assets",
    "plugins.outputs.pictures",
    "plugins.outputs.notices",
    "plugins.outputs.pages",
    "plugins.outputs.home",
    "plugins.outputs.listings",
    "plugins.outputs.sitemap",
    "plugins.outputs.feeds",
    "plugins.outputs.calendars",
    "plugins.outputs.embeds",
    "plugins.outputs.manifest",
    "plugins.outputs.redirects",
    "plugins.outputs.hosting",
]
for name in PLUGINS:
    import_module(name)  # Pelican would only log that it cannot, and build without

# The archive
LANGUAGES = ["vi", "en"]  # the first is the default
TAG_AUTHORITY = "example.org"  # in the ids of all entries of all feeds: never change it
AS_OF = None  # an ISO instant; None is now
WORKERS = None  # processes; None is one a core
LATEST = 30  # notices that a listing shows before its years
FEED_MAX_ITEMS = 50
LARGEST_PAGE = 500_000  # bytes of HTML, that the audit lets pass: some seconds on a slow telephone
LARGEST_FILE = 25 * 1024 * 1024  # bytes of any other file; some hosts take none that is larger
SPEECH = "en"  # the language in which verbs and builds speak to you; `--lang` says another one
WEBSUB_HUB = ""  # the address of a hub that tells subscribers at once (W3C WebSub), if there is one

# Pelican
SITENAME = "Lưu trữ thông báo"
SITEURL = "http://localhost:8000"
TIMEZONE = "Asia/Ho_Chi_Minh"
DEFAULT_LANG = "vi"
PATH = "content"
OUTPUT_PATH = "output"
CACHE_PATH = ".cache"
THEME = "theme"
MARKDOWN = {
    "extensions": [
        "markdown.extensions.extra",
        "markdown.extensions.sane_lists",
        "markdown.extensions.toc",
    ],
    "extension_configs": {
        "markdown.extensions.footnotes": {"BACKLINK_TITLE": "↩ {}"},
        "markdown.extensions.toc": {"slugify": slugify},
    },
}
JINJA_ENVIRONMENT = {
    "autoescape": True,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "undefined": StrictUndefined,
}

# Pelican's own articles, pages, feeds and lists stay idle: they know one language only.
ARTICLE_PATHS: list[str] = []
PAGE_PATHS: list[str] = []
IGNORE_FILES = [".*", "README.md"]
STATIC_PATHS: list[str] = []
THEME_STATIC_PATHS: list[str] = []
DIRECT_TEMPLATES: list[str] = []
ARCHIVES_SAVE_AS = AUTHORS_SAVE_AS = CATEGORIES_SAVE_AS = TAGS_SAVE_AS = ""
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
READERS = {"rst": None, "html": None}
DELETE_OUTPUT_DIRECTORY = False
CACHE_CONTENT = False
