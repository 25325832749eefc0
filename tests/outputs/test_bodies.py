"""Tests of `plugins/outputs/views/bodies.py`: a text on its page, after all that was done to it."""

from types import SimpleNamespace
from typing import cast

import pytest

from pelicanconf import MARKDOWN
from plugins.model.archive import Attachment, Form
from plugins.model.notice import Body
from plugins.model.output import Press
from plugins.outputs.views.bodies import html_of, targets
from plugins.outputs.views.variants import SIZES
from plugins.reading.body import Renderer
from tests.model.builders import a_notice, a_site, an_archive, an_edition
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


def shown(text: str, *, absolute: bool = False, copies: bool = True) -> str:
    """The HTML of a text beside which a large picture lies, `hop/Ảnh.jpg`."""
    body = Renderer(MARKDOWN, b"").render("2008/03/hop.vi.md", text, 1)
    path = "2008/03/hop/Ảnh.jpg"
    picture = Attachment(path, path, 500_000, b"d", 1000, 750, Form.PICTURE)
    site = a_site(stages=("plugins.outputs.pictures",) if copies else ())
    known = Body(key=b"", excerpt="", links=body.links, lines=body.lines, pictures=body.pictures)
    edition = an_edition("2008/03/hop", body=known)
    archive = an_archive([a_notice(edition)], attachments={path: picture}, site=site)
    press = cast(Press, SimpleNamespace(site=site, body=lambda _: body.html))
    return html_of(press, edition, targets(archive, edition), absolute=absolute).strip()


NAME = "/2008/03/hop/%E1%BA%A2nh.jpg"
SOURCE = (
    f'<source type="image/webp" srcset="{NAME}.320.webp 320w, {NAME}.640.webp 640w,'
    f' {NAME}.1000.webp 1000w" sizes="{SIZES}">'
)
SIZE = 'width="1000" height="750" loading="lazy" decoding="async"'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            "![Một hội trường](hop/Ảnh.jpg)",
            f'<p><picture>{SOURCE}<img alt="Một hội trường" src="{NAME}" {SIZE}></picture></p>',
        ),
        (
            """![a > b & "c"](hop/Ảnh.jpg 'src="x"')""",
            f'<p><picture>{SOURCE}<img alt="a > b &amp; &quot;c&quot;" src="{NAME}" {SIZE}'
            ' title="src=&quot;x&quot;"></picture></p>',
        ),
        (
            "[![Nhỏ](hop/Ảnh.jpg)](hop/Ảnh.jpg)",
            f'<p><a href="{NAME}"><picture>{SOURCE}<img alt="Nhỏ" src="{NAME}" {SIZE}></picture>'
            "</a></p>",
        ),
        ("[Ảnh lớn](hop/Ảnh.jpg)", f'<p><a href="{NAME}">Ảnh lớn</a></p>'),
        (
            "![Chung](/theme/icon.png)",
            '<p><img alt="Chung" src="/theme/icon.png" loading="lazy" decoding="async"></p>',
        ),
    ],
    ids=["usual", "markup", "linked", "link only", "of the site"],
)
def test_copies_are_offered(text: str, html: str) -> None:
    """A picture that a text shows is offered in its widths, whatever its description says."""
    assert shown(text).replace("&gt;", ">") == html


def test_several_pictures() -> None:
    """Each has its own copies; what is not there has none."""
    html = shown("![a](hop/Ảnh.jpg) ![b](/theme/icon.png) ![c](hop/Ảnh.jpg)")
    assert html.count("<picture>") == html.count("</picture>") == 2
    assert html.count("<img") == 3


def test_feeds_have_pictures_as_they_are() -> None:
    """A reader of feeds is given one address, and it is absolute."""
    html = shown("![a](hop/Ảnh.jpg)", absolute=True)
    assert "srcset" not in html
    assert f'src="https://example.org{NAME}"' in html


def test_without_the_stage_there_are_no_copies() -> None:
    """No page leads to what is not built."""
    assert shown("![a](hop/Ảnh.jpg)", copies=False) == f'<p><img alt="a" src="{NAME}" {SIZE}></p>'
