"""Tests of `plugins/outputs/assets.py`: files that are published as they are."""

from pathlib import Path

from tests.conftest import ROOT, SITE

PUBLISHED = [
    "2008/02/thong-tu-bieu-mau-dien-tu/toan-van.pdf",
    "2009/10/ngay-hoi-dich-vu-cong/ba-quay-huong-dan.png",
    "2026/01/hoi-dap-ke-khai-thue/Bảng mức thuế năm 2026.csv",
    "2026/05/tuan-le-du-lieu-mo/ban-do-xe-buyt.png",
]
"""What public notices link, or show as their lead picture."""


def test_attachments_are_published_byte_for_byte(site: Path) -> None:
    """Each file that a public notice links lies at its own path, once for all languages."""
    lying = [file for year in ("2008", "2009", "2026") for file in (site / year).rglob("*.*")]
    assert sorted(file.relative_to(site).as_posix() for file in lying) == PUBLISHED
    for path in PUBLISHED:
        assert (site / path).read_bytes() == (SITE / path).read_bytes()


def test_nothing_else_of_the_content_is_published(site: Path) -> None:
    """No source, no registry, no attachment of what is not public."""
    names = {file.name for file in site.rglob("*") if file.is_file()}
    sources = {file.name for file in SITE.rglob("*.md")} | {"site.toml", "taxonomy.toml"}
    assert names & sources == set()


def test_the_theme_is_published(site: Path) -> None:
    """What pages, frames and the maker load is the theme's, and nothing else of it is there."""
    names = {"site.css", "icon.svg", "frame.css", "maker.css", "maker.js"}
    for name in names:
        assert (site / "theme" / name).read_bytes() == (ROOT / "theme/static" / name).read_bytes()
    assert {file.name for file in (site / "theme").iterdir()} == names
