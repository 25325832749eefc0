"""Tests of `plugins/reading/attachments.py`: what files hold that notices link."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from plugins.model.archive import Attachment, Form
from plugins.model.media import ORIENTATION
from plugins.reading.attachments import measure

COLOURS = ("red", "green")


def measured(folder: Path, name: str, save: Callable[[Path], None]) -> Attachment:
    """A file that `save` writes, measured."""
    save(folder / name)
    return measure(folder, name, name)


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("anh.png", "PNG"),
        ("ANH.JPG", "JPEG"),
        ("anh.webp", "WEBP"),
        ("anh.avif", "AVIF"),
        ("anh.gif", "GIF"),
        ("anh.jpg", "PNG"),  # browsers look at the bytes, too
    ],
)
def test_pictures(name: str, form: str, tmp_path: Path) -> None:
    """A picture has its width and height in pixels."""
    found = measured(tmp_path, name, lambda file: Image.new("RGB", (30, 20)).save(file, form))
    assert (found.form, found.width, found.height) == (Form.PICTURE, 30, 20)
    assert found.size == (tmp_path / name).stat().st_size


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_camera_that_lay_on_its_side(orientation: int, tmp_path: Path) -> None:
    """Width and height are those that are seen, whichever way the camera was held."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    found = measured(tmp_path, "a.jpg", lambda f: Image.new("RGB", (30, 20)).save(f, exif=exif))
    assert (found.width, found.height) == ((20, 30) if orientation >= 5 else (30, 20))


@pytest.mark.parametrize("name", ["a.gif", "a.webp", "a.png", "a.avif"])
def test_what_moves(name: str, tmp_path: Path) -> None:
    """A picture with several frames is known to move."""
    first, *more = (Image.new("RGB", (30, 20), colour) for colour in COLOURS)
    found = measured(
        tmp_path, name, lambda file: first.save(file, save_all=True, append_images=more)
    )
    assert (found.form, found.width, found.height) == (Form.MOVING, 30, 20)


def test_a_second_view_does_not_move(tmp_path: Path) -> None:
    """Phones add a second view to a JPEG; it is a still picture to browsers."""
    first, *more = (Image.new("RGB", (30, 20), colour) for colour in COLOURS)
    found = measured(
        tmp_path, "a.jpg", lambda file: first.save(file, "MPO", save_all=True, append_images=more)
    )
    assert found.form is Form.PICTURE


@pytest.mark.parametrize("size", [(10_000, 10_000), (20_000, 10_000)])
def test_what_is_too_large(size: tuple[int, int], tmp_path: Path) -> None:
    """A picture of a hundred million pixels is not even opened."""
    found = measured(tmp_path, "a.png", lambda file: Image.new("1", size).save(file))
    assert found.form is Form.TOO_LARGE


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP", "AVIF"])
def test_half_a_picture(form: str, tmp_path: Path) -> None:
    """A file that a broken line cut short is known to be broken, whatever its kind."""
    name = f"a.{form.lower()}"
    Image.effect_noise((300, 200), 50).save(tmp_path / name, form)
    data = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(data[: len(data) // 2])
    assert measure(tmp_path, name, name).form is Form.BROKEN


@pytest.mark.parametrize(
    "data",
    [b"", b"%PDF", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%!PS-Adobe-3.0 EPSF-3.0\n"],
    ids=["empty", "pdf", "svg", "eps"],
)
def test_what_is_no_picture(data: bytes, tmp_path: Path) -> None:
    """What its name calls a picture, and is none, is broken: nobody could see it."""
    (tmp_path / "a.png").write_bytes(data)
    found = measure(tmp_path, "a.png", "a.png")
    assert (found.form, found.width, found.height) == (Form.BROKEN, 0, 0)


def test_what_is_a_file(tmp_path: Path) -> None:
    """Nobody looks into a file that is no picture by its name."""
    (tmp_path / "a.pdf").write_bytes(b"")
    found = measure(tmp_path, "a.pdf", "a.pdf")
    assert (found.form, found.size, found.width) == (Form.FILE, 0, 0)


def test_what_went_away(tmp_path: Path) -> None:
    """A file that nobody may read, or that is gone when its turn comes, is broken."""
    assert measure(tmp_path, "a.pdf", "a.pdf").form is Form.BROKEN


def test_metadata_that_cannot_be_read(tmp_path: Path) -> None:
    """Broken metadata break no picture, and nobody is warned of them."""
    exif = b"Exif\0\0II*\0\x08\0\0\0\xff\xff"
    found = measured(tmp_path, "a.jpg", lambda f: Image.new("RGB", (30, 20)).save(f, exif=exif))
    assert found.form is Form.PICTURE


def test_a_file_is_found_by_its_name_on_the_disk(tmp_path: Path) -> None:
    """An attachment has its composed path and the bytes of the file as the disk has it."""
    (tmp_path / "a\u0300.pdf").write_bytes(b"%PDF")
    found = measure(tmp_path, "à.pdf", "a\u0300.pdf")
    assert (found.path, found.file, found.address) == ("à.pdf", "a\u0300.pdf", "/à.pdf")
    (tmp_path / "a\u0300.pdf").write_bytes(b"%PDG")
    assert measure(tmp_path, "à.pdf", "a\u0300.pdf").digest != found.digest
