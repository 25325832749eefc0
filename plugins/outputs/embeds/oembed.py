"""oEmbed 1.0 of each notice (type "link"): what others show where its address is pasted."""

from collections.abc import Iterator
from typing import NamedTuple

from msgspec import json

from plugins.model.archive import Archive
from plugins.model.notice import Edition, digest
from plugins.model.output import Order, Output, Press
from plugins.outputs.views.variants import card, lead_of
from plugins.outputs.views.wording import titled


class Thumbnail(NamedTuple):
    """The lead picture, as others can show it: its address, width and height in pixels."""

    address: str
    width: int
    height: int


def outputs(archive: Archive) -> Iterator[Output]:
    """One output for each public edition, beside its page."""
    for language in archive.site.languages:
        for edition in archive.editions(language):
            path, key, thumbnail = f"{edition.address[1:]}oembed.json", edition.card, None
            if edition.picture:
                thumbnail = _thumbnail(archive, edition)
                key = digest(key, thumbnail)
            yield Output(path, key, Order.ASSET, render, (edition, thumbnail))


def _thumbnail(archive: Archive, edition: Edition) -> Thumbnail | None:
    """The lead picture, unless its size is unknown: oEmbed asks for it."""
    picture = lead_of(archive, edition)
    return Thumbnail(*card(picture)) if picture and picture.width else None


def render(press: Press, edition: Edition, thumbnail: Thumbnail | None) -> bytes:
    """The oEmbed response (oembed.com, 2.3.4) of an edition."""
    site, language = press.site, edition.language
    home = site.absolute(f"/{language}/")
    answer: dict[str, object] = {
        "version": "1.0",
        "type": "link",
        "title": titled(edition, press.words(language)),
        "author_name": site.publisher[language],
        "author_url": home,
        "provider_name": site.name[language],
        "provider_url": home,
    }
    if thumbnail:
        answer |= {
            "thumbnail_url": site.absolute(thumbnail.address),
            "thumbnail_width": thumbnail.width,
            "thumbnail_height": thumbnail.height,
        }
    return json.format(json.encode(answer), indent=2) + b"\n"
