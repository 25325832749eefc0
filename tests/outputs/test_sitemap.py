"""Tests of `plugins/outputs/sitemap.py`: what search engines are told."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from jinja2 import Environment
from lxml import etree

from plugins.building.ledger import Reader
from plugins.building.press import ThemePress
from plugins.model.archive import Archive
from plugins.model.notice import Body, Edition, Kind, Status
from plugins.model.site import Site
from plugins.model.taxonomy import Taxonomy
from plugins.outputs import sitemap
from tests.conftest import ROOT, URL
from tests.outputs.visiting import Visit, alternates, canonical, is_indexed

S = f"{{{sitemap.NAMESPACE}}}"
X = f"{{{sitemap.XHTML}}}"
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def locations(data: bytes) -> list[str]:
    """The addresses in an index or in a part."""
    return [str(element.text) for element in etree.fromstring(data).iter(f"{S}loc")]


@pytest.fixture(scope="module")
def entries(pages: Visit) -> dict[str, etree._Element]:
    """All entries of the sitemap of `tests/site`, by address; no address is there twice."""
    found: dict[str, etree._Element] = {}
    for part in locations((pages.folder / "sitemap.xml").read_bytes()):
        for entry in etree.parse(pages.file(part)).getroot():
            assert found.setdefault(str(entry.findtext(f"{S}loc")), entry) is entry
    return found


def test_the_index_names_every_part_once(pages: Visit) -> None:
    """What lies in `sitemap/` is what the index names."""
    named = locations((pages.folder / "sitemap.xml").read_bytes())
    lying = [f"{URL}/sitemap/{file.name}" for file in pages.folder.glob("sitemap/*")]
    assert sorted(named) == sorted(lying)


def test_elements_are_those_of_the_protocol(pages: Visit) -> None:
    """Parts and index hold the elements of sitemaps.org 0.9 and links to alternates, only."""
    files = [pages.folder / "sitemap.xml", *pages.folder.glob("sitemap/*.xml")]
    names = Counter(str(element.tag) for file in files for element in etree.parse(file).iter())
    known = {
        f"{S}{name}" for name in ("sitemapindex", "sitemap", "urlset", "url", "loc", "lastmod")
    }
    assert names.keys() == known | {f"{X}link"}
    assert etree.parse(files[0]).getroot().tag == f"{S}sitemapindex"


def test_it_lists_the_pages_that_may_be_indexed(
    pages: Visit, entries: dict[str, etree._Element]
) -> None:
    """Each page that says its own address is listed; no redirect, no 404, no other file."""
    indexed = {canonical(page) for page in pages.pages.values() if is_indexed(page)}
    assert entries.keys() - indexed == set()
    assert indexed - entries.keys() == set()


def test_alternates_are_those_of_the_pages(
    pages: Visit, entries: dict[str, etree._Element]
) -> None:
    """Search engines are told the same of a page's translations by the sitemap and by the page."""
    for address, entry in entries.items():
        links = {link.get("hreflang"): link.get("href") for link in entry.iter(f"{X}link")}
        said = alternates(pages.page(address))
        said.pop("x-default", None)
        is_translated = len(said) > 1 and address != f"{URL}/"  # the chooser is in all at once
        assert links == (said if is_translated else {}), address


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("/vi/2008/02/thong-tu-bieu-mau-dien-tu/", "2008-02-05"),
        # at half past midnight, when it is the day before in UTC
        ("/vi/2026/01/ho-tro-thue-nha-o-xa-hoi/", "2026-01-01"),
        ("/vi/2026/01/hoi-dap-ke-khai-thue/", "2026-01-20"),  # the last of its changes, a minor one
        ("/en/2026/05/information-security-training/", "2026-05-20"),  # its own later date
    ],
)
def test_a_notice_was_changed_on_its_day(
    entries: dict[str, etree._Element], address: str, day: str
) -> None:
    """`lastmod` is the day, in the site's zone, of the notice or of its last change."""
    assert entries[URL + address].findtext(f"{S}lastmod") == day


def test_robots_may_read_all(site: Path) -> None:
    """robots.txt forbids nothing and says where the sitemap is."""
    lines = (site / "robots.txt").read_text(encoding="utf-8").splitlines()
    assert lines == ["User-agent: *", "Allow: /", "", f"Sitemap: {URL}/sitemap.xml"]


def an_edition(day: date, number: int) -> Edition:
    """The only edition of a notice, published at noon."""
    stem = f"{day:%Y/%m}/thong-bao-{number}"
    return Edition(
        id=stem,
        language="vi",
        source=f"{stem}.vi.md",
        address=f"/vi/{stem}/",
        is_original=True,
        title=f"Thông báo {number}",
        date=datetime(day.year, day.month, day.day, 12, tzinfo=ZONE).astimezone(UTC),
        day=day,
        kind=Kind.BULLETIN,
        status=Status.PUBLISHED,
        category="",
        tags=(),
        summary="",
        body=Body(key=b"", excerpt=""),
    )


def an_archive(days: list[date]) -> Archive:
    """An archive in one language with a notice on each of these days."""
    site = Site(
        languages=("vi",),
        url=URL,
        timezone=ZONE.key,
        tag_authority="example.org",
        latest=30,
        feed_max_items=50,
        stages=(),
        name={"vi": "Kho thử"},
        tagline={"vi": "Để thử"},
        publisher={"vi": "Cơ quan thử"},
    )
    editions = [an_edition(day, number) for number, day in enumerate(days)]
    siblings = {edition.id: (edition,) for edition in editions}
    return Archive(site, Taxonomy({}, {}), siblings, [], {}, datetime(2030, 1, 1, tzinfo=UTC))


SPREAD = [date(2008, 1, 1) + timedelta(days=9 * number) for number in range(40)]
CROWDED = [date(2008, 2, 1 + number % 28) for number in range(40)]


@pytest.mark.parametrize("most", [1, 3, 4, 1000])
@pytest.mark.parametrize(
    "days",
    [
        pytest.param(SPREAD, id="spread over a year"),
        pytest.param(CROWDED, id="all in one month"),
        pytest.param([], id="none at all"),
    ],
)
def test_no_part_is_too_long(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, days: list[date], most: int
) -> None:
    """However the notices lie in time, no part passes the limit, and none is lost or doubled."""
    monkeypatch.setattr(sitemap, "MOST", most)
    archive = an_archive(days)
    press = ThemePress(archive.site, Environment(), ROOT / "theme", tmp_path, Reader(tmp_path).body)
    files = {o.path: o.made(press).files[o.path] for o in sitemap.outputs(archive)}
    parts = {path: locations(data) for path, data in files.items() if path.startswith("sitemap/")}
    assert {f"{URL}/{path}" for path in parts} == set(locations(files["sitemap.xml"]))
    assert {path: len(named) for path, named in parts.items() if len(named) > most} == {}
    named = Counter(address for part in parts.values() for address in part)
    notices = {URL + e.address for e in archive.editions("vi")}
    assert notices <= named.keys()
    assert max(named.values()) == 1
