"""Tests of `plugins/outputs/views/variants.py`.

Which copies of a picture there are, and how named.
"""

from pathlib import Path

import pytest

from plugins.model.archive import Archive, Attachment, Form
from plugins.model.media import VARIANT
from plugins.outputs.views.variants import (
    CARD_BYTES,
    LIGHT,
    SIZES,
    WIDTHS,
    Shown,
    card,
    copy,
    height_of,
    shown,
    source,
)
from tests.conftest import ROOT
from tests.model.builders import a_site, an_archive

WITH_COPIES = an_archive(site=a_site(stages=("plugins.outputs.pictures",)))


def a_picture(path: str = "2008/03/hop/anh.jpg", **changes: object) -> Attachment:
    """A picture of a camera."""
    facts = {"size": 500_000, "width": 4000, "height": 3000, "form": Form.PICTURE} | changes
    return Attachment(path, path, digest=b"d", **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("width", "widths"),
    [
        (4000, (320, 640, 960, 1440)),
        (1440, (320, 640, 960, 1440)),
        (1200, (320, 640, 960, 1200)),
        (1199, (320, 640, 1199)),  # two that are nearly as wide cost more than they save
        (700, (320, 700)),
        (320, (320,)),
        (90, (90,)),
    ],
)
def test_widths(width: int, widths: tuple[int, ...]) -> None:
    """Copies are never wider than the picture, nor than any screen shows them, nor alike."""
    assert shown(WITH_COPIES, a_picture(width=width)).widths == widths


@pytest.mark.parametrize(
    ("archive", "file"),
    [
        (WITH_COPIES, a_picture(form=Form.MOVING)),
        (WITH_COPIES, a_picture(form=Form.TOO_LARGE)),
        (an_archive(), a_picture()),  # without the stage
    ],
    ids=["moving", "too large", "without the stage"],
)
def test_a_picture_without_copies(archive: Archive, file: Attachment) -> None:
    """It is shown as it is, with its size."""
    assert shown(archive, file) == Shown(file.address, 4000, 3000)


def test_a_light_picture() -> None:
    """It costs no more than its copies would."""
    assert shown(WITH_COPIES, a_picture(size=LIGHT - 1)).widths == ()
    assert shown(WITH_COPIES, a_picture(size=LIGHT)).widths == WIDTHS


def test_names() -> None:
    """Two pictures of one stem have copies of their own, all of which have the archive's names."""
    names = [
        copy(shown(WITH_COPIES, a_picture(path)), width)
        for path in ("a/anh.jpg", "a/anh.png", "a/ANH.JPG")
        for width in WIDTHS
    ]
    assert len(set(names)) == len(names)
    assert names[0] == "/a/anh.jpg.320.webp"
    assert all(VARIANT.search(name) for name in names)
    assert not VARIANT.search("anh.320.webp")


def test_a_webp_is_its_own_widest_copy() -> None:
    """It would lose by being made again."""
    picture = shown(WITH_COPIES, a_picture("a/anh.webp", width=1000, height=500))
    assert [copy(picture, width) for width in picture.widths] == [
        "/a/anh.webp.320.webp",
        "/a/anh.webp.640.webp",
        "/a/anh.webp",
    ]


def test_source() -> None:
    """Addresses with any letters are quoted: a comma or a space would end them."""
    picture = Shown('/a/Ảnh, "một".jpg', 640, 480, (320, 640))
    name = "/kho/a/%E1%BA%A2nh%2C%20%22m%E1%BB%99t%22.jpg"
    site = a_site(url="https://example.org/kho")
    assert source(picture, site.href) == (
        f'<source type="image/webp" srcset="{name}.320.webp 320w, {name}.640.webp 640w"'
        f' sizes="{SIZES}">'
    )


def test_the_text_is_as_wide_as_copies_think() -> None:
    """`sizes` says what the style sheet does."""
    tokens = Path(ROOT, "theme/static/tokens.css").read_text(encoding="utf-8")
    assert "--measure: 42rem;" in tokens
    assert SIZES == "(min-width: 46rem) 42rem, 92vw"


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        (a_picture(size=CARD_BYTES), ("/2008/03/hop/anh.jpg", 4000, 3000)),
        (a_picture(), ("/2008/03/hop/anh.jpg.1200.jpg", 1200, 900)),
        (a_picture("a/b.webp", size=1, width=300, height=7), ("/a/b.webp.300.jpg", 300, 7)),
        (a_picture("a/b.gif", form=Form.MOVING), ("/a/b.gif", 4000, 3000)),
    ],
    ids=["small", "large", "webp", "moving"],
)
def test_card(file: Attachment, expected: tuple[str, int, int]) -> None:
    """What others show beside a link is of a kind and a size that they take."""
    assert card(shown(WITH_COPIES, file)) == expected


def test_a_copy_is_at_least_a_pixel_high() -> None:
    """However narrow the picture is."""
    assert height_of(Shown("/a.png", 4000, 3), 320) == 1
