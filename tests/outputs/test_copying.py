"""Tests of `plugins/outputs/pictures/copying.py`.

Copies show what the picture shows, and nothing else.
"""

import os
import subprocess
import sys
from hashlib import sha256
from io import BytesIO

import pytest
from PIL import Image, ImageCms

from plugins.model.media import ORIENTATION
from plugins.outputs.pictures.copying import jpeg, webp
from tests.conftest import ROOT

SIZE = (64, 48)
RED, GREEN, BLUE, WHITE = (220, 20, 20), (20, 180, 20), (20, 20, 200), (250, 250, 250)
CORNERS = (RED, GREEN, BLUE, WHITE)
"""Of `a_picture`: above left and right, below left and right."""

SECRET = b"10.5041 N 106.3347 E"


def a_picture(width: int = 256, height: int = 192) -> Image.Image:
    """Four fields of colour."""
    image = Image.new("RGB", (2, 2))
    image.putdata(CORNERS)
    return image.resize((width, height), Image.Resampling.NEAREST)


def saved(image: Image.Image, form: str, **options: object) -> bytes:
    """The bytes of a picture."""
    data = BytesIO()
    image.save(data, form, **options)
    return data.getvalue()


def opened(data: bytes) -> Image.Image:
    """A copy as a browser sees it."""
    image = Image.open(BytesIO(data))
    image.load()
    return image


def corners(image: Image.Image) -> list[tuple[int, ...]]:
    """The colours in the middle of the four fields."""
    width, height = image.size
    places = [(x, y) for y in (height // 4, height * 3 // 4) for x in (width // 4, width * 3 // 4)]
    rgb = image.convert("RGB")
    return [rgb.getpixel(place) for place in places]


def is_near(found: list[tuple[int, ...]], expected: tuple[tuple[int, ...], ...]) -> bool:
    """Whether colours are so near that nobody sees a difference."""
    pairs = zip(found, expected, strict=True)
    return all(abs(a - b) < 16 for one, other in pairs for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("make", [webp, jpeg])
@pytest.mark.parametrize(
    ("image", "form"),
    [
        (a_picture(), "PNG"),
        (a_picture(), "JPEG"),
        (a_picture(), "WEBP"),
        (a_picture(), "AVIF"),
        (a_picture(), "GIF"),
        (a_picture().quantize(4), "PNG"),
        (a_picture().convert("CMYK"), "JPEG"),
        (a_picture().convert("RGBA"), "PNG"),
    ],
    ids=["png", "jpeg", "webp", "avif", "gif", "palette", "cmyk", "rgba"],
)
def test_a_copy_looks_alike(make: object, image: Image.Image, form: str) -> None:
    """Whatever kind the picture is of, its copy has the size that is asked for, and its colours."""
    copy = opened(make(saved(image, form), SIZE))  # type: ignore[operator]
    assert (copy.size, copy.format) == (SIZE, "WEBP" if make is webp else "JPEG")
    assert is_near(corners(copy), CORNERS)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "I;16"])
def test_grey_pictures(mode: str) -> None:
    """Black is black and white is white, with one bit a pixel, with eight or sixteen."""
    image = Image.new("L", (2, 1))
    image.putdata([0, 255])
    image = image.resize((200, 100), Image.Resampling.NEAREST)
    if mode == "I;16":
        image = image.convert("I").point(lambda value: value * 257).convert("I;16")
    copy = opened(webp(saved(image.convert(mode), "PNG"), (50, 25))).convert("L")
    assert copy.getpixel((10, 12)) < 4
    assert copy.getpixel((40, 12)) > 251


@pytest.mark.parametrize("form", ["palette", "colour key", "alpha"])
def test_transparency(form: str) -> None:
    """What is seen through a picture is seen through its copy; a JPEG shows paper there."""
    image = Image.new("RGBA", (200, 100), (0, 0, 0, 0))
    image.paste((*RED, 255), (100, 0, 200, 100))
    if form == "palette":
        image = image.quantize(8)
    data = saved(image, "PNG")
    if form == "colour key":
        data = saved(image.convert("RGB"), "PNG", transparency=(0, 0, 0))
    copy = opened(webp(data, (50, 25))).convert("RGBA")
    assert copy.getpixel((10, 12))[3] == 0
    assert copy.getpixel((40, 12))[3] == 255
    assert is_near([opened(jpeg(data, (50, 25))).getpixel((10, 12))], ((255, 255, 255),))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_copy_stands_upright(orientation: int, form: str) -> None:
    """Whichever way the camera was held, the copy shows it as browsers show the picture."""
    back = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    held = a_picture()
    if orientation > 1:
        held = held.transpose(back[orientation])
    copy = opened(webp(saved(held, form, exif=exif), SIZE))
    assert copy.size == SIZE
    assert is_near(corners(copy), CORNERS)


@pytest.mark.parametrize("make", [webp, jpeg])
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_nothing_is_said_of_a_picture(make: object, form: str) -> None:
    """Where it was taken, with what and by whom is no part of a copy."""
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    exif.get_ifd(0x8825)[2] = (10.0, 30.0, 15.0)
    options: dict[str, object] = {"exif": exif, "xmp": SECRET}
    if form == "JPEG":
        options["comment"] = SECRET
    data = saved(a_picture(), form, **options)
    assert SECRET in data
    copy = make(data, SIZE)  # type: ignore[operator]
    assert SECRET not in copy
    assert not any(word in copy for word in (b"Exif", b"EXIF", b"xmp", b"XMP", b"ICCP"))
    assert not opened(copy).getexif()


def test_colours_of_another_profile() -> None:
    """A copy has no profile, so its colours are those of screens: here a camera's red is green."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    strange = profile.replace(b"rXYZ", b"????").replace(b"gXYZ", b"rXYZ").replace(b"????", b"gXYZ")
    red, green, blue = a_picture().split()
    data = saved(Image.merge("RGB", (green, red, blue)), "PNG", icc_profile=strange)
    assert is_near(corners(opened(webp(data, SIZE))), CORNERS)


@pytest.mark.parametrize("profile", [b"no profile", b""])
def test_a_profile_that_cannot_be_read(profile: bytes) -> None:
    """It is as if there were none."""
    data = saved(a_picture(), "PNG", icc_profile=profile)
    assert is_near(corners(opened(webp(data, SIZE))), CORNERS)


def test_a_profile_for_other_pictures() -> None:
    """A profile that is not for pictures of this kind is left aside."""
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    data = saved(a_picture(), "PNG", icc_profile=lab)
    assert is_near(corners(opened(webp(data, SIZE))), CORNERS)


def test_a_drawing_is_lighter_without_loss() -> None:
    """Of the two ways of WebP, the lighter one is taken."""
    drawing = saved(a_picture(400, 400), "PNG")
    photo = saved(Image.effect_noise((400, 400), 80).convert("RGB"), "PNG")
    assert b"VP8L" in webp(drawing, (200, 200))
    assert b"VP8L" not in webp(photo, (200, 200))


def test_a_copy_is_the_same_in_every_process() -> None:
    """The bytes depend on nothing but the arguments (law 1)."""
    data = saved(Image.effect_mandelbrot((400, 300), (-2, -1.5, 1, 1.5), 40), "PNG")
    code = (
        "import sys; from hashlib import sha256;"
        " from plugins.outputs.pictures.copying import jpeg, webp;"
        "data = sys.stdin.buffer.read();"
        "print(*(sha256(make(data, (160, 120))).hexdigest() for make in (webp, jpeg)))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            input=data,
            capture_output=True,
            check=True,
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": seed},
        ).stdout.split()[0]
        for seed in ("1", "2")
    }
    assert said == {sha256(webp(data, (160, 120))).hexdigest().encode()}
