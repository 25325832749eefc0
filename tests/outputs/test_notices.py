"""Tests of `plugins/outputs/notices.py`, `facts.py`, `banners.py`: what a notice's page tells."""

import pytest
from bs4 import BeautifulSoup

from plugins.model.archive import Archive
from tests.outputs.visiting import Visit

DOCUMENT_VI = "/vi/2008/02/thong-tu-bieu-mau-dien-tu/"
DOCUMENT_EN = "/en/2008/02/circular-on-electronic-forms/"
DAYS_VI = "/vi/2009/10/ngay-hoi-dich-vu-cong/"
DAYS_EN = "/en/2009/10/online-public-services-days/"
QUESTIONS = "/vi/2026/01/hoi-dap-ke-khai-thue/"
MAINTENANCE = "/vi/2026/02/bao-tri-cong-dich-vu-cong/"
WITHDRAWN_VI = "/vi/2026/03/tuyen-cong-tac-vien/"
WITHDRAWN_EN = "/en/2026/03/part-time-editors-wanted/"
POSTPONED = "/vi/2026/03/hoi-thao-du-lieu-mo/"
POSTPONED_EN = "/en/2026/03/workshop-on-open-data/"
CANCELLED = "/en/2026/04/help-in-ben-lau/"
ONLINE_VI = "/vi/2026/05/tap-huan-an-toan-thong-tin/"
ONLINE_EN = "/en/2026/05/information-security-training/"
NOW = "/vi/2026/05/tuan-le-du-lieu-mo/"
COMING = "/en/2026/05/digital-day/"
NEW_VI = "/vi/2026/04/thong-tu-bieu-mau-moi/"
NEW_EN = "/en/2026/04/new-circular-on-electronic-forms/"


ZONE_VI, ZONE_EN = " · Giờ Việt Nam, UTC+7", " · Vietnam Time, UTC+7"


def facts(page: BeautifulSoup) -> dict[str, str]:
    """The facts of an event or a document, by their names."""
    return {row.dt.get_text(): row.dd.get_text() for row in page.select(".facts > div")}


def banners(page: BeautifulSoup) -> list[list[str]]:
    """What stands above the text: each banner's lines."""
    return [[line.get_text() for line in banner("p")] for banner in page.select(".banner")]


def changes(page: BeautifulSoup) -> list[str]:
    """The history of changes, a line each."""
    return [" ".join(item.get_text(" ").split()) for item in page.select(".changes li")]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (
            DOCUMENT_VI,
            {
                "Số, ký hiệu": "12/2008/TT-BTTTT",
                "Hình thức văn bản": "Thông tư",
                "Cơ quan ban hành": "Bộ Tin tức và Truyền thông",
                "Người ký": "Thứ trưởng Nguyễn Văn Mẫu",
                "Ngày ban hành": "ngày 01 tháng 02 năm 2008",
                "Ngày có hiệu lực": "ngày 01 tháng 3 năm 2008",
                "Ngày hết hiệu lực": "ngày 31 tháng 12 năm 2028",
                "Thay thế": "07/2005/TT-BTTTT, 31/2006/QĐ-BTTTT",
            },
        ),
        (
            DOCUMENT_EN,  # its own words for issuer and signer, the rest inherited
            {
                "Number": "12/2008/TT-BTTTT",
                "Kind of document": "Circular",
                "Issued by": "Ministry of News and Communications",
                "Signed by": "Nguyễn Văn Mẫu, Deputy Minister",
                "Issued": "1 February 2008",
                "Takes effect": "1 March 2008",
                "Expires": "31 December 2028",
                "Replaces": "07/2005/TT-BTTTT, 31/2006/QĐ-BTTTT",
            },
        ),
        (
            DAYS_VI,
            {
                "Thời gian": "từ ngày 10 tháng 10 năm 2009 đến ngày 12 tháng 10 năm 2009",
                "Hạn đăng ký, gửi câu hỏi": "ngày 08 tháng 10 năm 2009",
                "Địa điểm": "Nhà văn hóa tỉnh Lam Giang",
                "Kênh": "Đài Truyền hình Lam Giang, Đài Phát thanh Lam Giang",
                "Đơn vị tổ chức": "Sở Thông tin và Dịch vụ công tỉnh Lam Giang",
                "Liên hệ": "Phòng Dịch vụ công, điện thoại 0299 000 0001",
            },
        ),
        (
            POSTPONED,
            {
                "Thời gian": f"từ 8 giờ 30 đến 11 giờ 30, ngày 10 tháng 7 năm 2026{ZONE_VI}",
                "Thời gian ban đầu": f"8 giờ 30, ngày 10 tháng 4 năm 2026{ZONE_VI}",
                "Địa điểm": "Hội trường Sở Thông tin và Dịch vụ công",
                "Đơn vị tổ chức": "Trung tâm Dữ liệu tỉnh Lam Giang",
                "Cách tham gia": "https://dang-ky.example/su-kien?ten=du-lieu-mo&nam=2026",
            },
        ),
        (
            CANCELLED,
            {
                "When": "15 June 2026",
                "Where": "Bến Lau House of Culture",
                "Organiser": "People’s Committee of Bến Lau Commune",
            },
        ),
        (
            ONLINE_EN,  # channels and register inherited
            {
                "When": f"1:30pm to 4:30pm, 9 June 2026{ZONE_EN}",
                "Closing date": f"5pm, 8 June 2026{ZONE_EN}",
                "Where": "The province’s online meeting room",
                "Channels": "hop.lamgiang.example",
                "Organiser": "Lam Giang Department of Information and Public Services",
                "Contact": "Information Security Office, telephone 0299 000 0002",
                "How to take part": "https://dang-ky.example/tap-huan",
            },
        ),
        (
            NOW,
            {
                "Thời gian": "từ ngày 30 tháng 5 năm 2026 đến ngày 03 tháng 6 năm 2026",
                "Địa điểm": "Thư viện tỉnh Lam Giang",
            },
        ),
        (
            COMING,
            {
                "When": f"7:30am, 10 October 2026 to 5pm, 11 October 2026{ZONE_EN}",
                "Where": "Bến Chợ Square",
                "Organiser": "Lam Giang Department of Information and Public Services",
            },
        ),
        (QUESTIONS, {}),
    ],
)
def test_facts_are_those_of_the_header(
    pages: Visit, address: str, expected: dict[str, str]
) -> None:
    """Each fact that is given is told in the page's language, and no other."""
    assert facts(pages.pages[address]) == expected


@pytest.mark.parametrize(
    ("address", "state"),
    [
        (DAYS_VI, ["Đã diễn ra"]),
        (POSTPONED, ["Đã hoãn", "Sắp diễn ra"]),  # to a known day
        (CANCELLED, ["Cancelled"]),
        (ONLINE_EN, ["Moved online", "Upcoming"]),
        (NOW, ["Đang diễn ra"]),
        (COMING, ["Upcoming"]),
        (QUESTIONS, []),
    ],
)
def test_an_event_says_where_it_stands(pages: Visit, address: str, state: list[str]) -> None:
    """What has become of it, and whether it is to come, if it takes place at all."""
    assert [
        mark.get_text() for mark in pages.pages[address].select(".invitation-state > *")
    ] == state


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (
            WITHDRAWN_VI,
            [
                [
                    "Thông báo này đã được thu hồi.",
                    "thông báo nêu sai điều kiện dự tuyển; Sở sẽ đăng thông báo mới.",
                ]
            ],
        ),
        (
            WITHDRAWN_EN,
            [
                [
                    "This notice has been withdrawn.",
                    "the notice gave the wrong conditions; the department will publish a new one.",
                ]
            ],
        ),
        (
            QUESTIONS,  # the correction, not the minor change after it
            [
                [
                    "Thông báo này đã được đính chính.",
                    "bản đăng lúc đầu ghi nhầm thời hạn là ngày 31 tháng 3;"
                    " thời hạn đúng là ngày 30 tháng 4.",
                ]
            ],
        ),
        (POSTPONED, [["Đã hoãn"]]),
        (CANCELLED, [["Cancelled"]]),
        (ONLINE_VI, [["Chuyển sang trực tuyến"]]),
        (
            DOCUMENT_EN,  # which is old, too
            [
                [
                    "A newer document replaces this one.",
                    "Circular 05/2026/TT-BTTTT on electronic forms, in effect from 1 July 2026",
                ]
            ],
        ),
        (
            NEW_EN,  # the correction of the original is not in its history
            [
                [
                    "The original has changed since this translation was made.",
                    "Read the original (Tiếng Việt)",
                ]
            ],
        ),
        (MAINTENANCE, []),  # a major change needs none
        (
            DAYS_VI,  # `Event_status: scheduled` is as announced
            [
                [
                    "Thông báo này được đăng năm 2009.",
                    "Nội dung có thể không còn phù hợp ở thời điểm hiện tại.",
                ]
            ],
        ),
        (
            DAYS_EN,
            [["This notice is from 2009.", "What it says may no longer be true."]],
        ),
        (COMING, []),
    ],
)
def test_banners_tell_what_must_be_known_first(
    pages: Visit, address: str, expected: list[list[str]]
) -> None:
    """A withdrawal with its reason, a successor, the last correction, the fate of an event, an
    original that changed, age; nothing else.
    """
    assert banners(pages.pages[address]) == expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (
            MAINTENANCE,
            [
                "ngày 06 tháng 02 năm 2026 Chỉnh sửa nhỏ thêm danh sách dịch vụ tạm ngừng.",
                "ngày 06 tháng 02 năm 2026 Cập nhật"
                " thời gian bảo trì lùi sang đêm ngày 08 tháng 02.",
            ],
        ),
        (
            WITHDRAWN_EN,
            [
                "12 March 2026 Withdrawn the notice gave the wrong conditions;"
                " the department will publish a new one.",
            ],
        ),
        (
            POSTPONED_EN,  # inherited from the original
            ["30 March 2026 Updated hội thảo lùi từ ngày 10 tháng 4 sang ngày 10 tháng 7."],
        ),
        (DAYS_VI, []),
    ],
)
def test_the_history_is_told_newest_first(pages: Visit, address: str, expected: list[str]) -> None:
    """Each change with its day and its kind, in the page's language."""
    assert changes(pages.pages[address]) == expected


@pytest.mark.parametrize(
    ("address", "tag"),
    [(WITHDRAWN_VI, "vi"), (WITHDRAWN_EN, "en"), (POSTPONED_EN, "vi")],
)
def test_inherited_words_are_marked_with_their_language(
    pages: Visit, address: str, tag: str
) -> None:
    """A screen reader reads a change that was not translated in the language it is in."""
    assert pages.pages[address].select_one(".changes li span")["lang"] == tag


@pytest.mark.parametrize(
    ("address", "inherited"),
    [(ONLINE_EN, ["hop.lamgiang.example"]), (ONLINE_VI, []), (DAYS_EN, [])],
)
def test_inherited_facts_are_marked_with_their_language(
    pages: Visit, address: str, inherited: list[str]
) -> None:
    """What a translation inherits in the original's words is read aloud in that language."""
    page = pages.pages[address]
    assert [fact.text for fact in page.select('.facts dd[lang="vi"]')] == inherited
    assert len(page.select(".facts dd[lang]")) == len(inherited)


@pytest.mark.parametrize(
    ("address", "iso", "words"),
    [
        (DOCUMENT_VI, "2008-02-05T08:00+07:00", "8 giờ, ngày 05 tháng 02 năm 2008"),
        (DOCUMENT_EN, "2008-02-05T08:00+07:00", "8am, 5 February 2008"),
        (ONLINE_VI, "2026-05-12T09:00+07:00", "9 giờ, ngày 12 tháng 5 năm 2026"),
        (ONLINE_EN, "2026-05-20T15:00+07:00", "3pm, 20 May 2026"),  # appeared later
    ],
)
def test_the_date_is_the_editions_own(pages: Visit, address: str, iso: str, words: str) -> None:
    """A translation has the date of its original, or its own."""
    time = pages.pages[address].select_one(".origin time")
    assert (time["datetime"], time.get_text()) == (iso, words)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (
            DOCUMENT_EN,
            {
                "Issued by": "Ministry of News and Communications",
                "Published": "8am, 5 February 2008",
            },
        ),
        (
            MAINTENANCE,  # not the minor change after the major one
            {
                "Đơn vị đăng": "Sở Thông tin và Dịch vụ công tỉnh Lam Giang",
                "Đăng lúc": "17 giờ, ngày 05 tháng 02 năm 2026",
                "Cập nhật lần cuối": "9 giờ 15, ngày 06 tháng 02 năm 2026 Xem lịch sử cập nhật",
            },
        ),
    ],
)
def test_the_origin_is_told_below_the_title(
    pages: Visit, address: str, expected: dict[str, str]
) -> None:
    """Who announces it, when, and when it last changed so that readers must know, if it did."""
    head = pages.pages[address].select_one(".page-head")
    assert {row.dt.get_text(): row.dd.get_text() for row in head.select(".origin div")} == expected


def test_a_long_history_is_folded(pages: Visit) -> None:
    """More than three changes wait behind a summary; fewer do not. No script is needed for it."""
    folded = pages.pages[NEW_VI].select_one("details .changes")
    assert len(folded("li")) == 4
    assert folded.parent.summary.get_text() == "Xem tất cả 4 thay đổi"
    assert pages.pages[MAINTENANCE].select("details .changes") == []
    assert len(pages.pages[MAINTENANCE].select(".changes li")) == 2


def test_ids_are_one_of_a_kind(pages: Visit, archive: Archive) -> None:
    """Those of the layout begin with a capital, those of the text do not; none is there twice."""
    for language in archive.site.languages:
        for edition in archive.editions(language):
            page = pages.pages[edition.address]
            ids = [str(element["id"]) for element in page(id=True)]
            assert len(set(ids)) == len(ids)
            own = {str(element["id"]) for element in page.select(".body [id]")}
            assert {each for each in ids if not each[0].isupper()} == own


@pytest.mark.parametrize(
    ("address", "alt", "caption"),
    [
        (
            DAYS_VI,
            "Ba quầy hướng dẫn màu xanh, vàng và đỏ xếp thành một hàng.",
            "Sơ đồ các quầy hướng dẫn tại Nhà văn hóa tỉnh.",
        ),
        (
            DAYS_EN,
            "Three help desks in a row: a blue one, a yellow one and a red one.",
            "Plan of the help desks at the House of Culture.",
        ),
    ],
)
def test_the_lead_picture_is_described(pages: Visit, address: str, alt: str, caption: str) -> None:
    """One file for all languages, with its size in pixels, and words in the page's language."""
    figure = pages.pages[address].select_one("figure.lead-picture")
    assert figure.img.attrs == {
        "src": "/2009/10/ngay-hoi-dich-vu-cong/ba-quay-huong-dan.png",
        "alt": alt,
        "width": "240",
        "height": "120",
        "fetchpriority": "high",
    }
    assert figure.figcaption.get_text() == caption


def test_topics_are_in_the_order_of_the_alphabet(pages: Visit) -> None:
    """Đ comes after D, whatever the order in the header."""
    tags = [tag.get_text() for tag in pages.pages[DAYS_VI].select(".tags a")]
    assert tags == ["Dịch vụ công", "Đào tạo"]


@pytest.mark.parametrize(
    ("address", "source"),
    [
        (DOCUMENT_VI, "Nguồn Trang cũ của Sở, mục Văn bản; đăng lại nguyên văn."),
        (
            DOCUMENT_EN,
            "Source The department’s old website, section ‘Documents’; reprinted in full.",
        ),
    ],
)
def test_the_source_is_named(pages: Visit, address: str, source: str) -> None:
    """Where a notice came from stands below it."""
    assert pages.pages[address].select_one(".notice-foot p").get_text() == source


def test_no_summary_is_shown_twice(pages: Visit) -> None:
    """A summary of its own stands above the text; the first paragraph does not stand there too."""
    lead = pages.pages[DOCUMENT_EN].select_one("article p.lead").get_text()
    assert lead.startswith("From 1 March 2008, an application")
    assert pages.pages[DAYS_EN].select("article p.lead") == []


def walk(pages: Visit, start: str, way: str) -> list[str]:
    """The addresses on the way from a notice to its neighbours."""
    found = [start]
    while link := pages.pages[found[-1]].select_one(way):
        found.append(str(link["href"]))
    return found


def test_each_notice_leads_to_the_next(pages: Visit, archive: Archive) -> None:
    """From the newest notice of a language, one by one, to its oldest; and back."""
    for language in archive.site.languages:
        expected = [edition.address for edition in archive.editions(language)]
        assert walk(pages, expected[0], "a.older") == expected
        assert walk(pages, expected[-1], "a.newer") == expected[::-1]


def test_a_neighbour_is_named_by_its_title(pages: Visit, archive: Archive) -> None:
    """A link to a neighbour holds the heading of the page that it leads to."""
    for editions in archive.siblings.values():
        for edition in editions:
            for link in pages.pages[edition.address].select(".neighbours a"):
                link.span.extract()
                assert link.get_text(strip=True) == pages.pages[link["href"]].h1.get_text()
