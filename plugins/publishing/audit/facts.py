"""What one file of a site says, as a stranger reads it: its links, ids, other languages, faults.

In files for programs (feeds, calendars, sitemaps), addresses of the site are found wherever they
stand.
"""

import gzip
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from html import unescape
from posixpath import splitext
from typing import TYPE_CHECKING, Any
from unicodedata import normalize
from urllib.parse import quote, unquote, urldefrag, urljoin, urlsplit

from msgspec import Struct

from plugins.model.output import file_at
from plugins.publishing.audit.vouching import PICTURES

if TYPE_CHECKING:
    from plugins.publishing.audit.parsing import Element

ADDRESSES = frozenset({"href", "src", "srcset", "poster", "action", "data", "cite"})
"""Attributes that hold addresses."""

FOR_PROGRAMS = (".xml", ".atom", ".json", ".opml", ".ics", ".txt")
COMPRESSED = (".pf_fragment", ".pf_index", ".pf_meta", ".pagefind")
TEXTS = (".html", ".css", ".js", ".svg", ".csv", *FOR_PROGRAMS)
_OLD_PAGES = (".htm", ".asp", ".aspx", ".jsp", ".php")
_GZIP = b"\x1f\x8b"
_REFRESH = re.compile(r"url=\s*['\"]?([^'\"]+)", re.IGNORECASE)


class Target(Struct, frozen=True, order=True, array_like=True):
    """Where a link leads on this site: a file, as its address says, and an element of it."""

    file: str
    fragment: str = ""


class Fault(Struct, frozen=True, order=True, array_like=True):
    """What is wrong: the name of a rule, what it is about, and where."""

    rule: str
    what: str
    where: str = ""


class Facts(Struct, frozen=True, array_like=True):
    """What a file says. `links` are those within the site; `alternates` the files of the page in
    each language, as it names them; `leads_to` is where a redirect sends its reader. `faults` are
    those that can be told from the file alone.
    """

    links: tuple[Target, ...] = ()
    ids: tuple[str, ...] = ()
    alternates: tuple[tuple[str, str], ...] = ()
    leads_to: str = ""
    is_indexed: bool = False
    faults: tuple[Fault, ...] = ()


def is_page(path: str) -> bool:
    """Whether a file is an HTML page."""
    return path.endswith((".html", *_OLD_PAGES))


def is_text(path: str) -> bool:
    """Whether a file holds words that can be read here."""
    return is_page(path) or path.endswith((*TEXTS, *COMPRESSED)) or not splitext(path)[1]


def address_of(path: str) -> str:
    """The address of a file, below the site's."""
    return quote("/" + (path.removesuffix("index.html") if _is_index(path) else path))


def _is_index(path: str) -> bool:
    return path == "index.html" or path.endswith("/index.html")


def words_in(path: str, data: bytes) -> str:
    """The text of a file: what is compressed, unpacked; what is folded (RFC 5545, 3.1), joined."""
    if data.startswith(_GZIP):
        data = gzip.decompress(data)
    text = data.decode("utf-8", "replace")
    return text.replace("\r\n ", "") if path.endswith(".ics") else text


def facts_of(path: str, data: bytes, text: str, url: str) -> Facts:
    """What a file says; `url` is the site's address, `text` the words of the file."""
    if is_page(path):
        return _page(path, data, url)
    if path.endswith(FOR_PROGRAMS):
        return Facts(links=tuple(sorted(set(_named(text, url)))))
    return Facts()


def _page(path: str, data: bytes, url: str) -> Facts:
    from plugins.publishing.audit.parsing import parsed  # slow to import, and not always needed

    elements, complaints = parsed(data)
    here = url + address_of(path)
    said = _Said()
    for element in elements:
        _listen(element, said)
    forward = _led_to(here, said.forward, url, said) if said.forward else None
    links = {_led_to(here, address, url, said) for address in sorted(said.addresses)}
    alternates = {tag: _led_to(here, address, url, said) for tag, address in said.alternates}
    faults = [Fault("link-dead", address) for address in sorted(said.unreadable)]
    faults += [Fault("id-twice", name) for name, number in said.ids.items() if number > 1]
    faults += [Fault("element-unknown", name) for name in sorted(said.unknown)]
    return Facts(
        links=tuple(sorted(target for target in {*links, forward} if target)),
        ids=tuple(sorted(said.ids)),
        alternates=tuple((tag, to.file if to else "") for tag, to in alternates.items()),
        leads_to=forward.file if forward else "",
        is_indexed=said.is_indexed and not forward,
        faults=(*faults, *(Fault("html-broken", *complaint) for complaint in complaints)),
    )


class _Said:
    """What the elements of a page say, as it is written."""

    def __init__(self) -> None:
        self.addresses: set[str] = set()
        self.ids: Counter[str] = Counter()
        self.alternates: list[tuple[str, str]] = []
        self.unknown: set[str] = set()
        self.unreadable: set[str] = set()
        self.forward = ""
        self.is_indexed = True


def _led_to(here: str, address: str, url: str, said: _Said) -> Target | None:
    """Where an address of the page `here` leads; what is no address at all is noted."""
    is_same_everywhere = address.startswith("/") or "://" in address
    try:
        return _joined(f"{url}/" if is_same_everywhere else here, address, url)
    except ValueError:
        said.unreadable.add(address)
        return None


@lru_cache(1 << 15)
def _joined(here: str, address: str, url: str) -> Target | None:
    return _target(urljoin(here, address), url)


def _listen(element: "Element", said: _Said) -> None:
    """Note what an element says."""
    name, attributes, is_known = element
    for attribute in attributes.keys() & ADDRESSES:
        value = str(attributes[attribute])
        said.addresses.update(_of_srcset(value) if attribute == "srcset" else [value])
    if "id" in attributes:
        said.ids[str(attributes["id"])] += 1
    if name == "a" and "name" in attributes:
        said.ids.setdefault(str(attributes["name"]), 1)
    if name == "link" and "hreflang" in attributes and "alternate" in str(attributes.get("rel")):
        said.alternates.append((str(attributes["hreflang"]), str(attributes.get("href", ""))))
    if name == "meta":
        _listen_to_meta(attributes, said)
    if not is_known:
        said.unknown.add(name)


def _listen_to_meta(attributes: Mapping[str, Any], said: _Said) -> None:
    content = str(attributes.get("content", ""))
    if str(attributes.get("http-equiv", "")).lower() == "refresh":
        found = _REFRESH.search(content)
        said.forward = found[1] if found else ""
    if attributes.get("name") == "robots" and "noindex" in content:
        said.is_indexed = False
    if attributes.get("property") in PICTURES:
        said.addresses.add(content)


def _of_srcset(value: str) -> list[str]:
    return [one.split()[0] for one in value.split(",") if one.strip()]


@lru_cache(1 << 15)
def _target(address: str, url: str) -> Target | None:
    """Where an absolute address leads within the site; nothing for what is elsewhere.

    Calendar programs ask for a `webcal:` address by the scheme of the site.
    """
    if address.startswith("webcal:"):
        address = f"{urlsplit(url).scheme}:{address.removeprefix('webcal:')}"
    bare, fragment = urldefrag(address)
    if bare != url and not bare.startswith((f"{url}/", f"{url}?")):
        return None
    path = bare.removeprefix(url).partition("?")[0] or "/"
    return Target(file_at(path), normalize("NFC", unquote(fragment)))


def _named(text: str, url: str) -> Iterator[Target]:
    """The addresses of this site that stand in a text for programs."""
    for found in set(re.findall(re.escape(url) + r"(/[^\s\"'<>&\\{}]*)", text)):
        address = url + unescape(found).rstrip(".,;:!?)]")
        try:
            target = _target(address, url)
        except ValueError:
            continue
        if target:
            yield target
