"""A body's HTML with its marks filled in: links of a page, or absolute ones of a feed.

On a page, a picture is offered in all widths that it has; a feed has it as it is.
"""

import re
from collections.abc import Callable
from html import unescape
from re import Match
from typing import NamedTuple

from plugins.model.archive import Archive
from plugins.model.marks import CLOSE, LINK, OPEN
from plugins.model.notice import Edition, Page
from plugins.model.output import Press
from plugins.model.site import Site
from plugins.outputs.views.variants import Shown, shown, source

_ATTRIBUTE = r' [^\s"=<>]+="[^"]*"'
_PICTURE = re.compile(
    rf'<img(?:{_ATTRIBUTE})*? src="{OPEN}([^{CLOSE}]*){CLOSE}[^"]*"(?:{_ATTRIBUTE})*>'
)
_FRAGMENT = re.compile(r'(<a\b[^<>]*) href="#')


class Target(NamedTuple):
    """Where a mark leads: no address while it is not public; of pictures, how they are shown."""

    mark: str
    address: str = ""
    picture: Shown | None = None


def targets(archive: Archive, item: Edition | Page) -> tuple[Target, ...]:
    """Where each link of a body leads in this archive."""
    pictures = item.body.pictures
    return tuple(_target(archive, mark, shows=mark in pictures) for mark in item.body.links)


def _target(archive: Archive, mark: str, *, shows: bool) -> Target:
    if attachment := archive.attachments.get(mark):
        picture = shown(archive, attachment) if shows else None
        return Target(mark, attachment.address, picture)
    linked = archive.by_source.get(mark)
    return Target(mark, linked.address if linked else "")


def html_of(
    press: Press, item: Edition | Page, links: tuple[Target, ...], *, absolute: bool = False
) -> str:
    """The HTML of a body for a page, or with absolute addresses for a feed."""
    site = press.site
    by_mark = {target.mark: target for target in links}
    html = press.body(item.body.key)
    if not absolute and any(target.picture and target.picture.widths for target in links):
        html = _PICTURE.sub(_offering(by_mark, site), html)
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
        picture = target.picture
        size = ""
        if lazy and picture and picture.width:
            size = f' width="{picture.width}" height="{picture.height}"'
        return f' {attribute}="{address_of(target.address)}{rest}"{size}{lazy}'

    return fill


def _offering(links: dict[str, Target], site: Site) -> Callable[[Match[str]], str]:
    """Puts the copies of a picture before it."""

    def offer(match: Match[str]) -> str:
        target = links.get(unescape(match[1]))
        picture = target.picture if target else None
        if not picture or not picture.widths:
            return match[0]
        return f"<picture>{source(picture, site.href)}{match[0]}</picture>"

    return offer
