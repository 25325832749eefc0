"""Tests of `plugins/outputs/feeds.py`: RSS as feed readers read it."""

import re
from collections import defaultdict
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import feedparser
import pytest
from lxml import etree

from plugins.model.archive import Archive
from plugins.model.notice import ChangeKind, Edition
from plugins.outputs.feeds import MAX_BYTES
from tests.building.contents import Content, a_notice, a_translation
from tests.conftest import SITE, URL, Build

CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"


def parse(file: Path) -> Any:
    """A feed as a feed reader reads it."""
    return feedparser.parse(file.read_bytes())


def feeds_in(out: Path) -> dict[str, Any]:
    """Every feed of an output folder, read, by its path."""
    found = {f.relative_to(out).as_posix(): parse(f) for f in sorted(out.rglob("feed.xml"))}
    assert len(found) > 20
    return found


def published(entry: Any) -> datetime:
    """The date of an entry."""
    return datetime(*entry.published_parsed[:6], tzinfo=UTC)


@pytest.fixture(scope="module")
def feeds(site: Path) -> dict[str, Any]:
    """Every feed of `tests/site`."""
    return feeds_in(site)


@pytest.fixture(scope="module")
def editions(archive: Archive) -> dict[str, Edition]:
    """The public editions of `tests/site`, by their ids in feeds."""
    every = (edition for siblings in archive.siblings.values() for edition in siblings)
    return {f"tag:example.org,{e.id[:4]}:{e.id}/{e.language}": e for e in every}


def test_every_feed_is_well_formed(feeds: dict[str, Any]) -> None:
    """A feed reader finds nothing to mend in any feed, and sees RSS 2.0."""
    assert {path: feed.bozo for path, feed in feeds.items() if feed.bozo} == {}
    assert {feed.version for feed in feeds.values()} == {"rss20"}
    assert {feed.encoding for feed in feeds.values()} == {"utf-8"}


def test_a_feed_says_its_language_and_its_own_address(feeds: dict[str, Any]) -> None:
    """The language is that of its folder; the self link is the address that it is read at."""
    for path, feed in feeds.items():
        assert feed.feed.language == path[:2]
        own = [link.href for link in feed.feed.links if link.rel == "self"]
        assert own == [f"{URL}/{path}"]


def test_a_feed_holds_the_editions_of_its_list(
    feeds: dict[str, Any], archive: Archive, editions: dict[str, Edition]
) -> None:
    """The entries of a feed are the editions of its listing in its language, newest first."""
    for listing in archive.listings.values():
        for language, shelf in listing.shelves.items():
            entries = feeds[f"{listing.address(language)[1:]}feed.xml"].entries
            assert [editions[entry.id] for entry in entries] == shelf.editions
            dates = [published(entry) for entry in entries]
            assert dates == sorted(dates, reverse=True)


def test_ids_are_tag_uris_and_no_addresses(site: Path) -> None:
    """An id outlives every address (RFC 4151), so no reader may take it for one."""
    form = re.compile(r"tag:example\.org,\d{4}:\d{4}/\d\d/[a-z0-9-]+/(vi|en)")
    guids = [g for file in site.rglob("feed.xml") for g in etree.parse(file).iter("guid")]
    assert len(guids) > 50
    assert [guid.text for guid in guids if not form.fullmatch(guid.text)] == []
    assert {guid.get("isPermaLink") for guid in guids} == {"false"}


def test_an_edition_has_one_id_in_all_feeds(feeds: dict[str, Any]) -> None:
    """Once in each feed, and under the same id in every feed; no two editions share one."""
    addresses: dict[str, set[str]] = defaultdict(set)
    ids: dict[str, set[str]] = defaultdict(set)
    for path, feed in feeds.items():
        found = [entry.id for entry in feed.entries]
        assert len(set(found)) == len(found), path
        for entry in feed.entries:
            addresses[entry.id].add(entry.link)
            ids[entry.link].add(entry.id)
    assert {i: to for i, to in addresses.items() if len(to) > 1} == {}
    assert {to: i for to, i in ids.items() if len(i) > 1} == {}


def test_a_moved_notice_keeps_its_id(feeds: dict[str, Any]) -> None:
    """`Id` holds what the feeds said before the move, with the year of the old path."""
    ids = {entry.link: entry.id for entry in feeds["vi/feed.xml"].entries}
    moved = ids[f"{URL}/vi/2026/01/ho-tro-thue-nha-o-xa-hoi/"]
    assert moved == "tag:example.org,2025:2025/12/ho-tro-thue-nha/vi"


def test_an_entry_says_what_its_notice_says(
    feeds: dict[str, Any], archive: Archive, editions: dict[str, Edition]
) -> None:
    """Title (with its markup characters), date, address, topics and author are the edition's."""
    seen = set()
    for feed in feeds.values():
        for entry in feed.entries:
            edition = editions[entry.id]
            language = edition.language
            assert entry.title == edition.title
            assert entry.link == URL + edition.address
            assert published(entry) == edition.date
            terms = [archive.taxonomy.tags[tag] for tag in edition.tags]
            terms += [archive.taxonomy.categories[edition.category]]
            assert {tag.term for tag in entry.tags} == {term.label[language] for term in terms}
            issuer = edition.document.issuer if edition.document else ""
            assert entry.author == (issuer or archive.site.publisher[language])
            assert entry.summary == edition.summary
            seen.add(entry.id)
    assert seen == editions.keys()


def test_markup_characters_in_titles_are_intact(site: Path) -> None:
    """`<`, `&`, quotes and `]]>` are in the XML what they are in the header."""
    titles = {e.text for e in etree.parse(site / "vi/feed.xml").iter("title")}
    assert (
        "Hỏi & đáp: kê khai thuế khi doanh thu < 100 triệu đồng, mẫu '01/CNKD' và lỗi \"]]>\""
        " trong tệp XML"
    ) in titles
    english = {e.text for e in etree.parse(site / "en/feed.xml").iter("title")}
    assert "Lam Giang Notices & Events" in english
    assert "Help desk for residents from abroad: English, 日本語, \u200fالعربية\u200f 🧭" in english


def test_an_entry_holds_the_whole_text(site: Path) -> None:
    """The text is HTML with absolute addresses; what was sanitised away is not in it either."""
    texts = {
        item.findtext("link").removeprefix(URL): item.findtext(CONTENT)
        for item in etree.parse(site / "vi/feed.xml").iter("item")
    }
    questions = texts["/vi/2026/01/hoi-dap-ke-khai-thue/"]
    assert "<dt>Hộ khoán</dt>" in questions
    assert '<td class="align-right">10%</td>' in questions
    assert f'href="{URL}/vi/2026/01/hoi-dap-ke-khai-thue/#ai-phai-ke-khai"' in questions
    assert "<script" not in texts["/vi/2026/02/bao-tri-cong-dich-vu-cong/"]
    picture = f'src="{URL}/2026/05/tuan-le-du-lieu-mo/ban-do-xe-buyt.png"'
    assert picture in texts["/vi/2026/05/tuan-le-du-lieu-mo/"]


def test_an_empty_feed_is_valid(site: Path, feeds: dict[str, Any]) -> None:
    """A topic without a notice in a language has a feed in it, which waits for the first."""
    empty = [path for path, feed in feeds.items() if not feed.entries]
    assert empty == ["vi/tag/nguoi-nuoc-ngoai/feed.xml"]
    channel = etree.parse(site / empty[0]).find("channel")
    assert all(channel.findtext(name) for name in ("title", "link", "description"))
    assert channel.find("lastBuildDate") is None


def test_a_feed_was_changed_when_its_newest_news_was(
    feeds: dict[str, Any], archive: Archive
) -> None:
    """`lastBuildDate` is that of the last notice or major change, never that of the build."""
    for listing in archive.listings.values():
        for language, shelf in listing.shelves.items():
            if not shelf.editions:
                continue
            news = [edition.date for edition in shelf.editions]
            for edition in shelf.editions:
                news += [c.at for c in edition.changes if c.kind is not ChangeKind.MINOR]
            feed = feeds[f"{listing.address(language)[1:]}feed.xml"].feed
            assert parsedate_to_datetime(feed.updated) == max(news)


def test_a_feed_holds_so_many_entries_at_most(
    build: Build, feeds: dict[str, Any], tmp_path: Path
) -> None:
    """`FEED_MAX_ITEMS` leaves the newest; a shorter feed is not touched by it."""
    build(SITE, tmp_path / "out", tmp_path / "cache", FEED_MAX_ITEMS=3)
    for path, feed in feeds_in(tmp_path / "out").items():
        ids = [entry.id for entry in feeds[path].entries]
        assert [entry.id for entry in feed.entries] == ids[:3]


def test_a_feed_is_never_too_large(build: Build, tmp_path: Path) -> None:
    """The oldest entries give way to the size that hosts take; the newest is always there."""
    content = Content()
    for day in (1, 2, 3):
        text = f"Đoạn dài số {day}. " * 5_000  # over 100 kB each
        content.sources[f"2008/03/dai-{day}.vi.md"] = a_notice(text, Date=f"2008-03-0{day} 08:00")
    text = "Đoạn rất dài. " * 20_000  # more than a whole feed
    content.sources["2008/03/rat-dai.vi.md"] = a_notice(
        text, Date="2008-03-04 08:00", Kind="event", Starts="2008-03-05"
    )
    build(content.write(tmp_path / "content"), tmp_path / "out", tmp_path / "cache")
    bulletins, events = (tmp_path / f"out/vi/{name}/feed.xml" for name in ("bulletins", "events"))
    links = [entry.link for entry in parse(bulletins).entries]
    assert links == [f"{URL}/vi/2008/03/dai-3/", f"{URL}/vi/2008/03/dai-2/"]
    assert bulletins.stat().st_size < MAX_BYTES
    assert [e.link for e in parse(events).entries] == [f"{URL}/vi/2008/03/rat-dai/"]


def ids_of(out: Path) -> set[str]:
    """The ids of all entries of the default language and of the other."""
    return {e.id for path in ("vi", "en") for e in parse(out / path / "feed.xml").entries}


def test_an_id_outlives_everything_else(build: Build, tmp_path: Path) -> None:
    """Another title, date, slug, tag, text or address of the site is no new entry to a reader."""
    stem = "2008/03/hoi-nghi"
    before = Content({f"{stem}.vi.md": a_notice(), f"{stem}.en.md": a_translation()})
    after = Content(
        {
            f"{stem}.vi.md": a_notice(
                "Đoạn khác.",
                Title="Tiêu đề khác",
                Date="2009-12-31 08:00",
                Slug="dia-chi-khac",
                Tags="dich-vu-cong",
            ),
            f"{stem}.en.md": a_translation(Title="Another title", Slug="another-address"),
        }
    )
    out, cache = tmp_path / "out", tmp_path / "cache"
    build(before.write(tmp_path / "content"), out, cache)
    old = {f"tag:example.org,2008:{stem}/{language}" for language in ("vi", "en")}
    assert ids_of(out) == old
    build(after.write(tmp_path / "content"), out, cache, SITEURL="https://khac.example/luu-tru")
    assert ids_of(out) == old
    links = [entry.link for entry in parse(out / "vi/feed.xml").entries]
    assert links == ["https://khac.example/luu-tru/vi/2008/03/dia-chi-khac/"]
