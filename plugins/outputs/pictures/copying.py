"""How a copy of a picture is made: only what is seen is kept, its side up, its colours in sRGB.

Where, when and with what it was taken is no part of a copy. The bytes depend on the arguments, on
this module and on Pillow only; `pictures` digests all of them.
"""

from io import BytesIO

from PIL import Image, ImageCms

from plugins.model.media import DECODERS, ORIENTATION

WEBP_QUALITY = 78
JPEG_QUALITY = 82
EFFORT = 4
"""Of the encoder, from 0 to 6; more takes twice the time for a hundredth of the bytes."""

COLOURS = 4096
"""A picture that has no more is drawn, and may be lighter without loss."""

SMOOTHLY = 2.0
"""How much wider than the copy a picture is before its last and best reduction."""

PAPER = "white"
"""What is seen through transparent pixels where there can be none."""

Size = tuple[int, int]

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What sets a picture upright, by its `ORIENTATION`."""


def webp(data: bytes, size: Size) -> bytes:
    """A copy as WebP: with a little loss or with none, whichever is lighter."""
    image, is_drawn = _reduced(data, size)
    lossy = _saved(image, "WEBP", quality=WEBP_QUALITY, method=EFFORT)
    if not is_drawn:
        return lossy
    return min(lossy, _saved(image, "WEBP", lossless=True, method=EFFORT), key=len)


def jpeg(data: bytes, size: Size) -> bytes:
    """A copy as JPEG, for programs that know no WebP."""
    image, _ = _reduced(data, size)
    if image.mode == "RGBA":
        paper = Image.new("RGB", image.size, PAPER)
        paper.paste(image, mask=image)
        image = paper
    return _saved(image, "JPEG", quality=JPEG_QUALITY, optimize=True, progressive=True)


def _saved(image: Image.Image, form: str, **options: object) -> bytes:
    data = BytesIO()
    image.save(data, form, **options)
    return data.getvalue()


def _reduced(data: bytes, size: Size) -> tuple[Image.Image, bool]:
    """A picture in this size, upright, in RGB or RGBA, without a word about it; whether it is
    drawn.
    """
    with Image.open(BytesIO(data), formats=DECODERS) as image:
        turn = _TURNS.get(image.getexif().get(ORIENTATION, 1))
        is_on_its_side = turn is not None and image.getexif()[ORIENTATION] >= 5
        stored = size[::-1] if is_on_its_side else size
        image.draft(image.mode, (round(stored[0] * SMOOTHLY), round(stored[1] * SMOOTHLY)))
        plain = _plain(image)
    is_drawn = plain.getcolors(COLOURS) is not None
    small = plain.resize(stored, Image.Resampling.LANCZOS, reducing_gap=SMOOTHLY)
    found = _in_srgb(small)
    found.info = {}
    return (found.transpose(turn) if turn is not None else found), is_drawn


def _plain(image: Image.Image) -> Image.Image:
    """A picture whose pixels are numbers from 0 to 255 (L, RGB, RGBA, CMYK), palettes resolved."""
    if image.mode.startswith("I"):  # 16 bits a pixel: the upper eight are kept
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.has_transparency_data:
        return image.convert("RGBA")
    if image.mode in ("L", "RGB", "CMYK"):
        image.load()
        return image.copy()
    return image.convert("L" if image.mode == "1" else "RGB")


def _in_srgb(image: Image.Image) -> Image.Image:
    """A picture in the colours that screens are sent: those of its own profile, if it has one."""
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    if profile := image.info.get("icc_profile"):
        try:
            own = ImageCms.ImageCmsProfile(BytesIO(profile))
            srgb = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(image, own, srgb, outputMode=mode)
        except (ImageCms.PyCMSError, OSError):
            converted = None  # a profile of another kind of picture, or none at all
        if converted is not None:
            return converted
    return image.convert(mode)
