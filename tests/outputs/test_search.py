"""Tests of the search: how words are indexed, how the index is divided, what is in it."""

import gzip
import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from msgspec.structs import replace

from plugins.model.archive import Archive
from plugins.model.notice import Edition
from plugins.model.output import Order, Output
from plugins.outputs.search import engine, outputs
from plugins.outputs.search.packs import divided
from plugins.outputs.search.page import RUNTIME
from plugins.outputs.search.records import plain
from plugins.outputs.search.spelling import SECOND, filtering, indexed
from tests.model.builders import a_notice, a_term, an_archive, an_edition
from tests.outputs.indexes import fragments


def a_record(number: int) -> engine.Record:
    """A document, as the index has them."""
    text = f"Hội nghị {number} chính phủ {filtering('year', str(1990 + number % 30))}"
    return engine.record(str(number), text, "vi-x-2008", {"title": "Hội nghị"}, {"date": "1"})


RECORDS = [a_record(number) for number in range(300)]


# How words are indexed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hòa", "hòa"),
        ("hoà", f"hòa{SECOND}"),
        ("HOÀ BÌNH", f"HÒA{SECOND} BÌNH"),
        ("Thuý,", f"Thúy{SECOND},"),
        ("khoẻ mạnh", f"khỏe{SECOND} mạnh"),
        ("quý", "quý"),  # the u is the consonant's
        ("hoàn toàn hoạt", "hoàn toàn hoạt"),  # before a consonant there is one place
        ("thuyền uỷ viên", f"thuyền ủy{SECOND} viên"),
        ("Đối thoại đường", "Ḏối thoại ḏường"),
        ("ḏ", "d"),  # or it would be shown as đ
        (f"cơ{SECOND}quan", "cơquan"),
        ("  hai \n\u00a0 dòng ", "hai dòng"),
        ("12/2008/QĐ-BTTTT", "12/2008/QḎ-BTTTT"),
    ],
)
def test_spelling(text: str, expected: str) -> None:
    """Tones stand on the first vowel, with a sign where they did not; đ is a d with a mark."""
    assert indexed(text) == expected


def test_filters_are_words_of_their_own() -> None:
    """No two values of filters are one word, or the beginning of another."""
    values = ["a", "a-b", "a0b", "a0yb", "ab", "a-", "0", "2008", "200"]
    words = [filtering(name, value) for name in ("tag", "year") for value in values]
    assert not [(a, b) for a in words for b in words if a != b and b.startswith(a)]
    assert len(set(words)) == len(words)
    assert [indexed(word) for word in words] == words


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Một</p><p>hai</p>", "Một hai"),
        ("<p>Điện<em> tử</em>, <b>ch</b>ữ</p>", "Điện tử, chữ"),
        ('<p><img alt="a > b" src="x">Ảnh</p>', "Ảnh"),
        ("<table><tr><td>1</td><td>2</td></tr></table>", "1 2"),
        ("<p>a &lt; b &amp; c<br>d</p>", "a < b & c d"),
        ("", ""),
    ],
)
def test_plain(html: str, expected: str) -> None:
    """The words of HTML: blocks and cells part them, inline elements do not."""
    assert plain(html) == expected


# How the index is divided


def years_of(editions: list[Edition]) -> dict[int, list[Edition]]:
    """Editions by year, newest first, as an archive shelves them."""
    found: dict[int, list[Edition]] = {}
    for edition in sorted(editions, key=lambda edition: edition.date, reverse=True):
        found.setdefault(edition.day.year, []).append(edition)
    return found


def some(year: int, number: int) -> list[Edition]:
    """So many editions, spread evenly over a year."""
    first = an_edition(f"{year}/01/0", date=f"{year}-01-01 08:00")
    dates = [first.date + timedelta(days=n * 364 / number) for n in range(number)]
    return [replace(first, id=f"{year}/{n}", date=d, day=d.date()) for n, d in enumerate(dates)]


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ({}, []),
        ({2008: 1}, ["2000-2009"]),
        ({2008: 120}, ["2000-2009"]),
        ({2008: 121}, ["2008-07-12", "2008-01-06"]),
        ({2026: 1, 2019: 300}, ["2020-2029", "2010-2019"]),
        ({2026: 1, 2019: 300, 2011: 1}, ["2020-2029", "2015-2019", "2010-2014"]),
        ({2026: 1, 2019: 200, 2018: 200}, ["2020-2029", "2019", "2018"]),
        ({2026: 1, 2019: 350}, ["2020-2029", "2019-07-12", "2019-01-06"]),
        ({2026: 2, 2025: 120, 2024: 200}, ["2026", "2025", "2020-2024"]),  # recent, recent, not
        ({2027: 1, 2026: 2, 2025: 110}, ["2020-2029"]),
        ({2026: 5000}, [f"2026-{month:02d}" for month in range(12, 0, -1)]),
    ],
)
def test_packs(numbers: dict[int, int], expected: list[str]) -> None:
    """A part is the longest span of the calendar that is not too large; the newest comes first."""
    editions = [edition for year, number in numbers.items() for edition in some(year, number)]
    made = divided(years_of(editions))
    assert [pack.name for pack in made] == expected
    assert sorted(e.id for p in made for e in p.editions) == sorted(e.id for e in editions)
    for pack in made:
        days = [edition.day for edition in pack.editions]
        assert days == sorted(days)
        assert (pack.first, pack.last) == (days[0].year, days[-1].year)


# What the engine makes


def test_the_same_records_give_the_same_bytes() -> None:
    """Pagefind's files depend on the records and their order only."""
    first = engine.files_of(RECORDS)
    assert all(engine.files_of(RECORDS) == first for _ in range(4))


def test_what_leads_to_the_others_is_last() -> None:
    """The entry is put in place when all that it names is there; there is nothing else but the
    index.
    """
    *names, last = engine.files_of(RECORDS)
    assert last == engine.ENTRY
    assert all(".pf_" in name for name in names)


@pytest.mark.parametrize("words", [("hội", "nghị", "phủ", "tin"), ("an", "bee", "cat", "dog")])
def test_files_of_the_index_are_small(words: tuple[str, ...]) -> None:
    """A file of the index holds few words, whether or not they have marks."""
    text = " ".join(f"{word}{suffix}" for word in words for suffix in "abcdefghijklmnopqrst")
    records = [engine.record(str(n), indexed(text), "vi", {}, {}) for n in range(300)]
    files = engine.files_of(records)
    sizes = [len(data) for name, data in files.items() if name.endswith(".pf_index")]
    assert 8 <= len(sizes) <= 40
    assert max(sizes) < 20_000


def test_new_records_leave_the_others() -> None:
    """A record at the end changes no document before it."""
    before = {n: d for n, d in engine.files_of(RECORDS[:-1]).items() if "fragment" in n}
    after = engine.files_of(RECORDS)
    assert before.items() < after.items()


def test_the_runtime_knows_each_language() -> None:
    """The shared files hold a program for each language, and nothing of Pagefind's own interface
    or its worker.
    """
    files = engine.runtime_of(("vi", "en"))
    entry = json.loads(files[engine.ENTRY])
    assert {name: one["wasm"] for name, one in entry["languages"].items()} == {
        "vi": None,
        "en": "en",
    }
    whole = {name for name in files if not name.endswith((".pf_meta", ".pf_index", ".pf_fragment"))}
    assert whole == {
        "pagefind.js",
        "wasm.unknown.pagefind",
        "wasm.en.pagefind",
        engine.ENTRY,
    }


def test_the_runtime_is_the_same_each_time() -> None:
    """Neither does the order of languages in the shared files depend on anything else."""
    languages = ("vi", "en", "fr", "de", "lo", "km")
    first = engine.runtime_of(languages)
    assert all(engine.runtime_of(languages) == first for _ in range(4))


def test_a_program_that_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that does not answer is an error that says so."""
    monkeypatch.setattr(engine, "_program", lambda: "/bin/true")
    with pytest.raises(RuntimeError, match="Pagefind ended"):
        engine.files_of(RECORDS)


def test_what_it_complains_of() -> None:
    """What Pagefind cannot take is an error with its own words."""
    wrong: dict[str, Any] = {"url": 3}
    with pytest.raises(RuntimeError, match="Pagefind: "):
        engine.files_of([wrong])


# What the stage puts out


def planned(archive: Archive) -> dict[str, Output]:
    """The outputs by path."""
    return {output.path: output for output in outputs(archive)}


def two_decades(**changes: Any) -> Archive:
    """A notice of 2008 in two languages, and one of 2016; `changes` are of the first."""
    facts = {"category": "tin", "tags": ("thue",)} | changes
    first = [
        an_edition("2008/03/hop", "vi", **facts),
        an_edition("2008/03/hop", "en", **facts),
    ]
    second = an_edition("2016/03/hop", "vi", "2016-03-21 08:00", tags=("dat",))
    return an_archive(
        [a_notice(*first), a_notice(second)],
        as_of=second.date,
        tags=[a_term("thue"), a_term("dat")],
        categories=[a_term("tin")],
    )


def test_paths_and_order() -> None:
    """Each language has a page and parts; parts come after pages and before what leads to them."""
    made = planned(two_decades())
    assert {path: output.order for path, output in made.items()} == {
        RUNTIME: Order.ASSET,
        "theme/search.js": Order.ASSET,
        "vi/search/2010-2019/": Order.INDEX,
        "vi/search/2000-2009/": Order.INDEX,
        "vi/search/index.html": Order.LISTING,
        "en/search/2000-2009/": Order.INDEX,
        "en/search/index.html": Order.LISTING,
    }


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"title": "Khác"}, {"vi/search/2000-2009/", "en/search/2000-2009/"}),
        ({"address": "/khac/"}, {"vi/search/2000-2009/", "en/search/2000-2009/"}),
        ({}, set()),
    ],
)
def test_an_edit_changes_its_own_part(changes: dict[str, Any], expected: set[str]) -> None:
    """What changes in a notice changes the parts that hold it, and neither pages nor other parts;
    so does the address of its other edition.
    """
    before, after = planned(two_decades()), planned(two_decades(**changes))
    assert {path for path in before if before[path].key != after[path].key} == expected


def test_a_label_changes_the_parts_that_use_it() -> None:
    """Another label of a tag changes the parts in which it is used, and the page that offers it."""
    before = two_decades()
    after = two_decades()
    term = after.taxonomy.tags["dat"]
    after.taxonomy.tags["dat"] = replace(term, label=term.label | {"vi": "Đất đai"})
    after = Archive(
        after.site, after.taxonomy, after.siblings, (), {}, an_edition(date="2020-01-01 08:00").date
    )
    one, other = planned(before), planned(after)
    changed = {path for path in one if one[path].key != other[path].key}
    assert changed == {"vi/search/2010-2019/", "vi/search/index.html"}


# What is in the index of the fictional archive


@pytest.fixture(scope="module")
def documents(site: Path) -> dict[str, dict[str, Any]]:
    """All documents of all parts, by the address of their pages."""
    files = {str(file): file.read_bytes() for file in site.glob("*/search/*/fragment/*")}
    return fragments(files)


def test_every_public_edition_is_found(
    site: Path, archive: Archive, documents: dict[str, dict[str, Any]]
) -> None:
    """The index holds the public editions, each once, and nothing else."""
    editions = {
        edition.address for language in ("vi", "en") for edition in archive.editions(language)
    }
    assert documents.keys() == editions
    assert len(list(site.glob("*/search/*/fragment/*"))) == len(editions)


def test_a_withdrawn_notice(documents: dict[str, dict[str, Any]]) -> None:
    """It is found by its title, shown with its state, and its text is the reason."""
    found = documents["/en/2026/03/part-time-editors-wanted/"]
    assert found["shown"]["state"] == "Withdrawn"
    assert "editors wanted" in found["content"]
    assert found["content"].endswith("the department will publish a new one.")
    text = found["content"].split()[found["shown"]["text"] :]
    assert " ".join(text).startswith("the notice gave the wrong conditions")


def test_filters_and_facts(archive: Archive, documents: dict[str, dict[str, Any]]) -> None:
    """Each document has its kind, category, tags and year; its number is among its words."""
    for language in ("vi", "en"):
        for edition in archive.editions(language):
            document = documents[edition.address]
            values = {
                filtering("kind", edition.kind),
                filtering("year", str(edition.day.year)),
                *([filtering("category", edition.category)] if edition.category else []),
                *(filtering("tag", tag) for tag in edition.tags),
            }
            words = document["content"].split()[: document["shown"]["text"]]
            assert {word for word in words if word.startswith("0f")} == values
            if edition.document and edition.document.number:
                assert indexed(edition.document.number) in document["content"]


def test_other_languages(archive: Archive, documents: dict[str, dict[str, Any]]) -> None:
    """Each document leads to the other editions of its notice."""
    for editions in archive.siblings.values():
        for edition in editions:
            others = {e.address for e in editions if e is not edition}
            shown = documents[edition.address]["shown"]["others"]
            assert {href for _, _, href in shown} == others


def test_nothing_is_compressed_with_a_time(site: Path) -> None:
    """The index holds no time of its making."""
    for file in site.glob("*/search/*/**/*.pf_*"):
        data = file.read_bytes()
        assert data[:2] == b"\x1f\x8b"
        assert data[4:8] == bytes(4)
        gzip.decompress(data)


# The page


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_without_script(site: Path, language: str) -> None:
    """Without a script a reader is told what it needs; topics and every year are linked."""
    page = BeautifulSoup((site / language / "search/index.html").read_bytes(), "lxml")
    assert page.select("noscript #Search-needs")
    hrefs = [str(a["href"]) for a in page.select("#Search-browse a")]
    years = sorted((p.name for p in (site / language).glob("[12]*") if p.is_dir()), reverse=True)
    assert hrefs == [f"/{language}/tags/", *(f"/{language}/{year}/" for year in years)]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_knows_its_parts(site: Path, language: str) -> None:
    """What the script reads names the parts that are there, the newest first; no text of the page
    can end it.
    """
    html = (site / language / "search/index.html").read_text(encoding="utf-8")
    (text,) = re.findall(r'<script type="application/json" id="Search-data">(.*?)</script>', html)
    assert "<" not in text
    data = json.loads(text)
    assert [name for name, *_ in data["parts"]] == [
        f"{language}-x-{folder.name}"
        for folder in sorted((site / language / "search").iterdir(), reverse=True)
        if folder.is_dir()
    ]
    for _, href, first, last in data["parts"]:
        assert (site / href[1:] / engine.ENTRY).is_file()
        assert first <= last
    assert (site / data["runtime"][1:] / "pagefind.js").is_file()
