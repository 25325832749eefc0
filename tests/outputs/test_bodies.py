"""Tests of `plugins/outputs/bodies.py`: a text on its page, after all that was done to it."""

import pytest

from pelicanconf import MARKDOWN
from plugins.reading.body import Renderer
from tests.outputs.visiting import Visit

QUESTIONS = {
    "vi": "/vi/2026/01/hoi-dap-ke-khai-thue/",
    "en": "/en/2026/01/filing-tax-questions-and-answers/",
}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_footnotes_lead_there_and_back(pages: Visit, language: str) -> None:
    """Each footnote is marked in the text, and leads back to its mark."""
    body = pages.pages[QUESTIONS[language]].select_one(".body")
    marks = [(mark.find_parent("sup")["id"], mark["href"]) for mark in body.select(".footnote-ref")]
    notes = [
        (note["href"], f"#{note.find_parent('li')['id']}")
        for note in body.select(".footnote-backref")
    ]
    assert [(f"#{mark}", note) for mark, note in marks] == notes
    assert len(notes) == 2


def test_cells_are_aligned_by_classes(pages: Visit) -> None:
    """The alignment of a column survives where the page allows no style."""
    table = pages.pages[QUESTIONS["vi"]].select_one(".body table")
    classes = [[cell["class"] for cell in row(["th", "td"])] for row in table("tr")]
    assert classes == [[["align-left"], ["align-right"], ["align-center"]]] * 4


def test_definitions_and_code_are_kept(pages: Visit) -> None:
    """What a text shows of XML stays text."""
    body = pages.pages[QUESTIONS["vi"]].select_one(".body")
    assert [term.get_text() for term in body.select("dl dt")] == ["Hộ khoán", "Kỳ kê khai"]
    assert body.select_one("pre code").get_text() == "<ghi-chu>sổ A ]]> sổ B & sổ C</ghi-chu>\n"


def test_links_lead_to_the_page_in_the_same_language(pages: Visit) -> None:
    """By relative path, by `{filename}`, by `{static}`, with a fragment, within the page."""
    links = {
        link.get_text(): link["href"] for link in pages.pages[QUESTIONS["vi"]].select(".body li a")
    }
    assert list(links.values())[:5] == [
        "/vi/2008/02/thong-tu-bieu-mau-dien-tu/",
        "/vi/2026/01/ho-tro-thue-nha-o-xa-hoi/#ho-so-can-nop",
        "/2008/02/thong-tu-bieu-mau-dien-tu/toan-van.pdf",
        "#ai-phai-ke-khai",
        "https://thue.example/mau?a=1&b=2",
    ]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_file_with_a_vietnamese_name_is_linked(pages: Visit, language: str) -> None:
    """However its name is written in the source, the address is quoted UTF-8."""
    body = pages.pages[QUESTIONS[language]].select_one(".body")
    found = [link["href"] for link in body("a") if link["href"].endswith(".csv")]
    assert found == [
        "/2026/01/hoi-dap-ke-khai-thue/B%E1%BA%A3ng%20m%E1%BB%A9c%20thu%E1%BA%BF%20n%C4%83m%202026.csv"
    ]


def test_what_is_not_allowed_vanishes(pages: Visit) -> None:
    """Scripts, frames, styles and handlers are gone, with what they hold; the text stays."""
    page = pages.pages["/vi/2026/02/bao-tri-cong-dich-vu-cong/"]
    source = str(page.select_one(".body"))
    gone = {"<script", "Tiêu đề bị thay", "<iframe", "quang-cao.example", "onclick", "bấm vào"}
    assert {word for word in gone if word in source} == set()
    paragraph = page.find("p", string="Hồ sơ đã nộp không bị ảnh hưởng.")
    assert paragraph.attrs == {}
    assert page.select_one("details summary").get_text() == "Các dịch vụ tạm ngừng"


@pytest.mark.parametrize(
    ("address", "alt"),
    [
        (
            "/vi/2026/05/tuan-le-du-lieu-mo/",
            "Bản đồ xe buýt: tuyến màu đỏ và tuyến màu xanh cắt nhau ở giữa.",
        ),
        ("/en/2026/05/open-data-week/", "Bus map: a red line and a blue line cross in the middle."),
    ],
)
def test_pictures_have_their_size(pages: Visit, address: str, alt: str) -> None:
    """A page does not jump when its pictures come, and they come when they are needed."""
    picture = pages.pages[address].select_one(".body img")
    assert picture["src"] == "/2026/05/tuan-le-du-lieu-mo/ban-do-xe-buyt.png"
    assert (picture["alt"], picture["width"], picture["height"]) == (alt, "160", "100")
    assert picture["loading"] == "lazy"


def test_words_in_other_languages_are_marked(pages: Visit) -> None:
    """Scripts that run the other way keep their marks, characters beyond U+FFFF are whole."""
    page = pages.pages["/en/2026/05/help-desk-for-residents-from-abroad/"]
    word = page.select_one(".body bdi")
    assert (word["lang"], word["dir"], word.get_text()) == ("ar", "rtl", "العربية")
    assert page.h1.get_text().endswith("\u200fالعربية\u200f 🧭")


def test_a_picture_is_written_the_same_each_time() -> None:
    """No hash seed decides on the order of attributes (law 1): twenty renderers, one text."""
    text = "![Bản đồ](ban-do.png)"
    renderers = [Renderer(MARKDOWN, b"") for _ in range(20)]
    assert len({each.render("2026/05/tuan-le.vi.md", text, 1).html for each in renderers}) == 1
