"""Tests of `plugins/outputs/feeds`: RSS, Atom and JSON Feed as feed readers read them."""

import json
import re
from collections import defaultdict
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from lxml import etree

from plugins.model.archive import Archive
from plugins.model.notice import ChangeKind, Edition, Status
from plugins.outputs.feeds import parts
from plugins.outputs.feeds.entries import Entry
from plugins.outputs.feeds.parts import MAX_BYTES
from tests.building.contents import Content, a_notice, a_picture, a_translation
from tests.building.running import Trial, difference
from tests.conftest import SITE, URL, Build
from tests.outputs.feed_reading import FORMATS, Feed, Item, feeds_in, read_feed
from tests.outputs.visiting import Visit

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
HISTORY = "{http://purl.org/syndication/history/1.0}archive"
TOMBSTONE = "{http://purl.org/atompub/tombstones/1.0}"


@pytest.fixture(scope="module")
def feeds(site: Path) -> dict[str, Feed]:
    """Every feed of `tests/site`, by its path."""
    return feeds_in(site)


@pytest.fixture(scope="module")
def listed(feeds: dict[str, Feed]) -> dict[str, Feed]:
    """The feeds that lie beside a page that lists."""
    return {
        path: feed
        for path, feed in feeds.items()
        if "/archive/" not in path and "/thue-va-phi/" not in path
    }


@pytest.fixture(scope="module")
def editions(archive: Archive) -> dict[str, Edition]:
    """The public editions of `tests/site`, by their ids in feeds."""
    every = (edition for siblings in archive.siblings.values() for edition in siblings)
    return {f"tag:example.org,{e.id[:4]}:{e.id}/{e.language}": e for e in every}


def by_link(out: Path, path: str) -> dict[str, Item]:
    """The entries of a feed by their address on the site."""
    return {item.link.removeprefix(URL): item for item in read_feed(out / path).items}


def test_all_formats_say_the_same(feeds: dict[str, Feed]) -> None:
    """Ids, addresses, titles, texts, dates, authors, topics, files agree to the last letter."""
    for path, feed in feeds.items():
        rss = feeds[f"{path.rpartition('/')[0]}/feed.xml"]
        assert feed.items == rss.items, path
        assert (feed.title, feed.language, feed.home) == (rss.title, rss.language, rss.home)
        assert feed.rights == rss.rights


def test_a_feed_says_its_language_its_page_and_its_own_address(
    listed: dict[str, Feed], pages: Visit
) -> None:
    """The language is that of its folder, the page lists the same, self is where it is read."""
    for path, feed in listed.items():
        folder = path.rpartition("/")[0]
        assert feed.language == path[:2]
        assert feed.links["self"] == f"{URL}/{path}"
        assert feed.home == f"{URL}/{folder}/"
        assert feed.rights
        shown = [a["href"] for a in pages.page(feed.home).select("main a[href]")]
        assert {item.link.removeprefix(URL) for item in feed.items} <= set(shown), path


def test_a_page_names_its_own_feed_and_no_other(pages: Visit, listed: dict[str, Feed]) -> None:
    """Pages that list lead readers to the feed of the same list, and to nothing else."""
    for address, page in pages.pages.items():
        named = [
            str(link["href"]) for link in page.find_all("link", type=re.compile("rss|atom|feed"))
        ]
        own = f"{address[1:]}feed.xml"
        assert named == ([f"/{own}"] if own in listed else []), address


def test_a_feed_holds_the_editions_of_its_list(
    listed: dict[str, Feed], archive: Archive, editions: dict[str, Edition]
) -> None:
    """The entries of a feed are the editions of its listing in its language, newest first."""
    for listing in archive.listings.values():
        for language, shelf in listing.shelves.items():
            for name in FORMATS:
                items = listed[f"{listing.address(language)[1:]}{name}"].items
                assert [editions[item.id] for item in items] == shelf.editions
                dates = [item.published for item in items]
                assert dates == sorted(dates, reverse=True)


def test_ids_are_tag_uris_and_no_addresses(site: Path) -> None:
    """An id outlives every address (RFC 4151), so no reader may take it for one."""
    form = re.compile(r"tag:example\.org,\d{4}:\d{4}/\d\d/[a-z0-9-]+/(vi|en)")
    guids = [g for file in site.rglob("feed.xml") for g in etree.parse(file).iter("guid")]
    assert len(guids) > 50
    odd = {guid.text for guid in guids if not form.fullmatch(guid.text)}
    assert odd == {f"tag:example.org,2026:{lang}/tag/thue-va-phi/moved" for lang in ("vi", "en")}
    assert {guid.get("isPermaLink") for guid in guids} == {"false"}


def test_an_edition_has_one_id_in_all_feeds(feeds: dict[str, Feed]) -> None:
    """Once in each feed, and the same entry in every feed; no two editions share an id."""
    entries: dict[str, set[Item]] = defaultdict(set)
    for path, feed in feeds.items():
        found = [item.id for item in feed.items]
        assert len(set(found)) == len(found), path
        for item in feed.items:
            entries[item.id].add(item)
    assert {i: same for i, same in entries.items() if len(same) > 1} == {}


def test_a_moved_notice_keeps_its_id(site: Path) -> None:
    """`Id` holds what the feeds said before the move, with the year of the old path."""
    moved = by_link(site, "vi/feed.xml")["/vi/2026/01/ho-tro-thue-nha-o-xa-hoi/"]
    assert moved.id == "tag:example.org,2025:2025/12/ho-tro-thue-nha/vi"


def test_an_entry_says_what_its_notice_says(
    listed: dict[str, Feed], archive: Archive, editions: dict[str, Edition]
) -> None:
    """Title (with its markup characters), date, address, topics and author are the edition's."""
    seen = set()
    for feed in listed.values():
        for item in feed.items:
            edition = editions[item.id]
            language = edition.language
            assert item.title.endswith(edition.title)
            assert item.link == URL + edition.address
            assert item.published == edition.date
            terms = [archive.taxonomy.tags[tag] for tag in edition.tags]
            terms += [archive.taxonomy.categories[edition.category]]
            assert item.tags == {term.label[language] for term in terms}
            document = edition.document
            assert item.number == (document.number if document else "")
            issuer = document.issuer if document else ""
            assert item.author == (issuer or archive.site.publisher[language])
            if edition.status is not Status.WITHDRAWN:
                assert item.summary == edition.summary
            others = {e for e in archive.siblings[edition.id] if e is not edition}
            assert item.alternates == {(e.language, URL + e.address) for e in others}
            seen.add(item.id)
    assert seen == editions.keys()


def test_readers_of_either_habit_find_the_entry_s_own_address(site: Path) -> None:
    """Some take the first alternate of an entry for its link, others the last: both are right."""
    several = 0
    for file in site.rglob("feed.atom"):
        for entry in etree.parse(file).iter(f"{ATOM}entry"):
            links = [
                (link.get("href"), link.get("hreflang"))
                for link in entry.iter(f"{ATOM}link")
                if link.get("rel") == "alternate"
            ]
            assert links[0][0] == links[-1][0]
            assert len(set(links)) == len(links)  # RFC 4287, 4.1.2
            several += len({href for href, _ in links}) > 1
    assert several
    for file in site.rglob("feed.xml"):
        items = etree.parse(file).iter("item")
        rels = {link.get("rel") for item in items for link in item.iter(f"{ATOM}link")}
        assert rels <= {"enclosure"}


def test_markup_characters_in_titles_are_intact(site: Path) -> None:
    """`<`, `&`, quotes, `]]>`, right-to-left marks and emoji are what they are in the header."""
    for name in FORMATS:
        titles = {item.title for item in read_feed(site / "vi" / name).items}
        assert (
            "Hỏi & đáp: kê khai thuế khi doanh thu < 100 triệu đồng, mẫu '01/CNKD' và lỗi \"]]>\""
            " trong tệp XML"
        ) in titles
        english = read_feed(site / "en" / name)
        assert english.title == "Lam Giang Notices & Events"
        assert "Help desk for residents from abroad: English, 日本語, \u200fالعربية\u200f 🧭" in {
            item.title for item in english.items
        }


def test_an_entry_holds_the_whole_text(site: Path) -> None:
    """The text is HTML with absolute addresses; what was sanitised away is not in it either."""
    texts = {address: item.html for address, item in by_link(site, "vi/feed.atom").items()}
    questions = texts["/vi/2026/01/hoi-dap-ke-khai-thue/"]
    assert "<dt>Hộ khoán</dt>" in questions
    assert '<td class="align-right">10%</td>' in questions
    assert f'href="{URL}/vi/2026/01/hoi-dap-ke-khai-thue/#ai-phai-ke-khai"' in questions
    assert "<script" not in texts["/vi/2026/02/bao-tri-cong-dich-vu-cong/"]
    picture = f'src="{URL}/2026/05/tuan-le-du-lieu-mo/ban-do-xe-buyt.png"'
    assert picture in texts["/vi/2026/05/tuan-le-du-lieu-mo/"]


def test_files_come_with_their_type_and_length(site: Path) -> None:
    """Attachments and the lead picture, with the length of the file that is published."""
    found = {
        file
        for path in ("vi/feed.xml", "en/feed.atom")
        for item in read_feed(site / path).items
        for file in item.files
    }
    assert {media_type for _, media_type, _ in found} == {
        "application/pdf",
        "image/jpeg",
        "image/png",
        "text/csv",
    }
    for address, _, size in found:
        assert (site / unquote(address).removeprefix(f"{URL}/")).stat().st_size == size


def test_a_replaced_file_is_told_with_its_new_length(build: Build, tmp_path: Path) -> None:
    """An attachment may be mended without a word in the notice: its length changes in all feeds."""
    content = Content({"2008/03/hop.vi.md": a_notice("[Toàn văn](hop/toan-van.pdf)")})
    out, cache = tmp_path / "out", tmp_path / "cache"
    for data in (b"%PDF", b"%PDF, longer"):
        content.files["2008/03/hop/toan-van.pdf"] = data
        build(content.write(tmp_path / "content"), out, cache)
        for path in (*FORMATS, *(f"archive/2008/{name}" for name in FORMATS)):
            ((_, _, size),) = read_feed(out / "vi" / path).items[0].files
            assert size == len(data)


def test_a_notice_without_a_text_gives_its_summary(build: Build, tmp_path: Path) -> None:
    """As HTML, in all formats alike; its markup characters are no markup."""
    content = Content({"2008/03/hop.vi.md": a_notice("", Summary="Doanh thu < 100 & “lỗi” 'khác'")})
    build(content.write(tmp_path / "content"), tmp_path / "out", tmp_path / "cache")
    (item,) = {read_feed(tmp_path / "out/vi" / name).items[0] for name in FORMATS}
    assert item.summary == "Doanh thu < 100 & “lỗi” 'khác'"
    assert BeautifulSoup(item.html, "lxml").get_text() == item.summary


def test_a_scan_that_is_linked_is_a_file(build: Build, tmp_path: Path) -> None:
    """A picture that the text links is given as a file; one that it shows is not."""
    text = "[Bản quét](hop/quet.png) ![Ảnh](hop/anh.png)"
    content = Content({"2008/03/hop.vi.md": a_notice(text)})
    content.files = {
        "2008/03/hop/quet.png": a_picture(2, 2),
        "2008/03/hop/anh.png": a_picture(3, 3),
    }
    build(content.write(tmp_path / "content"), tmp_path / "out", tmp_path / "cache")
    for name in FORMATS:
        ((address, media, _),) = read_feed(tmp_path / "out/vi" / name).items[0].files
        assert (address, media) == (f"{URL}/2008/03/hop/quet.png", "image/png")


def test_many_files_do_not_make_a_feed_too_large(build: Build, tmp_path: Path) -> None:
    """Addresses count, too: fewer entries fit when each has many long ones."""
    content = Content()
    for number in range(50):
        stem = f"2008/03/hop-{number}"
        names = [
            f"{stem}/văn bản về việc lấy ý kiến nhân dân {'ấ' * 40} {n}.pdf" for n in range(10)
        ]
        links = [f"[{n}](<hop-{number}/{name.rpartition('/')[2]}>)" for n, name in enumerate(names)]
        content.files |= dict.fromkeys(names, b"%PDF")
        content.sources[f"{stem}.vi.md"] = a_notice("\n".join(links))
    build(content.write(tmp_path / "content"), tmp_path / "out", tmp_path / "cache")
    for name in FORMATS:
        file = tmp_path / "out/vi" / name
        assert MAX_BYTES / 3 < file.stat().st_size < MAX_BYTES
        assert len(read_feed(file).items[0].files) == 10


def test_a_date_before_time_zones_is_valid(build: Build, tmp_path: Path) -> None:
    """Old local times had offsets with seconds, which no feed may have."""
    content = Content({"1905/05/hop.vi.md": a_notice(Date="1905-05-05 08:00")})
    build(content.write(tmp_path / "content"), tmp_path / "out", tmp_path / "cache")
    item = json.loads((tmp_path / "out/vi/feed.json").read_bytes())["items"][0]
    assert re.fullmatch(r"1905-05-05T\d\d:\d\d:\d\d[+-]\d\d:\d\d", item["date_published"])
    (date_,) = etree.parse(tmp_path / "out/vi/feed.xml").iter("pubDate")
    assert re.fullmatch(r"Fri, 05 May 1905 \d\d:\d\d:\d\d [+-]\d{4}", date_.text)


def test_an_event_says_when_and_where(
    site: Path, archive: Archive, editions: dict[str, Edition]
) -> None:
    """Each event has its times and its place; nothing else has any."""
    for item in read_feed(site / "en/feed.json").items:
        event = editions[item.id].event
        assert bool(item.event) == bool(event)
        if event:
            facts = dict(item.event)
            starts = datetime.fromisoformat(facts["starts"])
            if event.starts.all_day:
                starts = starts.replace(tzinfo=archive.site.zone)
            assert starts == event.starts.at
            assert facts.get("venue", "") == (event.venue or ", ".join(event.channels))


def test_what_became_of_a_notice_is_in_its_title(site: Path, editions: dict[str, Edition]) -> None:
    """Cancelled, postponed, withdrawn: subscribers read it before anything else."""
    words = {
        "/en/2026/03/workshop-on-open-data/": "Postponed: ",
        "/en/2026/03/part-time-editors-wanted/": "Withdrawn: ",
    }
    for address, item in by_link(site, "en/feed.xml").items():
        title = editions[item.id].title
        if address in words:
            assert item.title == words.pop(address) + title
        elif ": " not in title:
            assert item.title.startswith(title) or item.title.startswith("Cancelled: ")
    assert words == {}


def test_a_correction_comes_first(site: Path, editions: dict[str, Edition]) -> None:
    """An entry begins with its last major change, and was updated then; a minor one is silent."""
    corrected = 0
    for item in read_feed(site / "vi/feed.json").items:
        edition = editions[item.id]
        major = [c for c in edition.changes if c.kind is not ChangeKind.MINOR]
        assert item.updated == max([edition.date, *(change.at for change in major)])
        if major:
            corrected += 1
            assert major[-1].text in item.html.partition("</p>")[0]
    assert corrected > 1


def test_a_withdrawn_notice_keeps_its_entry_with_the_reason(
    site: Path, editions: dict[str, Edition]
) -> None:
    """Its text is gone from the feeds; why, is there."""
    withdrawn = [
        item
        for path in ("vi/feed.xml", "en/feed.json")
        for item in read_feed(site / path).items
        if editions[item.id].status is Status.WITHDRAWN
    ]
    assert len(withdrawn) == 2
    for item in withdrawn:
        assert item.html.count("<p>") == 1
        assert editions[item.id].changes[-1].text in item.html


def test_a_notice_that_was_removed_altogether(build: Build, tmp_path: Path) -> None:
    """Without a text, Atom says besides the reason that the entry was deleted (RFC 6721)."""
    changes = "2008-04-01 10:00 withdrawn: đăng nhầm"
    notice = a_notice("", Status="withdrawn", Changes=changes, Summary="Tóm tắt.")
    content = Content({"2008/03/nham.vi.md": notice, "2008/03/khac.vi.md": a_notice()})
    build(content.write(tmp_path / "content"), tmp_path / "out", tmp_path / "cache")
    root = etree.parse(tmp_path / "out/vi/feed.atom").getroot()
    (deleted,) = root.iter(f"{TOMBSTONE}deleted-entry")
    assert deleted.get("ref") == "tag:example.org,2008:2008/03/nham/vi"
    assert datetime.fromisoformat(deleted.get("when")) == datetime(2008, 4, 1, 3, tzinfo=UTC)
    assert deleted.findtext(f"{TOMBSTONE}comment") == "đăng nhầm"
    assert len(list(root.iter(f"{ATOM}entry"))) == 2
    for name in FORMATS:
        removed = by_link(tmp_path / "out", f"vi/{name}")["/vi/2008/03/nham/"]
        assert "đăng nhầm" in removed.html
        assert removed.summary == "đăng nhầm"


def test_an_empty_feed_is_valid(listed: dict[str, Feed], site: Path) -> None:
    """A topic without a notice in a language has a feed in it, which waits for the first."""
    empty = sorted(path for path, feed in listed.items() if not feed.items)
    assert empty == sorted(f"vi/tag/nguoi-nuoc-ngoai/{name}" for name in FORMATS)
    channel = etree.parse(site / "vi/tag/nguoi-nuoc-ngoai/feed.xml").find("channel")
    assert all(channel.findtext(name) for name in ("title", "link", "description"))
    assert channel.find("lastBuildDate") is None


def test_a_feed_was_changed_when_its_newest_news_was(site: Path, listed: dict[str, Feed]) -> None:
    """`updated` is that of the last notice or major change, never that of the build."""
    for path, feed in listed.items():
        if path.endswith(".atom") and feed.items:
            said = etree.parse(site / path).getroot().findtext(f"{ATOM}updated")
            assert datetime.fromisoformat(said) == max(item.updated for item in feed.items)


def test_every_year_is_a_document_linked_both_ways(site: Path) -> None:
    """From the feed back to the first year and forth again, and all editions are there."""
    for language in ("vi", "en"):
        for name in FORMATS:
            seen, links = [], read_feed(site / language / name).links
            folders = []
            while older := links.get("prev-archive"):
                file = site / older.removeprefix(f"{URL}/")
                feed = read_feed(file)
                folders.append(file.parent)
                seen += [item.id for item in feed.items]
                links = feed.links
                if name != "feed.json":
                    assert links["current"] == f"{URL}/{language}/{name}"
            newest = read_feed(site / language / name)
            assert seen == [item.id for item in newest.items]  # all fit in this archive
            if name == "feed.json":
                continue
            for newer, older in pairwise(folders):
                forth = read_feed(older / name).links["next-archive"]
                assert forth == f"{URL}/{newer.relative_to(site).as_posix()}/{name}"
                assert etree.parse(older / name).getroot().find(f".//{HISTORY}") is not None


def test_a_year_that_is_over_never_changes(build: Build, tmp_path: Path) -> None:
    """The first notice of a new year leaves every document of the years before as it was."""
    content = Content({"2008/03/hop.vi.md": a_notice()})
    out, cache = tmp_path / "out", tmp_path / "cache"
    build(content.write(tmp_path / "content"), out, cache)
    old = {file: file.read_bytes() for file in out.glob("vi/archive/2008/*")}
    assert len(old) == 3
    assert read_feed(out / "vi/archive/2009/feed.atom").items == ()
    content.sources["2009/01/moi.vi.md"] = a_notice(Date="2009-01-02 08:00")
    build(content.write(tmp_path / "content"), out, cache)
    assert {file: file.read_bytes() for file in old} == old
    assert len(read_feed(out / "vi/archive/2009/feed.atom").items) == 1
    newest = read_feed(out / "vi/feed.atom").links["prev-archive"]
    assert newest == f"{URL}/vi/archive/2009/feed.atom"


def test_a_former_slug_keeps_its_feed(feeds: dict[str, Feed], archive: Archive) -> None:
    """What was published until the day stays in it; its last entry names the new feed."""
    term = archive.taxonomy.tags["thue"]
    assert term.former == {"thue-va-phi": date(2026, 2, 1)}
    for language in ("vi", "en"):
        for name in FORMATS:
            old = feeds[f"{language}/tag/thue-va-phi/{name}"]
            new = feeds[f"{language}/tag/{term.slug[language]}/{name}"]
            last, *rest = old.items
            assert last.link == new.home
            assert term.label[language] in last.title
            assert tuple(rest) == tuple(i for i in new.items if i.published < last.published)
            assert rest


def test_a_hub_is_named_in_all_formats(
    build: Build, feeds: dict[str, Feed], tmp_path: Path
) -> None:
    """`WEBSUB_HUB` is off by default; set, each feed names the hub (W3C WebSub)."""
    assert all("hub" not in feed.links for feed in feeds.values())
    build(SITE, tmp_path / "out", tmp_path / "cache", WEBSUB_HUB="https://hub.example/")
    for path, feed in feeds_in(tmp_path / "out").items():
        assert feed.links["hub"] == "https://hub.example/", path


def test_a_feed_holds_so_many_entries_at_most(
    build: Build, listed: dict[str, Feed], tmp_path: Path
) -> None:
    """`FEED_MAX_ITEMS` leaves the newest; a shorter feed is not touched by it."""
    build(SITE, tmp_path / "out", tmp_path / "cache", FEED_MAX_ITEMS=3)
    found = feeds_in(tmp_path / "out")
    for path, feed in listed.items():
        assert found[path].items == feed.items[:3]


def test_a_feed_is_never_too_large(build: Build, tmp_path: Path) -> None:
    """The oldest entries give way to the size that hosts take; a huge text is read at its page."""
    content = Content()
    for day in range(1, 6):
        text = f"Đoạn “dài” số {day}. " * 2_600  # nearly as much as an entry may have
        content.sources[f"2008/03/dai-{day}.vi.md"] = a_notice(text, Date=f"2008-03-0{day} 08:00")
    text = "Đoạn rất dài. " * 20_000  # more than a whole feed
    content.sources["2008/03/rat-dai.vi.md"] = a_notice(
        text, Date="2008-03-06 08:00", Kind="event", Starts="2008-03-07"
    )
    build(content.write(tmp_path / "content"), tmp_path / "out", tmp_path / "cache")
    for name in FORMATS:
        bulletins, events = (tmp_path / f"out/vi/{part}/{name}" for part in ("bulletins", "events"))
        links = [item.link for item in read_feed(bulletins).items]
        assert links == [f"{URL}/vi/2008/03/dai-{day}/" for day in (5, 4, 3)]
        assert MAX_BYTES / 2 < bulletins.stat().st_size < MAX_BYTES
        (huge,) = read_feed(events).items
        assert len(huge.html) < 1_000
        assert f'href="{URL}/vi/2008/03/rat-dai/"' in huge.html


def ids_of(out: Path) -> set[str]:
    """The ids of all entries of the default language and of the other, in all formats."""
    paths = [f"{language}/{name}" for language in ("vi", "en") for name in FORMATS]
    return {item.id for path in paths for item in read_feed(out / path).items}


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
    links = [item.link for item in read_feed(out / "vi/feed.xml").items]
    assert links == ["https://khac.example/luu-tru/vi/2008/03/dia-chi-khac/"]


def test_a_minor_change_moves_no_date(build: Build, tmp_path: Path) -> None:
    """A word that was mended changes the text of the entry, and nothing by which readers alert."""
    stem = "2008/03/hoi-nghi.vi.md"
    out, cache, content = tmp_path / "out", tmp_path / "cache", tmp_path / "content"
    build(Content({stem: a_notice("Đoạn một.")}).write(content), out, cache)
    before = read_feed(out / "vi/feed.atom").items[0]
    minor = a_notice("Đoạn một, đã sửa.", Changes="2008-05-01 10:00 minor: sửa lỗi chính tả")
    build(Content({stem: minor}).write(content), out, cache)
    after = read_feed(out / "vi/feed.atom").items[0]
    assert (after.id, after.updated, after.published) == (
        before.id,
        before.updated,
        before.published,
    )
    assert after.html == "<p>Đoạn một, đã sửa.</p>"


def test_json_feeds_keep_to_their_schema(site: Path) -> None:
    """Each JSON Feed has what version 1.1 requires, in the form it requires."""
    import jsonschema

    schema: dict[str, Any] = json.loads((Path(__file__).parent / "jsonfeed.json").read_text())
    validator = jsonschema.Draft202012Validator(
        schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )
    files = list(site.rglob("feed.json"))
    assert len(files) > 40
    for file in files:
        assert [e.message for e in validator.iter_errors(json.loads(file.read_bytes()))] == []


def test_documents_are_whole(site: Path) -> None:
    """Put together of entries, a document is what its elements are when they are written as one."""
    files = [*site.rglob("feed.xml"), *site.rglob("feed.atom")]
    assert len(files) > 50
    for file in files:
        data = file.read_bytes()
        root = etree.fromstring(data)
        assert data == etree.tostring(root, xml_declaration=True, encoding="utf-8"), file


@pytest.mark.parametrize(
    "title", ["<item> </item> </channel>", "<entry xml:lang='vi'> </feed>", "<?entries ?> ]]>"]
)
def test_words_are_no_borders(tmp_path: Path, title: str) -> None:
    """Words that look as what stands around entries divide no document, now and after an edit."""
    content = Content(
        {f"2008/03/hop-{n}.vi.md": a_notice("Một đoạn.", Title=title) for n in range(3)}
    )
    trial = Trial(tmp_path, content, WORKERS=1)
    trial.build()
    content.sources["2008/03/hop-1.vi.md"].header["Title"] = f"{title} 2"
    trial.build()
    assert difference(trial.tree(), trial.clean()) == []
    for name in FORMATS:
        for path in (name, f"archive/2008/{name}"):
            feed = read_feed(trial.out / "vi" / path)
            assert sorted(item.title for item in feed.items) == [title, title, f"{title} 2"]


def test_an_edit_writes_one_entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The others are taken over from the documents that hold it."""
    trial = Trial(tmp_path)
    trial.build()
    made: list[str] = []

    def noted(entry: Entry) -> parts.Written:
        made.append(entry.id)
        return written(entry)

    written = parts.written
    monkeypatch.setattr(parts, "written", noted)
    trial.content.sources["2008/09/thong-bao-4.vi.md"].text += "\n\nĐoạn cuối."
    trial.build()
    assert {i.rpartition("2008:")[2] for i in made} == {"2008/09/thong-bao-4/vi"}


def test_a_full_feed_after_an_edit(tmp_path: Path) -> None:
    """What a feed holds at its limit is, after an edit that makes an entry longer or shorter, what
    a clean build gives; and the same in all formats.
    """
    content = Content()
    for number in range(45):
        text = "Đoạn văn <em>bản</em>. " * 300
        content.sources[f"2008/03/hop-{number:02d}.vi.md"] = a_notice(text)
    trial = Trial(tmp_path, content, WORKERS=2)
    trial.build()
    lengths = []
    for text in ("Ngắn.", "Đoạn văn dài hơn. " * 1500, "Đoạn văn. " * 200):
        content.sources["2008/03/hop-02.vi.md"].text = text
        trial.build()
        assert difference(trial.tree(), trial.clean()) == []
        held = {tuple(item.id for item in read_feed(trial.out / "vi" / f).items) for f in FORMATS}
        assert len(held) == 1
        lengths.append(len(held.pop()))
    assert len(set(lengths)) > 1
    assert max(lengths) < 45
