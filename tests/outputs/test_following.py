"""Tests of `plugins/outputs/feeds/following.py`: what can be followed."""

from pathlib import Path

import listparser
import pytest

from plugins.model.archive import Archive
from tests.conftest import URL
from tests.outputs.visiting import Visit


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_lists_every_feed(pages: Visit, archive: Archive, language: str) -> None:
    """Each listing, by its name, with its page, its three feeds, its notices and the newest."""
    page = pages.pages[f"/{language}/feeds/"]
    shown = {}
    for feed in page.select(".feeds > li"):
        names = [link.get_text() for link in feed.select(".feed-links a")]
        assert names[:3] == ["RSS", "Atom", "JSON"]
        shown[str(feed.a["href"])] = feed
    listings = {listing.address(language): listing for listing in archive.listings.values()}
    assert shown.keys() == listings.keys()
    for address, listing in listings.items():
        editions = listing.shelves[language].editions
        assert shown[address].select_one(".count").get_text().split()[0] == str(len(editions))
        times = [time["datetime"] for time in shown[address].select("time")]
        assert times == [edition.day.isoformat() for edition in editions[:1]]
        copied = shown[address].select_one("[data-copy]")["data-copy"]
        assert copied == f"{URL}{address}feed.xml"


def test_topics_are_in_the_order_of_the_alphabet(pages: Visit) -> None:
    """Vietnamese has an order of its own: An, Ấn, Biểu, Dịch, Dữ, Đào."""
    groups = pages.pages["/vi/feeds/"].select("main section")
    tags = [link.get_text() for link in groups[-1].select(".feed-name a")]
    first = ["An toàn thông tin", "Ấn phẩm", "Biểu mẫu", "Dịch vụ công", "Dữ liệu mở", "Đào tạo"]
    assert tags[:6] == first


@pytest.mark.parametrize("language", ["vi", "en"])
def test_opml_is_read_by_readers(site: Path, archive: Archive, language: str) -> None:
    """An OPML reader finds every feed of the language, under its name, in its group."""
    found = listparser.parse((site / language / "feeds.opml").read_bytes())
    assert not found.get("bozo")
    assert found.meta.title == archive.site.name[language]
    feeds = {feed.url: feed.title for feed in found.feeds}
    assert feeds.keys() == {
        f"{URL}{listing.address(language)}feed.xml" for listing in archive.listings.values()
    }
    for listing in archive.listings.values():
        if listing.term:
            title = feeds[f"{URL}{listing.address(language)}feed.xml"]
            assert title.startswith(f"{listing.term.label[language]} – ")
