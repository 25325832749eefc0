"""A body's HTML with its marks filled in: links of a page, or absolute ones of a feed."""

import re
from collections.abc import Callable
from html import unescape
from re import Match
from typing import NamedTuple

from plugins.model.archive import Archive
from plugins.model.marks import LINK
from plugins.model.notice import Edition, Page
from plugins.model.output import Press
from plugins.model.site import Site

_FRAGMENT = re.compile(r'(<a\b[^<>]*) href="#')


class Target(NamedTuple):
    """Where a mark leads: no address while it is not public; width and height of pictures."""

    mark: str
    address: str = ""
    width: int = 0
    height: int = 0


def targets(archive: Archive, item: Edition | Page) -> tuple[Target, ...]:
    """Where each link of a body leads in this archive."""
    return tuple(_target(archive, mark) for mark in item.body.links)


def _target(archive: Archive, mark: str) -> Target:
    if attachment := archive.attachments.get(mark):
        return Target(mark, attachment.address, attachment.width, attachment.height)
    linked = archive.by_source.get(mark)
    return Target(mark, linked.address if linked else "")


def html_of(
    press: Press, item: Edition | Page, links: tuple[Target, ...], *, absolute: bool = False
) -> str:
    """The HTML of a body for a page, or with absolute addresses for a feed."""
    site = press.site
    by_mark = {target.mark: target for target in links}
    html = press.body(item.body.key)
    html = LINK.sub(_filler(by_mark, site, absolute), html)
    if not absolute or 'href="#' not in html:
        return html
    here = site.absolute(item.address)
    return _FRAGMENT.sub(lambda match: f'{match[1]} href="{here}#', html)


def _filler(links: dict[str, Target], site: Site, absolute: bool) -> Callable[[Match[str]], str]:
    address_of = site.absolute if absolute else site.href

    def fill(match: Match[str]) -> str:
        attribute, mark, rest = match.groups()
        lazy = ' loading="lazy" decoding="async"' if attribute == "src" else ""
        if mark.startswith("/"):
            start = site.url if absolute else site.base
            return f' {attribute}="{start}{mark}{rest}"{lazy}'
        target = links[unescape(mark)]
        if not target.address:
            return ""
        size = f' width="{target.width}" height="{target.height}"' if lazy and target.width else ""
        return f' {attribute}="{address_of(target.address)}{rest}"{size}{lazy}'

    return fill
