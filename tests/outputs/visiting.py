"""A site that was built, as a visitor finds it: pages by address, links followed to files."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from bs4 import BeautifulSoup

ADDRESSES = ("href", "src", "srcset", "poster", "action", "data", "cite")
"""Attributes that hold an address."""


@dataclass(frozen=True)
class Visit:
    """A built site: its output folder, the address where it stands, its pages by address.

    Addresses of pages begin with `/` at the root of the site.
    """

    folder: Path
    url: str
    pages: dict[str, BeautifulSoup] = field(repr=False)

    def file(self, address: str) -> Path:
        """The file that a host serves at an absolute address of this site."""
        path = unquote(urlsplit(address).path.removeprefix(urlsplit(self.url).path))
        assert path.startswith("/"), address
        return self.folder / (path[1:] + "index.html" if path.endswith("/") else path[1:])

    def page(self, address: str) -> BeautifulSoup:
        """The page at an absolute address of this site."""
        return self.pages[unquote(address.removeprefix(self.url))]

    def is_own(self, address: str) -> bool:
        """Whether an absolute address is on this site."""
        return f"{urldefrag(address).url}/".startswith(f"{self.url}/")

    def is_dead(self, address: str) -> bool:
        """Whether an absolute address of this site leads to no file, or to no element of a page."""
        bare, fragment = urldefrag(address)
        file = self.file(bare)
        if not file.is_file():
            return True
        return bool(fragment) and self.page(bare).find(id=unquote(fragment)) is None

    def links(self, address: str) -> Iterator[str]:
        """The absolute addresses of all that a page links or loads, where a refresh leads too."""
        soup = self.pages[address]
        for name in ADDRESSES:
            for element in soup.find_all(attrs={name: True}):
                for one in _addresses(name, str(element[name])):
                    yield self._asked_for(urljoin(self.url + address, one))
        for refresh in soup.find_all("meta", {"http-equiv": "refresh"}):
            yield urljoin(self.url + address, str(refresh["content"]).partition("url=")[2])

    def _asked_for(self, address: str) -> str:
        """Calendar programs ask for a `webcal:` address by the scheme of the site."""
        scheme, _, rest = address.partition(":")
        return f"{urlsplit(self.url).scheme}:{rest}" if scheme == "webcal" else address


def visit(folder: Path, url: str) -> Visit:
    """Read all pages of an output folder."""
    files = sorted(folder.rglob("*.html"))
    return Visit(folder, url, {_address(folder, file): _soup(file) for file in files})


def _address(folder: Path, file: Path) -> str:
    path = file.relative_to(folder).as_posix()
    return "/" + path.removesuffix("index.html")


def _soup(file: Path) -> BeautifulSoup:
    return BeautifulSoup(file.read_bytes(), "lxml", from_encoding="utf-8")


def _addresses(name: str, value: str) -> list[str]:
    """The addresses that an attribute holds: `srcset` holds several, each with a width."""
    return [one.split()[0] for one in value.split(",")] if name == "srcset" else [value]


def alternates(page: BeautifulSoup) -> dict[str, str]:
    """The addresses of a page in each language, as it gives them for machines."""
    links = page.find_all("link", rel="alternate", hreflang=True)
    return {str(link["hreflang"]): str(link["href"]) for link in links}


def canonical(page: BeautifulSoup) -> str:
    """The address that a page says is its own."""
    found = page.find_all("link", rel="canonical")
    assert len(found) <= 1
    return str(found[0]["href"]) if found else ""


def is_indexed(page: BeautifulSoup) -> bool:
    """Whether search engines may list a page."""
    return page.find("meta", {"name": "robots", "content": "noindex"}) is None


def is_redirect(page: BeautifulSoup) -> bool:
    """Whether a page sends its reader on."""
    return page.find("meta", {"http-equiv": "refresh"}) is not None


def is_frame(page: BeautifulSoup) -> bool:
    """Whether a page is for the frames of others: it has no masthead of its own."""
    return page.select_one("header.masthead") is None


def cards(page: BeautifulSoup, within: str = "main") -> list[str]:
    """The addresses of the notices that a page lists, in their order."""
    return [str(link["href"]) for link in page.select(f"{within} .card-title a")]


def described(page: BeautifulSoup) -> dict[str, Any]:
    """The nodes of a page's graph (JSON-LD) by their types; none is there twice."""
    scripts = page.find_all("script", type="application/ld+json")
    assert len(scripts) <= 1
    nodes = [node for script in scripts for node in json.loads(str(script.string))["@graph"]]
    by_type = {str(node["@type"]): node for node in nodes}
    assert len(by_type) == len(nodes)
    return by_type
