"""Tests of `plugins/outputs/views/files.py`.

The files of a notice, their type and size in words.
"""

import json
from pathlib import Path

import pytest

from plugins.model.archive import Archive
from plugins.outputs.views.files import size_words, type_words
from tests.model.builders import a_site
from tests.outputs.printing import a_press
from tests.outputs.visiting import Visit, described

PRESS = a_press(a_site())


@pytest.mark.parametrize(
    ("size", "vi", "en"),
    [
        (0, "0 B", "0 B"),
        (999, "999 B", "999 B"),
        (1_000, "1 kB", "1 kB"),
        (1_249, "1,2 kB", "1.2 kB"),
        (9_960, "10 kB", "10 kB"),  # two digits, not three
        (34_499, "34 kB", "34 kB"),
        (999_499, "999 kB", "999 kB"),
        (999_500, "1 MB", "1 MB"),  # never 1,000 kB
        (1_234_567, "1,2 MB", "1.2 MB"),
        (9_876_543_210, "9,9 GB", "9.9 GB"),
        (1_500_000_000_000, "1.500 GB", "1,500 GB"),
    ],
)
def test_sizes_in_words(size: int, vi: str, en: str) -> None:
    """Two digits in the largest unit of which there is one, in the language's form."""
    for language, expected in (("vi", vi), ("en", en)):
        assert size_words(size, PRESS.words(language)).replace("\u00a0", " ") == expected


def test_a_size_is_not_broken_over_lines() -> None:
    """A number stays with its unit."""
    assert " " not in size_words(1_249, PRESS.words("vi"))


@pytest.mark.parametrize(
    ("path", "vi", "en"),
    [
        ("a/toan-van.pdf", "PDF", "PDF"),
        ("a/Bảng mức thuế.XLSX", "Bảng tính XLSX", "XLSX spreadsheet"),
        ("a/b.csv", "Bảng tính CSV", "CSV spreadsheet"),
        ("a/b.odt", "Tệp văn bản ODT", "ODT text document"),
        ("a/b.pptx", "Bản trình chiếu PPTX", "PPTX slides"),
        ("a/b.tar.gz", "Tệp nén GZ", "GZ archive file"),
        ("a/b.pdf.p7s", "Chữ ký số P7S", "P7S digital signature"),
        ("a/b.png", "Ảnh PNG", "PNG picture"),
        ("a/b.mp3", "Tệp âm thanh MP3", "MP3 sound recording"),
        ("a/b.mp4", "Video MP4", "MP4 video"),
        ("a/b.geojson", "GEOJSON", "GEOJSON"),
    ],
)
def test_types_in_words(path: str, vi: str, en: str) -> None:
    """What one does with a file, and its format; the format alone says enough of some."""
    for language, expected in (("vi", vi), ("en", en)):
        assert type_words(path, PRESS.words(language)) == expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (
            "/vi/2026/01/hoi-dap-ke-khai-thue/",
            [
                "Bảng mức thuế năm 2026.csv Bảng tính CSV, 124 B",
                "toan-van.pdf PDF, 630 B",  # of another notice
            ],
        ),
        ("/vi/2008/02/thong-tu-bieu-mau-dien-tu/", ["toan-van.pdf PDF, 630 B"]),
        ("/en/2008/02/circular-on-electronic-forms/", ["toan-van.pdf PDF, 630 B"]),
        ("/vi/2026/05/tuan-le-du-lieu-mo/", []),  # shown by the text, not linked
        ("/vi/2009/10/ngay-hoi-dich-vu-cong/", []),  # a lead picture
    ],
)
def test_a_page_lists_what_its_text_links(pages: Visit, address: str, expected: list[str]) -> None:
    """Each file once, with name, type and size."""
    found = [item.get_text() for item in pages.pages[address].select(".files li")]
    assert [item.replace("\u00a0", " ") for item in found] == expected


def test_a_document_is_at_hand(pages: Visit) -> None:
    """Its file stands with its fields, before the text (Nghị định 42/2022/NĐ-CP, art. 4)."""
    page = pages.pages["/vi/2008/02/thong-tu-bieu-mau-dien-tu/"]
    assert page.select(".about .files a")
    assert page.select_one(".files").find_next(class_="body")


def test_pages_feeds_and_data_name_the_same_files(
    pages: Visit, archive: Archive, site: Path
) -> None:
    """What a page lists is what feeds enclose, with the same type, and what its data name."""
    checked = 0
    for language in archive.site.languages:
        feed = json.loads((site / language / "feed.json").read_text(encoding="utf-8"))
        enclosed = {item["url"]: item.get("attachments", []) for item in feed["items"]}
        for edition in archive.editions(language):
            page = pages.pages[edition.address]
            url = archive.site.absolute(edition.address)
            listed = [
                (archive.site.url + str(a["href"]), a["type"]) for a in page.select(".files a")
            ]
            media = described(page)["NewsArticle"].get("associatedMedia", [])
            assert [(m["contentUrl"], m["encodingFormat"]) for m in media] == listed
            if url in enclosed:
                files = [(one["url"], one["mime_type"]) for one in enclosed[url]]
                assert files[: len(listed)] == listed
                assert len(files) == len(listed) + bool(edition.picture)
                checked += len(listed)
    assert checked > 3
