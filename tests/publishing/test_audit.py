"""Tests of `plugins/publishing/audit`: each rule is broken; what is not touched is not read."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from plugins.publishing.audit import auditing
from plugins.publishing.audit.memory import FEW, FILE
from plugins.publishing.audit.wording import RULES
from plugins.speaking import LANGUAGES
from tests.publishing.sites import Site, a_page, versions
from tests.publishing.states import URL, an_item

BROKEN: dict[str, list[bytes]] = {
    "link-dead": [
        a_page('<a href="/khong-co/">a</a>'),
        a_page('<a href="khong-co.html">a</a>'),
        a_page(f'<a href="{URL}/khong-co/">a</a>'),
        a_page('<img src="/a.png" alt="a">'),
        a_page('<img src="/vi/co/" srcset="/vi/co/ 320w, /b.webp 640w" alt="a">'),
        a_page('<video poster="/a.jpg" src="/vi/co/"></video>'),
        a_page('<a href="webcal://www.example.org/vi/lich.ics">a</a>'),
        a_page('<a href="http://[1">a</a>'),
        a_page(head='<meta http-equiv="refresh" content="0; url=/khong-co/">'),
        a_page(head=f'<meta property="og:image" content="{URL}/khong-co.png">'),
        a_page(head=f'<link rel="alternate" hreflang="en" href="{URL}/en/khong-co/">'),
    ],
    "anchor-dead": [
        a_page('<a href="#khong-co">a</a>'),
        a_page('<a href="/vi/co/#khong-co">a</a>'),
        a_page('<a href="/vi/cu/#khong-co">a</a>'),  # the page to which the redirect leads
    ],
    "alternate-unreturned": [a_page(head=versions(vi="/vi/", en="/en/khac/"))],
    "id-twice": [a_page('<p id="a">a</p><p id="a">b</p>')],
    "word-unpublished": [a_page("<p>Bàn về <b>kế</b> hoạch. Kế hoạch di dời trụ sở Sở.</p>")],
    "page-too-large": [a_page("<p>" + "a" * 5000 + "</p>")],
    "html-broken": [
        a_page("<p>chưa đóng <b>chữ</p>"),
        a_page("<section>chưa đóng"),
        a_page("<p>một <div>khối</div></p>"),
        a_page("<b><i>chéo nhau</b></i>"),
        a_page("</section>"),
        a_page('<a href="/vi/co/" href="/vi/co/">a</a>'),
        a_page("<table><p>ngoài ô</p></table>"),
        a_page("a &khong; b"),
        b"<html><head><title>a</title></head><body></body></html>",
    ],
    "element-unknown": [a_page("<blink>a</blink>"), a_page("<p>a <font>b</font></p>")],
}
"""Pages at `/vi/` that break a rule and no other."""

SECRET = {"Kế hoạch di dời trụ sở Sở": "2026/05/ke-hoach.vi.md"}


def around(page: bytes) -> dict[str, bytes]:
    """A page with others that it may link."""
    return {
        "vi/index.html": page,
        "vi/co/index.html": a_page('<p id="muc-1">Có</p>'),
        "vi/cu/index.html": a_page(head='<meta http-equiv="refresh" content="0; url=/vi/co/">'),
        "en/khac/index.html": a_page(),
    }


@pytest.mark.parametrize(
    ("rule", "page"), [(rule, page) for rule, pages in BROKEN.items() for page in pages]
)
def test_what_is_wrong_is_found(tmp_path: Path, rule: str, page: bytes) -> None:
    """Each rule objects to what breaks it, and no other does."""
    site = Site(tmp_path, around(page))
    assert set(site.told(secret=SECRET, page=4000)) == {("vi/index.html", rule)}


def test_every_rule_is_tried() -> None:
    """A rule that is never broken here might see nothing."""
    elsewhere = {"alternate-missing", "file-missing", "file-unpublished", "file-too-large"}
    assert BROKEN.keys() | elsewhere == RULES.keys()


RIGHT = """
<a href="/vi/co/#muc-1">a</a> <a href="/vi/cu/#muc-1">a</a> <a href="/vi/co">a</a>
<a href="#top">a</a> <a href="#">a</a> <a href="?trang=2">a</a> <a href="/vi/co/?a=1#muc-1">a</a>
<a href="https://khac.example/khong-co/">a</a> <a href="mailto:a@example.org">a</a>
<img src="/b%20%C3%A1.png" srcset="/b%20%C3%A1.png 1x" alt="a">
<svg viewBox="0 0 1 1"><title>a</title><path d="M0 0"/></svg>
<announcement-feed src="/vi/co/">a</announcement-feed>
<ul><li>một<li>hai</ul><p>ba<p>bốn<br>
"""


def test_what_is_right_passes(tmp_path: Path) -> None:
    """Links that lead somewhere, other sites, what HTML allows to leave out."""
    site = Site(tmp_path, around(a_page(RIGHT)) | {"b á.png": b"a"})
    assert site.told() == []


def test_a_finding_says_where_what_and_what_to_do(tmp_path: Path) -> None:
    """In whole sentences, in every language that verbs speak."""
    site = Site(tmp_path, around(a_page('<a href="/khong-co/#a">a</a>')))
    (found,) = site.audit()
    assert str(found) == (
        "/vi/: It links /khong-co/, and nothing is there."
        " Correct the link, or put back what it leads to."
    )
    messages = {site.audit(language)[0].message for language in LANGUAGES}
    assert len(messages) == len(LANGUAGES)


FEED = f'<rss><link>{URL}/vi/co/</link><d>&lt;a href="{URL}/vi/khong-co/"&gt;</d></rss>'.encode()


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("vi/feed.xml", FEED),
        ("vi/feed.json", f'{{"url": "{URL}/vi/khong-co/", "b": "{URL}/vi/co/#muc-1"}}'.encode()),
        ("vi/calendar.ics", f"DESCRIPTION:{URL}/vi/co/.\r\nURL:{URL}/vi/kho\r\n ng/".encode()),
        ("sitemap.xml", f"<loc>{URL}/khong</loc>".encode()),
    ],
)
def test_links_in_files_for_programs(tmp_path: Path, path: str, data: bytes) -> None:
    """Feeds, calendars and sitemaps lead somewhere too."""
    site = Site(tmp_path, around(a_page()) | {path: data})
    assert site.told() == [(path, "link-dead")]


VI, EN = an_item("2026/03/tin"), an_item("2026/03/tin", "en")
BOTH = (
    an_item("2026/03/tin", translations={"en": EN.address}),
    an_item("2026/03/tin", "en", translations={"vi": VI.address}),
)
PAGES = {language: f"{language}/2026/03/tin/index.html" for language in ("vi", "en")}


def test_translations_name_each_other(tmp_path: Path) -> None:
    """The manifest knows that there are two; both pages must say so."""
    both = a_page(head=versions(vi=VI.address, en=EN.address))
    site = Site(tmp_path, {PAGES["vi"]: both, PAGES["en"]: both}, *BOTH)
    assert site.told() == []
    site.files[PAGES["en"]] = a_page()
    assert site.told() == [
        (PAGES["en"], "alternate-missing"),
        (PAGES["vi"], "alternate-unreturned"),
    ]
    site.files[PAGES["en"]] = both
    assert site.told() == []


@pytest.mark.parametrize("top", ["", "2026/", "tag/thue/", "tag/thue/2026/", "search/"])
def test_what_lists_has_its_alternates(tmp_path: Path, top: str) -> None:
    """A page of a listing, or of no notice, is there in the other language under its own top."""
    tagged = an_item(tags=("thue",))
    pages = {language: f"{language}/{top}index.html" for language in ("vi", "en")}
    site = Site(tmp_path, dict.fromkeys(pages.values(), a_page()), tagged)
    assert site.told() == [(path, "alternate-missing") for path in sorted(pages.values())]
    head = versions(vi=f"/vi/{top}", en=f"/en/{top}")
    site.files = dict.fromkeys(pages.values(), a_page(head=head))
    assert site.told() == []


def test_pages_that_searches_skip_need_no_alternates(tmp_path: Path) -> None:
    """Redirects, frames: what is not indexed."""
    hidden = a_page(head='<meta name="robots" content="noindex">')
    site = Site(tmp_path, {"vi/embed/index.html": hidden, "en/embed/index.html": hidden})
    assert site.told() == []


def test_notices_that_share_a_slug_are_not_versions(tmp_path: Path) -> None:
    """Two notices of one month, each in one language: nobody calls them the same."""
    other = an_item("2026/03/khac", "en", address="/en/2026/03/tin/")
    site = Site(tmp_path, dict.fromkeys(PAGES.values(), a_page()), VI, other)
    assert site.told() == []


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("vi/feed.json", '{"a": "Kế hoạch “A” \\"di dời\\" trụ sở"}'),
        ("vi/feed.xml", "<d>&lt;p&gt;Kế hoạch “A” &amp;quot;di dời&amp;quot; trụ sở&lt;/p&gt;</d>"),
        ("vi/a/index.html", a_page("Kế hoạch “A” &quot;di dời&quot; trụ sở").decode()),
        ("vi/calendar.ics", 'SUMMARY:Kế hoạch “A” "di dờ\r\n i" trụ sở'),
        ("vi/search/a.pf_meta", 'Kế hoạch “A” "di dời" trụ sở'),
    ],
)
def test_unpublished_words_in_any_form(tmp_path: Path, path: str, data: str) -> None:
    """Escaped or folded, in each kind of file."""
    secret = {'Kế hoạch “A” "di dời" trụ sở': "2026/05/ke-hoach.vi.md"}
    site = Site(tmp_path, {path: data.encode()})
    assert site.told(secret=secret) == [(path, "word-unpublished")]


def test_unpublished_paths_and_files(tmp_path: Path) -> None:
    """The name of a file can betray a notice; a file of its own must not be there at all."""
    secret = {"2026/05/ke-hoach": "2026/05/ke-hoach.vi.md"}
    hidden = {"2026/05/ke-hoach/a.pdf": "2026/05/ke-hoach.vi.md"}
    paths = ("2026/05/ke-hoach/a.pdf", "2026/05/ke-hoach/b.txt", "2026/05/ke-hoach-khac/a.pdf")
    site = Site(tmp_path, dict.fromkeys(paths, b"a"))
    assert site.told(secret=secret, hidden=hidden) == [
        (paths[0], "file-unpublished"),
        (paths[1], "word-unpublished"),
    ]


def test_words_that_something_public_says_are_out(tmp_path: Path) -> None:
    """Whoever quotes a draft's title in a text has published it."""
    site = Site(tmp_path, around(BROKEN["word-unpublished"][0]))
    words = " ".join(SECRET)
    assert site.told(secret=SECRET, texts=site.texts(f"<p>{words}</p>", "<p>Khác.</p>")) == []


def test_sizes(tmp_path: Path) -> None:
    """Pages and other files have limits of their own, in bytes."""
    site = Site(tmp_path, {"a.pdf": b"a" * 200, "a.html": a_page()})
    size = len(a_page())
    assert site.told(page=size, file=1000) == []
    assert site.told(page=size - 1, file=1000) == [("a.html", "page-too-large")]
    assert ("a.pdf", "file-too-large") in site.told(page=size, file=199)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """The inventory names it, and nobody can read it."""
    site = Site(tmp_path, {"a.html": a_page()})
    inventory = site.write()
    inventory.files["b.html"] = "1-0"  # type: ignore[index] # a dictionary, here
    site.write = lambda: inventory  # type: ignore[method-assign]
    assert site.told() == [("b.html", "file-missing")]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the files that an audit reads, as they are read."""
    found: list[str] = []
    hear = auditing._hear

    def noting(reading: Any, work: Any) -> Any:
        found.append(work[0])
        return hear(reading, work)

    monkeypatch.setattr(auditing, "_hear", noting)
    return found


def test_only_what_changed_is_read(tmp_path: Path, read: list[str]) -> None:
    """A second audit reads nothing; after an edit, the file that changed."""
    site = Site(tmp_path, around(a_page()))
    site.told()
    assert set(read) > site.files.keys()
    read.clear()
    assert site.told() == []
    assert read == []
    site.files["vi/co/index.html"] = a_page('<p id="muc-1">Khác</p>')
    assert site.told() == []
    assert read == ["vi/co/index.html"]


def test_what_is_wrong_is_told_until_it_is_mended(tmp_path: Path) -> None:
    """Though its file does not change."""
    site = Site(tmp_path, around(BROKEN["id-twice"][0]))
    assert site.told() == site.told() == [("vi/index.html", "id-twice")]
    site.files["vi/index.html"] = a_page()
    assert site.told() == site.told() == []


@pytest.mark.parametrize(
    ("link", "rule"), [("/vi/co/", "link-dead"), ("/vi/co/#muc-1", "anchor-dead")]
)
def test_pages_that_link_what_goes_are_found(
    tmp_path: Path, read: list[str], link: str, rule: str
) -> None:
    """A page, or an element of it, goes: those that lead there are told, and have not changed."""
    site = Site(tmp_path, around(a_page(f'<a href="{link}">a</a>')))
    del site.files["vi/cu/index.html"]
    there = site.files["vi/co/index.html"]
    assert site.told() == []
    read.clear()
    if rule == "link-dead":
        del site.files["vi/co/index.html"]
    else:
        site.files["vi/co/index.html"] = a_page("<p>Không còn mục 1</p>")
    assert site.told() == [("vi/index.html", rule)]
    assert "vi/index.html" not in read
    site.files["vi/co/index.html"] = there
    assert site.told() == []


def test_an_attachment_that_goes_is_missed(tmp_path: Path) -> None:
    """Not pages only."""
    site = Site(tmp_path, around(a_page('<a href="/a.pdf">a</a>')) | {"a.pdf": b"a"})
    assert site.told() == []
    del site.files["a.pdf"]
    assert site.told() == [("vi/index.html", "link-dead")]


def test_what_was_public_is_looked_for_everywhere(tmp_path: Path, read: list[str]) -> None:
    """A notice that becomes a draft again: files that did not change may still say it. One that is
    written as a draft cannot stand in a file that was there before.
    """
    site = Site(tmp_path, around(BROKEN["word-unpublished"][0]))
    (source,) = SECRET.values()
    assert site.told(public=frozenset({source})) == []
    read.clear()
    assert site.told(secret={"Một bản nháp vừa viết xong": "2026/05/moi.vi.md"}) == []
    assert read == []
    assert site.told(public=frozenset({source})) == []
    assert site.told(secret=SECRET) == [("vi/index.html", "word-unpublished")]


def test_the_memory_can_be_deleted_or_spoilt(tmp_path: Path) -> None:
    """It costs time and nothing else; another address of the site forgets it."""
    site = Site(tmp_path, around(BROKEN["link-dead"][0]))
    first = site.told()
    (site.memory / FILE).write_bytes(b"no database" * 100)
    assert site.told() == first
    (site.memory / FILE).unlink()
    assert site.told() == first
    assert ("vi/index.html", "link-dead") in site.told(url="https://khac.example")


def test_a_memory_of_another_version_is_forgotten(tmp_path: Path) -> None:
    """Whatever tables it had."""
    site = Site(tmp_path, around(BROKEN["link-dead"][0]))
    site.memory.mkdir(parents=True)
    with sqlite3.connect(site.memory / FILE) as db:
        db.execute("create table files (path text primary key, mark text, facts blob, links blob)")
        db.execute("create table public (source text)")
    db.close()
    assert site.told() == site.told() == [("vi/index.html", "link-dead")]


def test_few_changes_among_many_files_are_remembered(tmp_path: Path, read: list[str]) -> None:
    """One after the other: what changes, what goes, what comes back."""
    site = Site(tmp_path, around(a_page()) | {f"vi/{n}.txt": b"a" for n in range(3 * FEW)})
    site.told()
    for data in (b"b", b"c", None, b"a"):
        read.clear()
        if data is None:
            del site.files["vi/1.txt"]
        else:
            site.files["vi/1.txt"] = data
        assert site.told() == site.told() == []
        assert read == ([] if data is None else ["vi/1.txt"])


def test_an_audit_that_fails_is_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it had read so far is read again."""
    site = Site(tmp_path, around(BROKEN["id-twice"][0]))
    with monkeypatch.context() as broken:
        broken.setattr(auditing, "_between", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            site.told()
    assert site.told() == [("vi/index.html", "id-twice")]


def test_workers_find_the_same(tmp_path: Path) -> None:
    """Many files are spread over processes."""
    pages = {
        f"vi/{number}/index.html": a_page(f'<a href="/{number}/">a</a>') for number in range(60)
    }
    one = Site(tmp_path / "one", pages).audit(workers=1)
    assert len(one) == 60
    assert Site(tmp_path / "two", pages).audit(workers=2) == one
