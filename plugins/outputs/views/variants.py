"""Which copies of a picture there are, where they lie, and how pages name them.

A picture that is light, or that moves, has none. Others have some that are less wide, as WebP, and
a lead picture may have one as JPEG for those who show it elsewhere and know no WebP. A copy lies
beside the picture, which stays as it was, and is named after it: `anh.jpg`, `anh.jpg.640.webp`. No
file of the content may have such a name (`file_leaves_room_for_variants`).
"""

from collections.abc import Callable
from typing import NamedTuple

from markupsafe import Markup, escape
from msgspec import Struct

from plugins.model.archive import Archive, Attachment, Form
from plugins.model.notice import Edition, Picture
from plugins.model.output import Press

WIDTHS = (320, 640, 960, 1440)
"""Of copies, in pixels; the text is 672 wide at most, and screens have up to three for one."""

APART = 1.25
"""How many times as wide as the one before the widest copy is at least."""

LIGHT = 20_000
"""Bytes of a picture that costs no more than its copies would."""

SIZES = "(min-width: 46rem) 42rem, 92vw"
"""How wide a picture of a text is shown: as the text (`--measure` of the theme), or the screen."""

WEBP, JPEG = ".webp", ".jpg"

CARD_WIDTH = 1200
"""Of a picture beside a link (ogp.me; what the large networks recommend)."""

CARD_BYTES = 300_000
"""The largest picture that messengers show beside a link."""

_KNOWN_ELSEWHERE = (".jpg", ".jpeg", ".png")


class PictureView(Struct, frozen=True):
    """What the component `lead-picture` prints; without `srcset` there are no copies."""

    src: str
    srcset: str
    sizes: str
    width: int
    height: int
    alt: str
    caption: str


class Shown(NamedTuple):
    """A picture as pages show it: its address, its size in pixels (0 if nobody knows it), the
    widths of its copies, the width of the one that is for others (0: it may be shown as it is).
    """

    address: str
    width: int = 0
    height: int = 0
    widths: tuple[int, ...] = ()
    card: int = 0


def shown(archive: Archive, attachment: Attachment) -> Shown:
    """A picture of this archive, with copies if a stage makes them."""
    address, width, height = attachment.address, attachment.width, attachment.height
    if attachment.form is not Form.PICTURE or not archive.site.has("pictures"):
        return Shown(address, width, height)
    return Shown(address, width, height, _widths(attachment), _card(attachment))


def lead_of(archive: Archive, edition: Edition) -> Shown | None:
    """The lead picture of an edition."""
    return shown(archive, archive.attachments[edition.picture.path]) if edition.picture else None


def _widths(picture: Attachment) -> tuple[int, ...]:
    if picture.size < LIGHT:
        return ()
    widest = min(picture.width, WIDTHS[-1])
    return (*(width for width in WIDTHS if width * APART <= widest), widest)


def _card(picture: Attachment) -> int:
    is_known = picture.path.lower().endswith(_KNOWN_ELSEWHERE)
    fits = is_known and picture.size <= CARD_BYTES
    return 0 if fits else min(picture.width, CARD_WIDTH)


def copy(picture: Shown, width: int, ending: str = WEBP) -> str:
    """The address of the copy that is so wide; a WebP needs none of its own width."""
    if width == picture.width and ending == WEBP and picture.address.lower().endswith(WEBP):
        return picture.address
    return f"{picture.address}.{width}{ending}"


def height_of(picture: Shown, width: int) -> int:
    """The height of the copy that is so wide."""
    return max(1, round(picture.height * width / picture.width))


def srcset(picture: Shown, address_of: Callable[[str], str]) -> str:
    """The copies as HTML's `srcset` names them; nothing if there are none."""
    return ", ".join(f"{address_of(copy(picture, w))} {w}w" for w in picture.widths)


def picture_view(press: Press, lead: Picture | None, picture: Shown | None) -> PictureView | None:
    """The lead picture of a page."""
    if not lead or not picture:
        return None
    href = press.site.href
    return PictureView(
        href(picture.address),
        srcset(picture, href),
        SIZES,
        picture.width,
        picture.height,
        lead.alt,
        lead.caption,
    )


def source(picture: Shown, address_of: Callable[[str], str]) -> Markup:
    """The element that offers the copies to browsers that show WebP."""
    attributes = escape(srcset(picture, address_of))
    return Markup(f'<source type="image/webp" srcset="{attributes}" sizes="{SIZES}">')  # noqa: S704


def card(picture: Shown) -> tuple[str, int, int]:
    """What others show beside a link (Open Graph, oEmbed): the address, width and height of the
    picture, or of its copy for them.
    """
    if not picture.card:
        return picture.address, picture.width, picture.height
    return copy(picture, picture.card, JPEG), picture.card, height_of(picture, picture.card)
