"""The addresses of a site, as far as a link to one can be judged without building it."""

import re
from unicodedata import normalize
from urllib.parse import unquote, urlsplit

from plugins.model.archive import Archive

_FILE = re.compile(r"(?:index\.html|feed\.(?:xml|atom|json)|(?:calendar|event)\.ics)$")
"""What lies beside a page and is named after nothing of its own."""

_OF_ALL = frozenset(
    ("/", "/404.html", "/archive.json", "/robots.txt", "/sitemap.xml", "/embed/v1.js")
)
_OF_LANGUAGE = ("404.html", "feeds.opml", "feeds/", "tags/", "bulletins/", "events/", "search/")
_BELOW = ("embed/", "archive/", "events/", "search/")
"""Places below a language where the stages put what only they know."""


class Places:
    """The addresses of what is public; a link is judged in favour of the webmaster."""

    def __init__(self, archive: Archive) -> None:
        site, items = archive.site, archive.by_source.values()
        self._below = tuple(
            [f"/{language}/{place}" for language in site.languages for place in _BELOW]
            + ["/embed/", "/theme/", "/sitemap/"]
        )
        self._known = {*_OF_ALL, *(item.address for item in items)}
        self._known |= {attachment.address for attachment in archive.attachments.values()}
        self._known |= {_plain(old) for item in items for old in getattr(item, "aliases", ())}
        for language in site.languages:
            self._known |= {f"/{language}/{place}" for place in _OF_LANGUAGE}
            self._known |= _listed(archive, language)

    def has(self, link: str) -> bool:
        """Whether a link from the root leads to something: with or without its last slash."""
        path = _plain(urlsplit(link).path)
        page = _FILE.sub("", path)
        if {path, page, f"{page}/"} & self._known:
            return True
        return path.startswith(self._below)


def _listed(archive: Archive, language: str) -> set[str]:
    """The pages that list notices in a language: whole, by year, by month; those that moved."""
    found = set()
    for listing in archive.listings.values():
        address = listing.address(language)
        found |= {address, *listing.former(language)}
        found |= {f"{address}{year}/" for year in listing.years}
        if not listing.name:
            found |= {f"{address}{year}/{month:02d}/" for year, month in listing.months}
    return found


def _plain(path: str) -> str:
    return normalize("NFC", unquote(path))
