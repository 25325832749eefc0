"""Tests of `plugins/outputs/pictures.py`: which copies are made, of which pictures."""

import pytest
from bs4 import BeautifulSoup
from msgspec.structs import replace
from PIL import Image

from plugins.model.archive import Archive, Attachment, Form
from plugins.model.notice import Body, Picture
from plugins.model.output import Output
from plugins.outputs import pictures
from tests.model.builders import a_notice, a_page, a_site, an_archive, an_edition
from tests.outputs.visiting import Visit

HOUSES = "/vi/2026/01/ho-tro-thue-nha-o-xa-hoi/"
SITE = a_site(stages=("plugins.outputs.pictures",))
LEAD = Picture(path="a/lead.jpg", alt="")


def a_file(path: str, **changes: object) -> Attachment:
    """A picture that has two copies as WebP and, as a lead picture, one as JPEG."""
    facts = {"size": 500_000, "width": 700, "height": 350, "form": Form.PICTURE} | changes
    return Attachment(path, path, digest=b"d", **facts)  # type: ignore[arg-type]


def archive_of(**changes: object) -> Archive:
    """A notice that shows a lead picture and two in its text, and links one; a page with one."""
    body = Body(
        key=b"",
        excerpt="",
        links=("a/one.png", "a/two.png", "a/linked.png", "a/other.vi.md"),
        lines=(1, 2, 3, 4),
        pictures=("a/one.png", "a/two.png", "a/other.vi.md"),
    )
    page = Body(key=b"", excerpt="", links=("a/page.png",), lines=(1,), pictures=("a/page.png",))
    paths = ("a/lead.jpg", "a/one.png", "a/two.png", "a/linked.png", "a/page.png")
    files = {path: a_file(path) for path in paths}
    editions = [an_edition(body=body, picture=LEAD, language=lang) for lang in ("vi", "en")]
    given: dict[str, object] = {"attachments": files, "site": SITE} | changes
    return an_archive(
        [a_notice(*editions)],
        pages=[a_page("gioi-thieu", body=page)],
        **given,  # type: ignore[arg-type]
    )


def planned(archive: Archive) -> dict[str, Output]:
    """The outputs by path."""
    outputs = list(pictures.outputs(archive))
    found = {output.path: output for output in outputs}
    assert len(found) == len(outputs)
    return found


def test_copies_of_what_is_shown() -> None:
    """Of each picture that a page shows, once for all languages; of none that is only linked."""
    assert list(planned(archive_of())) == [
        "a/lead.jpg.320.webp",
        "a/lead.jpg.700.webp",
        "a/lead.jpg.700.jpg",
        "a/one.png.320.webp",
        "a/one.png.700.webp",
        "a/page.png.320.webp",
        "a/page.png.700.webp",
        "a/two.png.320.webp",
        "a/two.png.700.webp",
    ]


def test_a_webp_is_not_made_again() -> None:
    """Its own width is the picture itself."""
    lead = a_file("a/lead.jpg")
    files = {"a/one.png": lead, "a/lead.jpg": replace(lead, path="a/lead.webp")}
    assert "a/lead.webp.700.webp" not in planned(archive_of(attachments=files))
    assert "a/lead.webp.320.webp" in planned(archive_of(attachments=files))


def test_copies_last() -> None:
    """Whatever else changes in the site, they are not made again."""
    assert all(output.lasting for output in planned(archive_of()).values())


@pytest.mark.parametrize(
    ("change", "is_same"),
    [
        ({"digest": b"other"}, False),
        ({"width": 702, "height": 702}, False),
        ({"path": "a/ONE.png", "file": "a/ONE.png"}, True),
        ({"size": 400_000}, True),
    ],
)
def test_keys(change: dict[str, object], is_same: bool) -> None:
    """A copy depends on the bytes and the size of its picture, not on its name."""
    one, other = a_file("a/lead.jpg"), replace(a_file("a/lead.jpg"), **change)
    (first, *_), (second, *_) = (
        planned(archive_of(attachments={"a/lead.jpg": file})).values() for file in (one, other)
    )
    assert (first.key == second.key) is is_same


@pytest.mark.parametrize("what", ["HOW", "version"])
def test_keys_know_how_copies_are_made(
    what: str, monkeypatch: pytest.MonkeyPatch, tmp_path
) -> None:  # type: ignore[no-untyped-def]
    """Another way of making them, or another Pillow, makes them again."""
    before = planned(archive_of())
    other = tmp_path / "copying.py"
    other.write_bytes(b"")
    monkeypatch.setattr(pictures, what, other if what == "HOW" else lambda _: "99")
    after = planned(archive_of())
    assert all(before[path].key != after[path].key for path in before)


def test_without_pictures_nothing_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive that has none pays nothing for them."""
    monkeypatch.setattr(Archive, "by_source", property(lambda _: pytest.fail("it was")))
    assert list(pictures.outputs(archive_of(attachments={}))) == []


def lead(pages: Visit) -> BeautifulSoup:
    """The lead picture of a page, with its caption."""
    found = pages.pages[HOUSES].select_one("figure.lead-picture")
    assert found
    return found


def test_the_lead_picture_is_asked_for_first(pages: Visit) -> None:
    """It has its true size, on whichever side the camera lay, and does not wait."""
    image = lead(pages).img
    assert (image["width"], image["height"]) == ("1400", "900")
    assert (image.get("loading"), image["fetchpriority"]) == (None, "high")


def test_the_copies_of_the_lead_picture(pages: Visit) -> None:
    """Each has the width that the page says, its height, and fewer bytes than the picture."""
    source = lead(pages).picture.source
    assert source["type"] == "image/webp"
    original = pages.file(pages.url + str(lead(pages).img["src"])).stat().st_size
    widths = []
    for candidate in str(source["srcset"]).split(", "):
        address, width = candidate.split(" ")
        file = pages.file(pages.url + address)
        with Image.open(file) as copy:
            assert f"{copy.width}w" == width
            assert abs(copy.height - copy.width * 900 / 1400) < 1
        assert file.stat().st_size < original
        widths.append(width)
    assert widths == ["320w", "640w", "960w", "1400w"]


def test_the_original_stays(pages: Visit) -> None:
    """It is published as it was, with all that it says of itself."""
    file = pages.file(pages.url + str(lead(pages).img["src"]))
    with Image.open(file) as picture:
        assert picture.size == (900, 1400)
        assert picture.getexif()
