"""Tests of the preview in a real browser."""

from playwright.sync_api import Page, expect

from tests.previewing.conftest import Previewed
from tests.previewing.test_server import DRAFT, PAGE, SOURCE


def test_a_save_reloads_the_page(previewed: Previewed, page: Page) -> None:
    """The new words are there without a hand on the browser."""
    page.goto(previewed.address + PAGE)
    previewed.change(SOURCE, "Đoạn đầu", "Đoạn thứ nhất")
    expect(page.get_by_text("Đoạn thứ nhất số 1")).to_be_visible()


def test_a_fault_is_shown_over_the_last_good_page(previewed: Previewed, page: Page) -> None:
    """It names file and line, and goes when it is mended."""
    page.goto(previewed.address + PAGE)
    previewed.change(SOURCE, "Date: 2008", "Date: 30/02/2008 - 2008")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text(f"{SOURCE}:")
    expect(alert).to_contain_text("Date")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thông báo số 1")
    previewed.change(SOURCE, "Date: 30/02/2008 - 2008", "Date: 2008")
    expect(alert).to_be_hidden()


def test_drafts_are_marked(previewed: Previewed, page: Page) -> None:
    """On their own page, and where they are listed."""
    page.goto(previewed.address + DRAFT)
    expect(page.locator("archive-preview").get_by_text("Draft")).to_be_visible()
    page.goto(previewed.address + "/vi/")
    link = page.get_by_role("link", name="Thông báo số 3")
    expect(link.locator("xpath=following-sibling::*[@data-preview]")).to_have_text("Draft")
    public = page.get_by_role("link", name="Thông báo số 1", exact=True).first
    expect(public.locator("xpath=following-sibling::*[@data-preview]")).to_have_count(0)


def test_faults_from_the_beginning_are_shown(previewed: Previewed, page: Page) -> None:
    """A browser that comes late sees what is wrong, too, as text and not as markup."""
    previewed.change(SOURCE, "Category: van-ban", "Category: <img src=x onerror=alert(1)>")
    page.goto(previewed.address + "/vi/")
    expect(page.get_by_role("alert")).to_contain_text("<img src=x onerror=alert(1)>")


def test_a_fault_between_notices_leaves_the_last_good_page(
    previewed: Previewed, page: Page
) -> None:
    """It is found a little later; a browser that was quicker goes back to what is good."""
    page.goto(previewed.address + PAGE)
    previewed.change(SOURCE, "Đoạn sau", "[Đoạn sau](khong-co.vi.md)")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("khong-co.vi.md")
    expect(page.locator("main a", has_text="Đoạn sau")).to_have_count(0)


def test_a_preview_that_stopped_says_so(previewed: Previewed, page: Page) -> None:
    """A page that nobody renews any more looks like one that is up to date."""
    page.goto(previewed.address + PAGE)
    expect(page.locator("archive-preview .waiting")).to_be_hidden()
    page.route("**/.preview/news?*", lambda route: route.abort())
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # listens anew
    expect(page.locator("archive-preview").get_by_text("has stopped")).to_be_visible()
