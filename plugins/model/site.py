"""The site: the settings and the words of `site.toml` that every output may depend on."""

import re
from functools import cached_property
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

from msgspec import Struct

_PLAIN = re.compile(r"[A-Za-z0-9/._-]*")


class Contact(Struct, frozen=True, forbid_unknown_fields=True):
    """How to reach those who answer for the archive."""

    email: str = ""
    phone: str = ""
    address: dict[str, str] = {}


class Site(Struct, frozen=True, kw_only=True, dict=True):
    """Settings and names.

    `languages`: the first is the default. `url` has no slash at its end. `stages` are the plugins,
    of which some give outputs, so that no page leads to what is not built.
    """

    languages: tuple[str, ...]
    url: str
    timezone: str
    tag_authority: str
    latest: int
    feed_max_items: int
    stages: tuple[str, ...]
    name: dict[str, str]
    tagline: dict[str, str]
    publisher: dict[str, str]
    contact: Contact = Contact()
    menu: tuple[str, ...] = ()

    @cached_property
    def zone(self) -> ZoneInfo:
        """The zone in which dates without an offset are meant."""
        return ZoneInfo(self.timezone)

    @cached_property
    def base(self) -> str:
        """The path of `url`, without a slash at its end: empty at the root of a host."""
        return urlsplit(self.url).path.rstrip("/")

    @cached_property
    def has_feeds(self) -> bool:
        """Whether listings have feeds beside them."""
        return any(stage.endswith(".feeds") for stage in self.stages)

    @cached_property
    def has_embeds(self) -> bool:
        """Whether partners can embed listings and notices."""
        return any(stage.endswith(".embeds") for stage in self.stages)

    def href(self, address: str) -> str:
        """The address as a page of this site links it."""
        return self.base + _quoted(address)

    def absolute(self, address: str) -> str:
        """The address as the world links it."""
        return self.url + _quoted(address)

    def guid(self, notice_id: str, language: str) -> str:
        """The `tag:` URI (RFC 4151) of an edition; it outlives titles, dates, slugs, domains."""
        return f"tag:{self.tag_authority},{notice_id[:4]}:{notice_id}/{language}"


def _quoted(address: str) -> str:
    """An address as URLs have it (RFC 3986); only names of attachments need more than a look."""
    return address if _PLAIN.fullmatch(address) else quote(address)
