"""Tests of `plugins/outputs/manifest.py`: programs learn from it what is published, all of it."""

import json
from collections.abc import Callable
from itertools import product
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import icalendar
import jsonschema
import pytest
from msgspec.structs import replace

from plugins.model.archive import Archive, Attachment
from plugins.model.manifest import FEEDS
from plugins.model.notice import Body, Change, ChangeKind, Edition, Picture, Status
from plugins.model.output import Output, Press
from plugins.outputs import feeds, manifest
from tests.conftest import SITE, URL
from tests.model.builders import a_notice, a_page, a_site, a_term, an_archive, an_edition, an_event
from tests.model.builders import at as instant
from tests.outputs.feed_reading import read_feed
from tests.outputs.visiting import Visit, is_redirect

SCHEMA = json.loads((Path(__file__).parent / "manifest.schema.json").read_bytes())

Listed = dict[str, Any]


def check(value: object, name: str) -> None:
    """Whether a file is as the schema says."""
    jsonschema.Draft202012Validator(
        SCHEMA | {"$ref": f"#/$defs/{name}"},
        format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER,
    ).validate(value)


@pytest.fixture(scope="module")
def index(site: Path) -> dict[str, Any]:
    """`archive.json` of `tests/site`."""
    return cast(dict[str, Any], json.loads((site / "archive.json").read_bytes()))


@pytest.fixture(scope="module")
def editions(site: Path, index: dict[str, Any]) -> list[Listed]:
    """What all its parts list."""
    parts = [json.loads((site / part["address"][1:]).read_bytes()) for part in index["parts"]]
    return [edition for part in parts for edition in part["editions"]]


def test_the_format_is_kept(site: Path, index: dict[str, Any]) -> None:
    """All files are of version 1, and the index names each part, with what it holds."""
    check(index, "index")
    assert index["url"] == URL
    lying = sorted(f"/archive/{file.name}" for file in (site / "archive").iterdir())
    assert [part["address"] for part in index["parts"]] == lying
    for part in index["parts"]:
        data = json.loads((site / part["address"][1:]).read_bytes())
        check(data, "part")
        assert (data["year"], len(data["editions"])) == (part["year"], part["editions"])


def test_an_edition_is_a_line(site: Path) -> None:
    """Programs that read line by line can, and differences between two builds are short."""
    first, *lines, last = (site / "archive/2008.json").read_text(encoding="utf-8").splitlines()
    assert (first, last) == ('{"version":1,"year":"2008","editions":[', "]}")
    assert [json.loads(line.removesuffix(","))["id"][:4] for line in lines] == ["2008"] * len(lines)


def test_it_lists_what_has_a_page(
    pages: Visit, index: dict[str, Any], editions: list[Listed]
) -> None:
    """Every page of a notice, every standing page, and nothing that is not published."""
    told = {edition["address"] for edition in editions}
    assert len(told) == len(editions)
    assert told == {at for at, page in pages.pages.items() if page.select_one("article.notice")}
    standing = {page["address"] for page in index["pages"]}
    assert standing == {
        f"/{file.name.split('.')[1]}/{slug_of(file)}/" for file in (SITE / "pages").glob("*.md")
    }


def slug_of(file: Path) -> str:
    """The slug of a standing page."""
    lines = file.read_text(encoding="utf-8").splitlines()
    slugs = [line.removeprefix("Slug: ") for line in lines if line.startswith("Slug: ")]
    return slugs[0] if slugs else file.name.split(".")[0]


def test_every_address_leads_somewhere(
    pages: Visit, index: dict[str, Any], editions: list[Listed]
) -> None:
    """What it names is there: pages, files, feeds and calendars."""
    named = [language["address"] for language in index["languages"]]
    for edition in editions:
        named += [edition["address"], *edition.get("translations", {}).values()]
        named += edition.get("files", [])
    for shelf in index["listings"]:
        named += [*shelf["addresses"].values(), *shelf.get("calendars", {}).values()]
        named += shelf.get("former", [])
    named += [folder + file for folder in feed_folders(index) for file in index["feeds"]["files"]]
    assert [address for address in named if not pages.file(URL + address).is_file()] == []


def feed_folders(index: dict[str, Any]) -> list[str]:
    """Where feeds are."""
    tops = [address for shelf in index["listings"] for address in shelf["addresses"].values()]
    return tops + index["feeds"]["archives"]


def test_it_knows_every_feed_and_calendar(site: Path, index: dict[str, Any]) -> None:
    """No file that is followed is left out, besides those of slugs that were given up."""
    former = [address for shelf in index["listings"] for address in shelf.get("former", [])]
    feeds_there = {f"/{file.parent.relative_to(site)}/" for file in site.rglob("feed.atom")}
    assert feeds_there - set(former) == set(feed_folders(index))
    calendars = {f"/{file.relative_to(site)}" for file in site.rglob("calendar.ics")}
    told = {at for shelf in index["listings"] for at in shelf.get("calendars", {}).values()}
    assert calendars - {f"{at}calendar.ics" for at in former} == told


def holds(shelf: dict[str, Any], edition: Listed) -> bool:
    """Whether a listing holds an edition, as the manifest says."""
    return bool(
        {
            "": True,
            "bulletins": edition["kind"] == "bulletin",
            "events": edition["kind"] == "event",
            "category": edition.get("category") == shelf.get("key"),
            "tag": shelf.get("key") in edition.get("tags", ()),
        }[shelf["name"]]
    )


def test_feeds_can_be_derived(pages: Visit, index: dict[str, Any], editions: list[Listed]) -> None:
    """The entries of each feed, in their order, and when each was updated, follow from it."""
    wrong = []
    languages = [language["key"] for language in index["languages"]]
    for shelf, language in product(index["listings"], languages):
        chosen = [e for e in editions if e["language"] == language and holds(shelf, e)]
        chosen.sort(key=lambda e: e["id"])
        chosen.sort(key=lambda e: e["published"], reverse=True)
        told = [(e["guid"], e["updated"]) for e in chosen[: index["feeds"]["newest"]]]
        for file in index["feeds"]["files"]:
            address = shelf["addresses"][language] + file
            items = read_feed(pages.file(URL + address)).items
            there = [(item.id, manifest._instant(item.updated)) for item in items]
            wrong += [address] if there != told else []
    assert wrong == []


def test_archived_feeds_can_be_derived(
    pages: Visit, index: dict[str, Any], editions: list[Listed]
) -> None:
    """Those of a year hold what was published in it, by the days of the site's zone."""
    for folder in index["feeds"]["archives"]:
        _, language, _, year, _ = folder.split("/")
        there = {item.id for item in read_feed(pages.file(f"{URL}{folder}feed.json")).items}
        days = {e["guid"]: e["address"].split("/")[2] for e in editions}
        assert {days[guid] for guid in there} <= {year}
        assert all(guid.endswith(f"/{language}") for guid in there)


def test_calendars_can_be_derived(
    pages: Visit, index: dict[str, Any], editions: list[Listed]
) -> None:
    """The events of each calendar follow from it."""
    for shelf in index["listings"]:
        for language, address in shelf.get("calendars", {}).items():
            calendar = icalendar.Calendar.from_ical(pages.file(URL + address).read_bytes())
            there = {str(event["UID"]) for event in calendar.walk("VEVENT")}
            chosen = [e for e in editions if e["language"] == language and holds(shelf, e)]
            assert there == {e["guid"] for e in chosen if e["kind"] == "event"}


def test_former_addresses_lead_on(pages: Visit, editions: list[Listed]) -> None:
    """Where an edition was before is a page that sends its reader on."""
    former = [address for edition in editions for address in edition.get("former", [])]
    assert len(former) > 3
    for address in former:
        page = pages.pages.get(address) or pages.pages[f"{address}/"]
        assert is_redirect(page)


def test_what_is_withdrawn_stays(editions: list[Listed]) -> None:
    """With its status, so that nobody takes it for lost."""
    assert "withdrawn" in {edition["status"] for edition in editions}


SITE_HERE = a_site(stages=("plugins.outputs.feeds", "plugins.outputs.calendars"))
PRESS = cast(
    Press,
    SimpleNamespace(
        site=SITE_HERE,
        words=lambda language: SimpleNamespace(tag=language),
    ),
)


def planned(archive: Archive) -> dict[str, Output]:
    """The outputs by path."""
    return {output.path: output for output in manifest.outputs(archive)}


def read(archive: Archive, path: str) -> dict[str, Any]:
    """A file of the manifest of an archive."""
    output = planned(archive)[path]
    return cast(dict[str, Any], json.loads(output.made(PRESS).files[output.path]))


def archive_of(*editions: Edition, **others: Any) -> Archive:
    """An archive with a tag, of these editions, each of a notice of its own."""
    terms = {"tags": [a_term("thue", en="tax")], "categories": [a_term("tin")]}
    return an_archive([a_notice(e) for e in editions], **{"site": SITE_HERE, **terms, **others})


def a_full_one(**changes: Any) -> Edition:
    """An event with everything that is listed."""
    event = an_event("2008/03/hop")
    body = Body(
        key=b"than", excerpt="", links=("2008/03/hop/à b.pdf", "2008/03/tin.vi.md"), lines=(1, 2)
    )
    facts = {
        "tags": ("thue",),
        "category": "tin",
        "aliases": ("/tin/c%C5%A9.html", "/cũ"),
        "body": body,
        "picture": Picture(path="2008/03/hop/a.png", alt=""),
        "changes": (
            Change(instant("2008-03-22 08:00"), ChangeKind.MAJOR, "Đổi", "vi"),
            Change(instant("2008-03-23 08:00"), ChangeKind.MINOR, "Sửa", "vi"),
        ),
    } | changes
    return replace(event, **facts)


def files_of(*paths: str) -> dict[str, Attachment]:
    """Attachments at these paths."""
    return {path: Attachment(path, path, 1, path.encode()) for path in paths}


FILES = files_of("2008/03/hop/à b.pdf", "2008/03/hop/a.png", "2008/03/khac.pdf")


def test_what_is_told_of_an_edition() -> None:
    """All of it, as it is there."""
    (told,) = read(archive_of(a_full_one(), attachments=FILES), "archive/2008.json")["editions"]
    check(told, "edition")
    assert len(told.pop("digest")) == 32
    assert told == {
        "id": "2008/03/hop",
        "guid": "tag:example.org,2008:2008/03/hop/vi",
        "language": "vi",
        "address": "/vi/2008/03/hop/",
        "title": "Hội nghị 2008/03/hop",
        "kind": "event",
        "status": "published",
        "published": "2008-03-21T09:44:00Z",
        "updated": "2008-03-22T01:00:00Z",
        "category": "tin",
        "tags": ["thue"],
        "event": {"starts": "2008-03-20T01:00:00Z", "status": "scheduled"},
        "former": ["/tin/c%C5%A9.html", "/c%C5%A9"],
        "files": ["/2008/03/hop/a.png", "/2008/03/hop/%C3%A0%20b.pdf"],
    }


def test_what_is_told_of_a_translation() -> None:
    """The language of its original, and where the other editions are."""
    english = an_edition(language="en", original_language="vi")
    archive = an_archive([a_notice(an_edition(), english)], site=SITE_HERE)
    told = read(archive, "archive/2008.json")["editions"]
    assert [edition.get("original") for edition in told] == [None, "vi"]
    assert told[0]["translations"] == {"en": "/en/2008/03/hop/"}
    assert told[1]["translations"] == {"vi": "/vi/2008/03/hop/"}


def test_a_part_is_of_the_year_of_the_id() -> None:
    """A corrected date moves no edition to another part."""
    archive = archive_of(an_edition("2008/12/hop", date="2009-01-02 08:00"))
    assert list(planned(archive)) == ["archive/2008.json", "archive.json"]


def test_an_archive_without_notices() -> None:
    """It has an index, which names its languages and listings."""
    empty = archive_of()
    assert list(planned(empty)) == ["archive.json"]
    index = read(empty, "archive.json")
    check(index, "index")
    assert (index["parts"], index["feeds"]["archives"]) == ([], [])


def test_what_is_not_built_is_not_told() -> None:
    """Without feeds and calendars there is nothing to follow."""
    index = read(
        archive_of(a_full_one(), attachments=FILES, site=a_site(stages=())), "archive.json"
    )
    assert not any("calendars" in shelf for shelf in index["listings"])


CHANGES: dict[str, Callable[[Edition], Edition]] = {
    "title": lambda e: replace(e, title="Khác"),
    "words": lambda e: replace(e, body=replace(e.body, key=b"khac")),
    "summary": lambda e: replace(e, summary="Khác"),
    "status": lambda e: replace(e, status=Status.WITHDRAWN),
    "tags": lambda e: replace(e, tags=()),
    "picture": lambda e: replace(e, picture=None),
    "a minor change": lambda e: replace(e, changes=e.changes[:1]),
}


@pytest.mark.parametrize("what", CHANGES)
def test_the_digest_tells_silent_changes(what: str) -> None:
    """Whatever an edition says differently, it is not the same as before."""
    before, after = (
        read(archive_of(edition, attachments=FILES), "archive/2008.json")["editions"][0]["digest"]
        for edition in (a_full_one(), CHANGES[what](a_full_one()))
    )
    assert before != after


def test_the_digest_is_of_what_is_said() -> None:
    """Where the source lies, and how it is read, is not said; nor other files."""
    edition = a_full_one()
    other = replace(edition, source="x.vi.md", digest=b"x", card=b"x", translation_of="x")
    more = files_of(*FILES, "2008/03/nua.pdf")
    assert (
        read(archive_of(edition, attachments=FILES), "archive/2008.json")["editions"]
        == read(archive_of(other, attachments=more), "archive/2008.json")["editions"]
    )


def test_another_file_of_the_same_name() -> None:
    """An attachment that was replaced changes the digest, and both keys."""
    path = "2008/03/hop/à b.pdf"
    changed = FILES | {path: replace(FILES[path], digest=b"khac")}
    one, other = (archive_of(a_full_one(), attachments=files) for files in (FILES, changed))
    assert all(planned(one)[path].key != planned(other)[path].key for path in planned(one))
    part = "archive/2008.json"
    assert read(one, part)["editions"][0]["digest"] != read(other, part)["editions"][0]["digest"]


def test_an_edit_changes_one_part_and_the_index() -> None:
    """Other years stay, to the byte (law 2)."""
    others = [an_edition("2007/03/hop"), an_edition("2009/03/hop")]
    one = planned(archive_of(an_edition(), *others))
    other = planned(archive_of(an_edition(title="Khác"), *others))
    assert {path for path in one if one[path].key != other[path].key} == {
        "archive/2008.json",
        "archive.json",
    }


@pytest.mark.parametrize(
    "others",
    [
        {"pages": [a_page("gioi-thieu")]},
        {"tags": [a_term("thue", en="taxes")]},
        {"site": a_site(stages=())},
    ],
    ids=["page", "slug", "stages"],
)
def test_the_index_changes_with_what_it_tells(others: dict[str, Any]) -> None:
    """A new page, another slug, a stage less: the parts stay."""
    one, other = (planned(archive_of(a_full_one(), attachments=FILES, **o)) for o in ({}, others))
    assert {path for path in one if one[path].key != other[path].key} == {"archive.json"}


def test_files_of_feeds() -> None:
    """They are called as the stage of feeds calls them."""
    assert tuple(feeds.FORMATS) == FEEDS
