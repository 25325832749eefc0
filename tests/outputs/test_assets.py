"""Tests of `plugins/outputs/assets.py`: files that are published as they are."""

from pathlib import Path

from plugins.building.components import stylesheet
from plugins.model.media import VARIANT
from tests.conftest import ROOT, SITE

PUBLISHED = [
    "2008/02/thong-tu-bieu-mau-dien-tu/toan-van.pdf",
    "2009/10/ngay-hoi-dich-vu-cong/ba-quay-huong-dan.png",
    "2026/01/ho-tro-thue-nha-o-xa-hoi/khu-nha.jpg",
    "2026/01/hoi-dap-ke-khai-thue/Bảng mức thuế năm 2026.csv",
    "2026/05/tuan-le-du-lieu-mo/ban-do-xe-buyt.png",
]
"""What public notices link, or show as their lead picture."""


def test_attachments_are_published_byte_for_byte(site: Path) -> None:
    """Each file that a public notice links lies at its own path, once for all languages."""
    files = (file for year in ("2008", "2009", "2026") for file in (site / year).rglob("*.*"))
    lying = [file for file in files if not VARIANT.search(file.name)]
    assert sorted(file.relative_to(site).as_posix() for file in lying) == PUBLISHED
    for path in PUBLISHED:
        assert (site / path).read_bytes() == (SITE / path).read_bytes()


def test_nothing_else_of_the_content_is_published(site: Path) -> None:
    """No source, no registry, no attachment of what is not public."""
    names = {file.name for file in site.rglob("*") if file.is_file()}
    sources = {file.name for file in SITE.rglob("*.md")} | {"site.toml", "taxonomy.toml"}
    assert names & sources == set()


PARTS = {"tokens.css", "base.css", "layout.css", "print.css"}
"""What `site.css` is put together of."""


def test_the_theme_is_published(site: Path) -> None:
    """The files of the theme are in the output, and nothing else is beside them."""
    published, own = (
        {f.name: f.read_bytes() for f in folder.iterdir() if f.is_file()}
        for folder in (site / "theme", ROOT / "theme/static")
    )
    assert published.pop("site.css") == stylesheet(ROOT / "theme")
    assert published == {name: own[name] for name in own.keys() - PARTS}
