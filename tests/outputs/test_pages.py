"""Tests of `plugins/outputs/pages.py`: standing pages, the chooser, all topics, not found."""

import pytest

from tests.outputs.visiting import Visit, canonical, is_indexed

ALPHABET = [
    "An toàn thông tin",
    "Ấn phẩm",
    "Biểu mẫu",
    "Dịch vụ công",
    "Dữ liệu mở",
    "Đào tạo",
    "Người nước ngoài",
    "Thuê",
    "Thuế",
]


def test_the_chooser_has_a_door_for_each_language(pages: Visit) -> None:
    """Each language is offered in its own words, the default one first."""
    doors = pages.pages["/"].select(".door")
    assert [(door["lang"], door.h1.a["href"], door.h1.get_text()) for door in doors] == [
        ("vi", "/vi/", "Thông báo của tỉnh Lam Giang"),
        ("en", "/en/", "Lam Giang Notices & Events"),
    ]


def test_topics_are_in_the_order_of_the_alphabet(pages: Visit) -> None:
    """All tags that notices have, by the collation of the language; so are the categories."""
    categories, tags = pages.pages["/vi/tags/"].select("ul.topics")
    assert [link.get_text() for link in tags("a")] == ALPHABET
    assert [link.get_text() for link in categories("a")] == [
        "Hội nghị, tập huấn",
        "Tin hoạt động",
        "Văn bản",
    ]
    english = [link.get_text() for link in pages.pages["/en/tags/"].select("ul.topics")[1]("a")]
    assert english == sorted(english)
    assert len(english) == len(ALPHABET)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_topics_are_counted(pages: Visit, language: str) -> None:
    """The number beside a topic is that of the notices which its page lists."""
    for item in pages.pages[f"/{language}/tags/"].select("ul.topics li"):
        listed = pages.pages[item.a["href"]].select(".cards .card")
        assert int(item.select_one(".count").get_text()) == len(listed)


def test_a_standing_page_is_at_its_slug(pages: Visit) -> None:
    """A page has the title, the text and the description of its source."""
    page = pages.pages["/en/about/"]
    assert page.h1.get_text() == "About this archive"
    description = page.find("meta", {"name": "description"})["content"]
    assert description == "This invented archive is used to test software."
    assert page.select_one(".body h2")["id"] == "addresses-that-do-not-change"


@pytest.mark.parametrize(
    ("address", "headings"),
    [
        ("/vi/404.html", ["Không tìm thấy trang"]),
        ("/en/404.html", ["Page not found"]),
        ("/404.html", ["Không tìm thấy trang", "Page not found"]),
    ],
)
def test_not_found_is_said_in_the_language_of_the_folder(
    pages: Visit, address: str, headings: list[str]
) -> None:
    """At the root, where the language is not known, in all of them; no 404 has an address."""
    page = pages.pages[address]
    assert [heading.get_text() for heading in page("h1")] == headings
    assert [part["lang"] for part in page.select("main section")] == [
        {"Không tìm thấy trang": "vi", "Page not found": "en"}[heading] for heading in headings
    ]
    assert canonical(page) == ""
    assert not is_indexed(page)


def test_not_found_is_found_from_any_depth(pages: Visit) -> None:
    """A host shows it at any address, so no link in it may be relative."""
    for address in ("/404.html", "/vi/404.html", "/en/404.html"):
        hrefs = [link["href"] for link in pages.pages[address].find_all(href=True)]
        assert [h for h in hrefs if not h.startswith(("/", "#", "https:", "mailto:"))] == []
