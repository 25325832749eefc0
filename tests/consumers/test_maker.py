"""Tests of the maker in a real browser: with its script, without, and what is pasted from it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.conftest import URL
from tests.consumers.feeds import a_feed, an_item, answer
from tests.consumers.hosts import OPEN, Answer, Host, serving

MAKER = "/vi/embed/"

STRICT = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self';"
    " img-src 'self'; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'"
}


@pytest.fixture
def archive(site: Path) -> Iterator[Host]:
    """The fictional archive, served strictly, with a feed at each address that is asked for."""
    with serving(site, STRICT) as host:
        for path in ("/vi/", "/vi/tag/thue/", "/vi/tag/thue-nha/", "/en/tag/tax/"):
            host.answers[f"{path}feed.json"] = answer(a_feed(title="Thông báo"))
        host.answers["/en/tag/rent/feed.json"] = answer(a_feed(title="Rent", language="en"))
        yield host


def snippets(page: Page) -> list[str]:
    """The snippets of link, frame and element."""
    return page.locator(".way code").all_inner_texts()


def test_the_first_snippets_are_those_of_the_page(page: Page, archive: Host) -> None:
    """The script fills in what the page without script says, to the letter."""
    page.goto(archive.url + MAKER)
    expect(page.get_by_label("Danh sách")).to_be_visible()
    filled = snippets(page)
    page.route("**/theme/maker.js*", lambda route: route.abort())
    page.reload()
    assert snippets(page) == filled
    assert len(filled) == 3


def test_one_chooses_list_language_and_number(page: Page, archive: Host) -> None:
    """All snippets and previews are those of what is chosen."""
    said: list[str] = []
    page.on("console", lambda message: message.type == "error" and said.append(message.text))
    page.goto(archive.url + MAKER)
    expect(page.get_by_role("heading", name="Thông báo", exact=True)).to_be_visible()
    page.get_by_label("Danh sách").select_option(label="Thuê")
    page.get_by_role("combobox", name="Ngôn ngữ").select_option(label="English")
    page.get_by_label("Số lượng thông báo").fill("2")
    page.get_by_label("Số lượng thông báo").blur()
    link, frame, element = snippets(page)
    title = "Rent – Lam Giang Notices &amp; Events"
    assert link == f'<a href="{URL}/en/tag/rent/" hreflang="en" lang="en">{title}</a>'
    assert f'src="{URL}/en/embed/tag/rent/"' in frame
    assert f'title="{title}"' in frame
    assert f'src="{URL}/en/tag/rent/feed.json" limit="2"' in element
    assert link in element
    expect(page.get_by_role("heading", name="Rent", exact=True)).to_be_visible()
    expect(page.locator("announcement-feed").get_by_role("listitem")).to_have_count(2)
    inside = page.frame_locator(".preview iframe")
    expect(inside.get_by_role("heading", level=1)).to_have_text("Rent")
    assert said == []


def test_lists_are_offered_in_the_chosen_language(page: Page, archive: Host) -> None:
    """Another language offers as many lists under its own names, and keeps what was chosen."""
    page.goto(archive.url + MAKER)
    chooser = page.get_by_label("Danh sách")
    chooser.select_option(label="Thuế")
    before = chooser.locator("option").all_inner_texts()
    page.get_by_role("combobox", name="Ngôn ngữ").select_option(label="English")
    after = chooser.locator("option").all_inner_texts()
    assert len(before) == len(after)
    assert "Tax" in after
    assert "Tax" not in before
    assert chooser.locator("option:checked").all_inner_texts() == ["Tax"]


@pytest.mark.parametrize(("typed", "limit"), [("0", "1"), ("", "5"), ("900", "50"), ("7", "7")])
def test_a_number_stays_within_bounds(page: Page, archive: Host, typed: str, limit: str) -> None:
    """The snippet never holds a number that the element would not take."""
    page.goto(archive.url + MAKER)
    page.get_by_label("Số lượng thông báo").fill(typed)
    page.get_by_label("Số lượng thông báo").blur()
    assert f' limit="{limit}" ' in snippets(page)[2]


def test_a_snippet_is_copied(context: BrowserContext, page: Page, archive: Host) -> None:
    """The button copies what is shown, and says so."""
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(archive.url + MAKER)
    button = page.locator(".way").nth(1).get_by_role("button", name="Sao chép")
    button.click()
    expect(page.get_by_role("button", name="Đã sao chép")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == snippets(page)[1]


def test_without_script_it_is_documentation(browser: Browser, archive: Host) -> None:
    """Every list has its snippets; there is nothing to press that would do nothing."""
    context = browser.new_context(java_script_enabled=False)
    try:
        page = context.new_page()
        page.goto(archive.url + MAKER)
        assert page.get_by_role("main").get_by_role("button").count() == 0
        assert page.locator("main :is(select, input, .preview):visible").count() == 0
        rent = page.locator("details", has_text="Thuê").first
        rent.locator("summary").click()
        for code in rent.locator("code").all():
            expect(code).to_be_visible()
            expect(code).to_contain_text(f"{URL}/vi/")
    finally:
        context.close()


@pytest.mark.parametrize("width", [280, 320, 1280])
def test_it_fits_every_width(page: Page, archive: Host, width: int) -> None:
    """Snippets break rather than stick out."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(archive.url + MAKER)
    expect(page.get_by_label("Danh sách")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == width


def published(page: Page, site: Path, *, tampered: bool = False) -> None:
    """Put the built archive at its own address, with a feed; `tampered`, with a byte too many."""

    def serve(route: Route) -> None:
        path = route.request.url.removeprefix(URL)
        if path.endswith("feed.json"):
            body = answer(a_feed(an_item(0, title="Thông báo đầu tiên"))).body
        else:
            body = (site / path[1:]).read_bytes() + (b"\n" if tampered else b"")
        route.fulfill(body=body, headers=dict(OPEN))

    page.route(f"{URL}/**", serve)


def pasted(page: Page, site: Path, archive: Host, partner: Host) -> str:
    """The address of a partner's page with the element as the maker gives it."""
    page.goto(archive.url + MAKER)
    snippet = snippets(page)[2]
    partner.answers["/page"] = Answer(f"<!doctype html><body>{snippet}</body>".encode())
    return f"{partner.url}/page"


def test_the_element_works_as_pasted(page: Page, site: Path, archive: Host, partner: Host) -> None:
    """Copied from the maker into a page, the snippet runs: its addresses and its hash are right."""
    address = pasted(page, site, archive, partner)
    published(page, site)
    page.goto(address)
    expect(page.get_by_role("listitem")).to_have_text(["28 tháng 5, 2026Thông báo đầu tiên"])


def test_a_script_that_was_tampered_with_does_not_run(
    page: Page, site: Path, archive: Host, partner: Host
) -> None:
    """With one byte more, a browser refuses it, and the partner's link stays."""
    address = pasted(page, site, archive, partner)
    published(page, site, tampered=True)
    page.goto(address)
    expect(page.locator("announcement-feed > a")).to_be_visible()
    assert page.evaluate("customElements.get('announcement-feed')") is None
