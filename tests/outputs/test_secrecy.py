"""What is not published yet is nowhere in the output: no draft, nothing under embargo (law 5)."""

import re
import shutil
import tomllib
from pathlib import Path

import pytest

from plugins.reading.header import split
from plugins.reading.values import KEYS
from tests.conftest import SITE, Build
from tests.outputs.indexes import readable

BEFORE_DUE, DUE = "2100-01-01T07:59:59+07:00", "2100-01-01T08:00:00+07:00"

DRAFTS = ("2026/05/phuong-an-tru-so.vi.md", "2026/05/phuong-an-tru-so.en.md")
DRAFT_TRANSLATION = "2026/05/lich-tiep-cong-dan.en.md"
EMBARGOED = ("2100/01/mo-hop-thu.vi.md", "2100/01/mo-hop-thu.en.md")

DRAFT_TERMS = ("quan-tri-noi-bo", "tru-so-moi")
EMBARGOED_TERMS = ("hop-thu-tuong-lai",)
UNUSED_TERMS = ("tuyen-sinh",)

_SHOWN = ("Title", "Slug", "Summary", "Venue", "Image_alt", "Image_caption")
_MARKUP = re.compile(r"[\[\]()#\n]|: ")
_SHORTEST = 12


def traces(path: str) -> set[bytes]:
    """The words of a source that would betray it: of its header and of its text."""
    found = split(path, (SITE / path).read_text(encoding="utf-8"), tuple(KEYS))
    words = {field.text for field in found.fields if field.key in _SHOWN}
    words |= {part.strip(" .;") for part in _MARKUP.split(found.body)}
    return {word.encode() for word in words if len(word) >= _SHORTEST}


def traces_of_files(*sources: str) -> set[bytes]:
    """What would betray notices besides their words: their stems, their attachments."""
    stems = {path.rsplit(".", 2)[0] for path in sources}
    found = {stem.rpartition("/")[2].encode() for stem in stems}
    for file in (file for stem in stems for file in (SITE / stem).iterdir()):
        found |= {file.name.encode(), file.read_bytes()}
    return found


def traces_of_terms(*keys: str) -> set[bytes]:
    """Everything that `taxonomy.toml` says of these terms."""
    tables = tomllib.loads((SITE / "taxonomy.toml").read_text(encoding="utf-8"))
    terms = tables["tags"] | tables["categories"]
    words = {word for key in keys for table in terms[key].values() for word in table.values()}
    return {word.encode() for word in {*keys, *words}}


def traces_of_drafts() -> set[bytes]:
    """What would betray the drafts."""
    words = traces(DRAFTS[0]) | traces(DRAFTS[1]) | traces(DRAFT_TRANSLATION)
    return words | traces_of_files(*DRAFTS) | traces_of_terms(*DRAFT_TERMS)


def traces_of_embargoed() -> set[bytes]:
    """What would betray the notice under embargo."""
    words = traces(EMBARGOED[0]) | traces(EMBARGOED[1])
    return words | traces_of_files(*EMBARGOED) | traces_of_terms(*EMBARGOED_TERMS)


def files_in(out: Path) -> dict[str, bytes]:
    """All files of an output folder, by path; the index of the search as its readers see it."""
    files = (file for file in out.rglob("*") if file.is_file())
    return {file.relative_to(out).as_posix(): readable(file.read_bytes()) for file in files}


def found_in(out: Path, needles: set[bytes]) -> set[bytes]:
    """Those of the needles that are in the name or in the bytes of a file."""
    files = files_in(out)
    haystack = b"\n".join([*files.values(), *(path.encode() for path in files)])
    return {needle for needle in needles if needle in haystack}


@pytest.fixture(scope="module")
def published(build: Build, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of `tests/site` whose drafts are published, built when the embargo ends."""
    folder = tmp_path_factory.mktemp("published")
    shutil.copytree(SITE, folder / "content")
    for path in (*DRAFTS, DRAFT_TRANSLATION):
        source = folder / "content" / path
        text = source.read_text(encoding="utf-8")
        source.write_text(text.replace("Status: draft\n", ""), encoding="utf-8")
    build(folder / "content", folder / "out", folder / "cache", AS_OF=DUE)
    return folder


def test_drafts_are_nowhere(site: Path) -> None:
    """No word, name, address, topic, picture or attachment of a draft is in any file."""
    assert len(traces_of_drafts()) > 30
    assert found_in(site, traces_of_drafts()) == set()


def test_what_is_under_embargo_is_nowhere(site: Path) -> None:
    """No word, name, address, topic, picture or attachment of a later notice is in any file."""
    assert len(traces_of_embargoed()) > 20
    assert found_in(site, traces_of_embargoed()) == set()


def test_an_embargo_ends_at_its_instant(build: Build, tmp_path: Path) -> None:
    """A second before its date, in 2100, nothing of a notice is there yet."""
    build(SITE, tmp_path / "out", tmp_path / "cache", AS_OF=BEFORE_DUE)
    assert found_in(tmp_path / "out", traces_of_embargoed()) == set()


def test_what_falls_due_appears(published: Path) -> None:
    """At its date, and without `Status: draft`, all of a notice is there."""
    needles = traces_of_drafts() | traces_of_embargoed()
    assert needles - found_in(published / "out", needles) == set()


def test_what_is_withheld_again_leaves_no_trace(published: Path, site: Path, build: Build) -> None:
    """A build over one that showed more removes all of it: the output is that of a clean build."""
    build(SITE, published / "out", published / "cache")
    assert found_in(published / "out", traces_of_drafts() | traces_of_embargoed()) == set()
    again, clean = files_in(published / "out"), files_in(site)
    assert again.keys() == clean.keys()
    assert [path for path in clean if again[path] != clean[path]] == []


def test_terms_that_no_public_notice_has_are_nowhere(site: Path) -> None:
    """A tag that is used by nothing has no page, no feed and no mention."""
    assert found_in(site, traces_of_terms(*UNUSED_TERMS)) == set()


def test_links_to_what_is_withheld_are_plain_words(site: Path) -> None:
    """Until the other notice is published, a link to it is shown as its words only."""
    page = (site / "vi/2026/05/lich-tiep-cong-dan/index.html").read_text(encoding="utf-8")
    feed = (site / "vi/feed.xml").read_text(encoding="utf-8")
    assert "<a>thông báo riêng</a>, kèm <a>sơ đồ đường đi</a>" in page
    assert "&lt;a&gt;thông báo riêng&lt;/a&gt;" in feed
    standing = (site / "en/about/index.html").read_text(encoding="utf-8")
    assert "<a>a notice that is not due yet</a>" in standing
