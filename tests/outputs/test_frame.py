"""Tests of `plugins/outputs/views/frame.py`: what every page has around its own content."""

from typing import NamedTuple
from urllib.parse import urljoin

import pytest
from bs4 import BeautifulSoup
from jinja2 import ChoiceLoader, Environment, FileSystemLoader

from pelicanconf import JINJA_ENVIRONMENT
from plugins.building.components import loader
from plugins.outputs.views.frame import Frame, Image, frame
from tests.conftest import ROOT
from tests.model.builders import a_site
from tests.outputs.printing import a_press
from tests.outputs.visiting import Visit, alternates, canonical, is_frame, is_indexed, is_redirect

SEVERAL_HEADINGS = {"/", "/404.html"}
"""Pages that say the same in each language, below a heading each."""

ONE_LANGUAGE = {
    "/vi/2026/04/ket-qua-khao-sat/",
    "/vi/2026/05/lich-tiep-cong-dan/",  # its translation is a draft
    "/vi/van-ban-ap-dung/",
    "/en/2026/05/help-desk-for-residents-from-abroad/",
}

LOADED = (
    "img, script[src], iframe, source, track, audio, video, embed, object, input[src],"
    " link:not([rel=canonical], [rel=alternate])"
)


class Shown(NamedTuple):
    """What the layout prints, and no page in it."""

    frame: Frame


def test_every_page_comes_from_our_layout(pages: Visit) -> None:
    """No page was made by a template that Pelican took from elsewhere."""
    assert len(pages.pages) > 100
    assert [a for a, p in pages.pages.items() if p.html.get("data-layout") != "archive"] == []


def test_every_page_has_one_first_heading(pages: Visit) -> None:
    """A page has one h1, and it says something."""
    headings = {a: [h.get_text(strip=True) for h in p("h1")] for a, p in pages.pages.items()}
    several = {a for a, texts in headings.items() if len(texts) != 1}
    assert several == SEVERAL_HEADINGS
    assert [a for a, texts in headings.items() if not all(texts)] == []


def test_every_page_says_its_language(pages: Visit) -> None:
    """A page in the folder of a language is in that language, and so says its root element."""
    wrong = {
        address: page.html["lang"]
        for address, page in pages.pages.items()
        if address.startswith(("/vi/", "/en/")) and page.html["lang"] != address[1:3]
    }
    assert wrong == {}
    assert {p.html["lang"] for p in pages.pages.values()} == {"vi", "en"}
    assert {p.html["dir"] for p in pages.pages.values()} == {"ltr"}


def test_every_page_has_a_title(pages: Visit) -> None:
    """A title is the heading and the name of the site, so that a list of tabs can be read."""
    names = {language: pages.pages[f"/{language}/"].h1.get_text() for language in ("vi", "en")}
    wrong = [
        (address, page.title.get_text())
        for address, page in pages.pages.items()
        if address not in ("/", "/vi/", "/en/") and not is_redirect(page)
        if page.title.get_text() != f"{page.h1.get_text()} – {names[page.html['lang']]}"
    ]
    assert wrong == []
    homes = [pages.pages[address].title.get_text() for address in ("/", "/vi/", "/en/")]
    assert homes == [" – ".join(names.values()), *names.values()]


def inline(page: BeautifulSoup) -> list[str]:
    """What a strict Content-Security-Policy would block. Data in a script element are no script."""
    scripts = page.select("script:not([type$='json']), style")
    found = [element.name for element in scripts if element.get_text()]
    for element in page(True):
        found += [name for name in element.attrs if name == "style" or name.startswith("on")]
        found += [v for v in element.attrs.values() if str(v).lower().startswith("javascript:")]
    return found


def test_nothing_is_inline(pages: Visit) -> None:
    """No page holds a script of its own, a style or an event handler."""
    found = {address: inline(page) for address, page in pages.pages.items()}
    assert {address: names for address, names in found.items() if names} == {}


def test_nothing_is_loaded_from_another_host(pages: Visit) -> None:
    """A page loads style, script, icon and pictures from this site, and nothing else at all."""
    loaded = {
        urljoin(pages.url + address, str(element.get("src") or element.get("href")))
        for address, page in pages.pages.items()
        for element in page.select(LOADED)
        if element.name != "source"
    }
    copies = {
        urljoin(pages.url + address, one.split()[0])
        for address, page in pages.pages.items()
        for element in page.select("source")
        for one in str(element["srcset"]).split(",")
    }
    assert (len(loaded), len(copies)) == (5 + 7, 4)
    loaded |= copies
    assert [address for address in loaded if not pages.is_own(address)] == []


def test_canonical_is_the_own_address(pages: Visit) -> None:
    """A page says its own address; one that sends the reader on, or is for frames, says that of the
    whole page; a 404 says none.
    """
    said = {
        address: canonical(page).removeprefix(pages.url) for address, page in pages.pages.items()
    }
    for address, page in pages.pages.items():
        if is_redirect(page) or is_frame(page):
            assert said[address] in pages.pages
            assert said[address] != address
        else:
            assert said[address] == ("" if address.endswith("/404.html") else address)


def test_alternates_agree_in_both_directions(pages: Visit) -> None:
    """All the pages that a page names as its versions exist, and name the same set."""
    checked = 0
    for address, page in pages.pages.items():
        versions = alternates(page)
        if not is_indexed(page):
            assert versions == {}, address
            continue
        assert pages.url + address in versions.values(), address
        for language, other in versions.items():
            assert alternates(pages.page(other)) == versions, (address, other)
            assert language in ("x-default", pages.page(other).html["lang"])
            checked += 1
    assert checked > 200


def test_readers_of_no_known_language_are_led(pages: Visit) -> None:
    """They get the chooser for a home page, the first language for any other page in several."""
    for address, page in pages.pages.items():
        said = alternates(page)
        default = said.pop("x-default", None)
        if address in ("/", "/vi/", "/en/"):
            assert default == f"{pages.url}/"
        else:
            assert default == (said["vi"] if len(said) > 1 else None), address


def test_pages_say_what_they_are_to_those_who_share_them(pages: Visit) -> None:
    """Open Graph: the heading, the address, the site, the language; nothing on a 404."""
    for address, page in pages.pages.items():
        if is_redirect(page) or is_frame(page):
            continue
        said = {str(m["property"]): str(m["content"]) for m in page("meta", property=True)}
        if not canonical(page):
            assert said == {}, address
            continue
        assert said["og:url"] == canonical(page)
        assert said["og:type"] in ("article", "website")
        assert said["og:locale"] == {"vi": "vi_VN", "en": "en_GB"}[str(page.html["lang"])]
        assert said["og:site_name"] == page.select_one(".site-name").get_text()
        assert page.title.get_text().startswith(said["og:title"])
        description = page.find("meta", {"name": "description"})
        assert said.get("og:description") == (description and description["content"]), address


def test_the_switch_leads_to_the_same_page(pages: Visit) -> None:
    """The language switch leads to where the alternates lead, and marks the page's language."""
    for address, page in pages.pages.items():
        if not is_indexed(page) or address == "/":
            continue
        switch = page.select_one("nav.languages")
        here = [str(span["lang"]) for span in switch.select("[aria-current]")]
        assert here == [page.html["lang"]], address
        links = {str(a["hreflang"]): urljoin(pages.url, str(a["href"])) for a in switch("a")}
        versions = {k: v for k, v in alternates(page).items() if k not in (*here, "x-default")}
        assert links == versions, address


def test_the_switch_says_where_there_is_no_translation(pages: Visit) -> None:
    """Only a page that is in one language says so, in the language that it lacks."""
    notes = {
        address: [(note["lang"], note.get_text()) for note in page.select("nav.languages .missing")]
        for address, page in pages.pages.items()
    }
    said = {address for address, note in notes.items() if note}
    assert said == ONE_LANGUAGE
    assert {tuple(notes[address]) for address in said} == {
        (("en", "Not available in English"),),
        (("vi", "Chưa có bản tiếng Việt"),),
    }


@pytest.mark.parametrize(
    ("language", "titles"),
    [
        (
            "vi",
            [
                *("Nguồn tin", "Nhúng thông báo"),
                *("Giới thiệu", "Theo dõi thông báo mới", "Văn bản áp dụng"),
            ],
        ),
        # the third standing page is in Vietnamese only
        ("en", ["Feeds", "Embed notices", "About this archive", "Follow new notices"]),
    ],
)
def test_the_foot_leads_to_the_standing_pages(
    pages: Visit, language: str, titles: list[str]
) -> None:
    """Each page leads to the pages of the menu that are in its language, and to the maker."""
    for address, page in pages.pages.items():
        if address.startswith(f"/{language}/") and not is_frame(page):
            assert [link.get_text() for link in page.select("footer.footer nav a")] == titles


def test_the_search_form_is_where_there_is_a_search() -> None:
    """With the stage `search` each page has the form, but the search page, which has its own."""
    site = a_site(stages=("plugins.outputs.search",), url="https://a.example/kho")
    page, search = {"vi": "/vi/2008/"}, {"vi": "/vi/search/", "en": "/en/search/"}
    assert frame(a_press(site), "vi", "2008", page, ()).search == "/kho/vi/search/"
    assert frame(a_press(site), "vi", "Tìm kiếm", search, ()).search == ""
    assert frame(a_press(a_site()), "vi", "2008", page, ()).search == ""


def test_a_shared_page_shows_its_picture() -> None:
    """Open Graph: a page with a picture names it, and says what kind of page it is."""
    picture = Image("https://a.example/anh.jpg", 1200, 630, "Hội trường “A” & B")
    view = frame(
        a_press(a_site()), "vi", "Họp", {"vi": "/vi/x/"}, (), kind="article", image=picture
    )
    templates = FileSystemLoader(ROOT / "theme/templates")
    environment = Environment(
        loader=ChoiceLoader([templates, loader(ROOT / "theme")]), **JINJA_ENVIRONMENT
    )
    text = environment.get_template("layout.html").render(view=Shown(view), _=str)
    said = {m["property"]: m["content"] for m in BeautifulSoup(text, "lxml")("meta", property=True)}
    assert said["og:image"] == picture.href
    assert (said["og:image:width"], said["og:image:height"]) == ("1200", "630")
    assert said["og:image:alt"] == picture.alt
    assert said["og:type"] == "article"
    assert said["og:title"] == "Họp"
