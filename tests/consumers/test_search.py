"""Tests of the search in a real browser, on nginx with the headers that the build gives it."""

from collections.abc import Callable, Iterator
from unicodedata import normalize
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Request, Route, expect

from tests.building.contents import Content, a_notice, a_translation
from tests.building.running import Trial
from tests.consumers.nginx import serving

STAGES = [
    "plugins.building.generator",
    *(f"plugins.outputs.{name}" for name in ("assets", "notices", "pages", "listings")),
    *(f"plugins.outputs.{name}" for name in ("search", "hosting")),
]

LOADED_FIRST = 200_000
"""Bytes that may be transferred until the first result shows."""

FILLER = "Văn bản này nói về những việc khác của cơ quan, và không về điều được tìm. " * 12


def an_archive() -> Content:
    """Notices of four decades, so that there are more than two parts."""
    content = Content(labels={}, menu=[])
    put = content.sources.__setitem__
    van_ban = "van-ban"

    def notice(path: str, title: str, text: str = FILLER, **header: str) -> None:
        date = f"{path[:4]}-{path[5:7]}-15 08:00"
        put(f"{path}.vi.md", a_notice(text, Title=title, Date=date, **header))

    notice("2026/05/cong-chuc", "Chính phủ điện tử phục vụ người dân")
    notice("2026/04/khong-dau", "Tin hoa hậu", "Hoa. " * 40 + FILLER)
    notice("2026/04/tuyen", "Điện tuyến miền núi")
    notice("2026/03/hoa-binh", "Tin ngắn", f"{FILLER} Tỉnh hoà Bình.")
    notice("2026/02/hoa-giai", "Tin khác", f"{FILLER} Việc hòa giải.")
    notice("2026/01/doi-thoai", "Đối thoại với doanh nghiệp", Kind="event", Starts="2026-02-01")
    put("2026/01/doi-thoai.en.md", a_translation("Talks.", Title="Dialogue with business"))
    for number in range(13):
        notice(f"2026/06/lich-{number}", f"Lịch tiếp dân số {number}")
    notice("2018/03/thue", "Thuế nhà ở", Tags="an-toan-thong-tin", Category=van_ban)
    notice(
        "2008/08/thong-tu",
        "Thông tư hướng dẫn",
        Number="12/2008/TT-BTTTT",
        Issuer="Bộ Thông tin và Truyền thông",
        Category=van_ban,
    )
    notice("2008/09/nguoc", "<b>&lt;script&gt;</b> kẻ lạ")
    notice("1999/09/cu", "Bản tin cũ nhất về khí tượng")
    return content


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of that archive, on nginx."""
    folder = tmp_path_factory.mktemp("search")
    trial = Trial(folder, an_archive(), PLUGINS=STAGES, AS_OF="2026-07-01T00:00:00+07:00")
    trial.build()
    (folder / "work").mkdir()
    with serving(trial.out, folder / "work") as server:
        yield f"http://127.0.0.1:{server.port}"


class Reader:
    """A tab with the search: asks, and tells what was shown and loaded."""

    def __init__(self, page: Page, host: str) -> None:
        self.page, self.host = page, host
        self.asked: list[Request] = []
        self.said: list[str] = []
        page.on("request", self.ask)
        page.on("console", lambda message: self.said.append(message.text))

    def ask(self, request: Request) -> None:
        """Note a request."""
        self.asked.append(request)

    def open(self, query: str = "", language: str = "vi", **filters: str) -> None:
        """Follow a link to a search."""
        given = {"q": query, **filters}
        address = "&".join(f"{name}={quote(value)}" for name, value in given.items() if value)
        self.page.goto(f"{self.host}/{language}/search/?{address}".rstrip("?"))
        self.settled()

    def type(self, query: str) -> None:
        """Type a query, and send it by the keyboard."""
        field = self.page.locator(".finder [name=q]")
        field.fill(query)
        field.press("Enter")
        self.settled()

    def settled(self) -> None:
        """Wait until it is not searching any more."""
        self.page.wait_for_function("() => document.getElementById('Search-more').textContent")
        expect(self.status).not_to_contain_text("…")

    @property
    def status(self) -> Locator:
        """What is said of the results."""
        return self.page.locator("#Search-status")

    def titles(self) -> list[str]:
        """The titles of the results."""
        return self.page.locator(".results h3").all_inner_texts()

    def marks(self) -> list[str]:
        """What is marked in the results."""
        return self.page.locator(".results mark").all_inner_texts()

    def parts(self) -> set[str]:
        """The parts that were loaded."""
        entries = [urlsplit(r.url).path for r in self.asked if r.url.find("entry.json") > 0]
        return {path.split("/")[3] for path in entries if "/search/" in path}


@pytest.fixture
def reader(page: Page, host: str) -> Iterator[Reader]:
    """A reader; nothing may be said in the console or asked of another host in the end."""
    reader = Reader(page, host)
    yield reader
    assert reader.said == []
    assert {urlsplit(request.url).netloc for request in reader.asked} <= {urlsplit(host).netloc}


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("chính phủ điện tử", "Chính phủ điện tử phục vụ người dân"),
        ("chinh phu dien tu", "Chính phủ điện tử phục vụ người dân"),
        ("dien tu", "Chính phủ điện tử phục vụ người dân"),  # not what only begins so
        ("CHÍNH PHỦ", "Chính phủ điện tử phục vụ người dân"),
        (normalize("NFD", "chính phủ"), "Chính phủ điện tử phục vụ người dân"),
        ("doi thoai", "Đối thoại với doanh nghiệp"),
        ("đối thoại", "Đối thoại với doanh nghiệp"),
        ("12/2008/TT-BTTTT", "Thông tư hướng dẫn"),
        ("12/2008", "Thông tư hướng dẫn"),
        ("12/2008/tt-btttt", "Thông tư hướng dẫn"),
        ("khí tượng", "Bản tin cũ nhất về khí tượng"),
        ("truyen thong", "Thông tư hướng dẫn"),  # its issuer
    ],
)
def test_found(reader: Reader, query: str, first: str) -> None:
    """With and without marks, whole and in part: words and numbers of documents."""
    reader.open(query)
    assert reader.titles()[:1] == [first]


@pytest.mark.parametrize(
    ("query", "filters", "is_found"),
    [
        ('"phục vụ người dân"', {}, True),
        ('"phuc vu nguoi dan"', {}, True),
        ('"phục vụ người dân"', {"year": "2026", "kind": "bulletin"}, True),
        ('"phục vụ người dân"', {"kind": "event"}, False),
        ('"người dân phục vụ"', {}, False),
        ('"người dân phục vụ"', {"year": "2026"}, False),
    ],
)
def test_a_phrase(reader: Reader, query: str, filters: dict[str, str], is_found: bool) -> None:
    """Words in quotes are found only where they stand together, with filters, too."""
    reader.open(query, **filters)
    assert reader.titles() == ["Chính phủ điện tử phục vụ người dân"] * is_found


@pytest.mark.parametrize("query", ["hòa", "hoà"])
def test_exact_marks_come_first(reader: Reader, query: str) -> None:
    """What has the same marks comes before what has others, however often; both spellings of one
    word are the same, and each is shown as it was written.
    """
    reader.open(query)
    titles = reader.titles()
    assert set(titles[:2]) == {"Tin ngắn", "Tin khác"}
    assert titles[2:] == ["Tin hoa hậu"]
    assert set(reader.marks()[:2]) == {"hoà", "hòa"}


def test_marks_of_a_phrase(reader: Reader) -> None:
    """Words side by side are marked as one, in the title as it is written."""
    reader.open("doi thoai")
    assert reader.marks()[0] == "Đối thoại"


@pytest.mark.parametrize("query", ["13/2008", "12/2009/TT-BTTTT", "qxqx", "qxqx thông tư"])
def test_nothing_is_found(reader: Reader, query: str) -> None:
    """A number that does not exist finds no other; one word that is nowhere finds nothing. What
    helps is said, with links to topics and years.
    """
    reader.open(query)
    expect(reader.status).to_contain_text("Không tìm thấy")
    assert reader.titles() == []
    expect(reader.page.locator("#Search-browse a").first).to_be_visible()


def test_nothing_is_typed(reader: Reader) -> None:
    """Without a query nothing of the index is loaded, and topics and years are there."""
    reader.open()
    assert [r.url for r in reader.asked if "pagefind" in r.url] == []
    expect(reader.page.locator("#Search-browse a").first).to_be_visible()
    expect(reader.page.locator("#Search-needs")).to_be_hidden()


def test_at_most_two_parts_first(reader: Reader) -> None:
    """Where enough is found, two parts are loaded; older ones when they are asked for."""
    reader.open("lịch tiếp dân")
    assert reader.parts() == {"2020-2029", "2010-2019"}
    expect(reader.status).to_contain_text("13")
    expect(reader.status).to_contain_text("2018–2026")
    reader.page.locator("#Search-older").click()
    reader.settled()
    assert reader.parts() == {"2020-2029", "2010-2019", "2000-2009", "1990-1999"}
    expect(reader.page.locator("#Search-older")).to_be_hidden()
    focused = "() => document.activeElement.closest('.results') !== null"
    assert reader.page.evaluate(focused)


def test_older_parts_when_little_is_found(reader: Reader) -> None:
    """Where little is found, older parts are searched without being asked for."""
    reader.open("khí tượng")
    assert reader.parts() == {"2020-2029", "2010-2019", "2000-2009", "1990-1999"}


def test_more_results(reader: Reader) -> None:
    """Ten results are shown; more on demand, and the first of them has the focus. Back from one of
    them, as many are shown again.
    """
    reader.open("lịch tiếp dân")
    assert len(reader.titles()) == 10
    reader.page.locator("#Search-more").click()
    expect(reader.page.locator(".results li")).to_have_count(13)
    eleventh = reader.page.locator(".results h3 a").nth(10)
    expect(eleventh).to_be_focused()
    eleventh.click()
    reader.page.wait_for_url("**/vi/2026/06/**")
    reader.page.go_back()
    expect(reader.page.locator(".results li")).to_have_count(13)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"kind": "event"}, ["Đối thoại với doanh nghiệp"]),
        ({"category": "van-ban"}, ["Thuế nhà ở", "Thông tư hướng dẫn"]),
        ({"tag": "an-toan-thong-tin"}, ["Thuế nhà ở"]),
        ({"year": "2008"}, ["<b>&lt;script&gt;</b> kẻ lạ", "Thông tư hướng dẫn"]),
        ({"year": "2008", "category": "van-ban"}, ["Thông tư hướng dẫn"]),
        ({"year": "2008", "kind": "event"}, []),
    ],
)
def test_filters(reader: Reader, filters: dict[str, str], expected: list[str]) -> None:
    """Filters alone list what they leave, the newest first; markup in a title is text."""
    reader.open(**filters)
    assert [" ".join(title.split()) for title in reader.titles()] == expected
    for name, value in filters.items():
        expect(reader.page.locator(f".finder [name={name}]")).to_have_value(value)


def test_a_year_loads_its_part_only(reader: Reader) -> None:
    """With a year, the parts that hold it are loaded and no other."""
    reader.open("thông tư", year="2008")
    assert reader.titles() == ["Thông tư hướng dẫn"]
    assert reader.parts() == {"2000-2009"}


def test_the_address_holds_the_search(reader: Reader) -> None:
    """Query and filters are in the address; back, forward and reload show what was there."""
    page = reader.page
    reader.open()
    reader.type("thuế")
    assert reader.titles() == ["Thuế nhà ở"]
    reader.type("thông tư")
    page.locator(".finder [name=category]").select_option("van-ban")
    expect(page.locator(".results li")).to_have_count(1)
    assert parse_qs(urlsplit(page.url).query) == {"q": ["thông tư"], "category": ["van-ban"]}
    page.go_back()
    expect(page.locator(".finder [name=category]")).to_have_value("")
    page.go_back()
    expect(page.locator(".results h3")).to_have_text(["Thuế nhà ở"])
    expect(page.locator(".finder [name=q]")).to_have_value("thuế")
    page.go_forward()
    page.go_forward()
    page.reload()
    expect(page.locator(".finder [name=q]")).to_have_value("thông tư")
    expect(page.locator(".results h3")).to_have_text(["Thông tư hướng dẫn"])
    page.goto(f"{reader.host}/vi/search/")
    expect(page.locator(".results")).to_be_hidden()


def test_the_other_language(reader: Reader) -> None:
    """Results are in the page's language, each with a way to its other edition."""
    reader.open("dialogue", language="en")
    assert reader.titles() == ["Dialogue with business"]
    other = reader.page.locator(".results a[hreflang]")
    expect(other).to_have_text("Tiếng Việt")
    expect(other).to_have_attribute("lang", "vi")
    other.click()
    expect(reader.page.locator("h1")).to_have_text("Đối thoại với doanh nghiệp")


def test_the_search_goes_along_into_another_language(reader: Reader) -> None:
    """The language switch asks the other page the same, whatever was typed meanwhile."""
    reader.open()
    reader.type("chính phủ")
    reader.page.locator("header .languages a[hreflang=en]").click()
    reader.settled()
    assert reader.page.locator(".finder [name=q]").input_value() == "chính phủ"
    assert "/en/search/?q=" in reader.page.url


def test_endings_of_english_words(reader: Reader) -> None:
    """English words are found with other endings."""
    reader.open("dialogues businesses", language="en")
    assert reader.titles() == ["Dialogue with business"]


def test_by_keyboard_and_aloud(reader: Reader) -> None:
    """The focus stays in the field when results come; their number is said in a live region, and
    each result is a heading with a link.
    """
    reader.open()
    reader.type("thuế")
    expect(reader.page.locator(".finder [name=q]")).to_be_focused()
    expect(reader.page.get_by_role("status")).to_contain_text("1")
    expect(reader.page.get_by_role("heading", level=3).get_by_role("link")).to_have_count(1)


def test_bytes_of_the_first_result(reader: Reader) -> None:
    """Until the first results show, no more is transferred than the target allows."""
    session = reader.page.context.new_cdp_session(reader.page)
    session.send("Network.enable")
    sizes: list[int] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    reader.open("chính phủ điện tử")
    assert reader.titles()
    assert 50_000 < sum(sizes) < LOADED_FIRST


@pytest.mark.parametrize(
    "pattern", ["**/*.pagefind", "**/pagefind.js", "**/search/*/*.json*", "**/*.pf_*"]
)
def test_the_index_is_out_of_reach(page: Page, host: str, pattern: str) -> None:
    """Where a file of the index does not come, that is said, not that nothing was found; topics
    and years are there; and the next search tries again.
    """

    def refuse(route: Route) -> None:
        route.fulfill(status=404, body="")

    page.route(pattern, refuse)
    page.goto(f"{host}/vi/search/?q=thuế")
    status = page.locator("#Search-status")
    expect(status).to_contain_text("Không tải được")
    expect(page.locator("#Search-browse a").first).to_be_visible()
    page.unroute(pattern, refuse)
    if not pattern.endswith(".js"):  # a browser remembers that a module did not come
        page.locator(".finder button").click()
        expect(page.locator(".results h3")).to_have_text(["Thuế nhà ở"])


def test_without_script(browser_context: Callable[..., BrowserContext], host: str) -> None:
    """Without script there is no form that does nothing, but a way to topics and years."""
    page = browser_context(java_script_enabled=False).new_page()
    page.goto(f"{host}/vi/search/?q=thuế")
    expect(page.locator(".finder")).to_be_hidden()
    expect(page.locator("#Search-needs")).to_be_visible()
    page.locator("#Search-browse a", has_text="2018").click()
    expect(page.locator("h1")).to_contain_text("2018")


@pytest.fixture
def browser_context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Visitors of special kinds."""
    made: list[BrowserContext] = []

    def make(**options: bool) -> BrowserContext:
        made.append(browser.new_context(**options))
        return made[-1]

    yield make
    for context in made:
        context.close()


def test_at_320_pixels(reader: Reader) -> None:
    """On a small telephone nothing is wider than the page."""
    reader.page.set_viewport_size({"width": 320, "height": 640})
    reader.open("chính phủ")
    assert reader.page.evaluate("() => document.documentElement.scrollWidth") == 320
