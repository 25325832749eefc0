"""Tests of the verbs `diff`, `audit` and `status`: on content in hand, as a webmaster has it."""

import json
import shutil
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from rich.console import Console

from plugins.building.opening import Workplace, opened, workplace
from plugins.building.report import Report
from plugins.model.inventory import INVENTORY, Inventory, inventory_of
from plugins.model.problem import Faults
from plugins.publishing.audit import looking
from plugins.publishing.audit.auditing import audit
from plugins.publishing.audit.brief import brief_of
from plugins.publishing.audit.finding import Finding
from plugins.publishing.audit.secrets import is_distinctive
from plugins.publishing.diff import comparing
from plugins.publishing.diff.comparing import BROKEN
from plugins.publishing.diff.reaching import in_folder
from plugins.publishing.status import tell
from plugins.publishing.targets.folder import FolderTarget
from plugins.speaking import Trouble, speech
from tests.building.contents import Content, a_notice, a_translation, an_archive
from tests.building.running import ROOT, WITHOUT_SEARCH, Trial, times
from tests.conftest import AS_OF, SITE, URL

EN, VI = speech("en"), speech("vi")


def audited(place: Workplace) -> list[Finding]:
    """What an audit finds in a built site."""
    inventory = inventory_of((place.output / INVENTORY).read_bytes())
    with opened(place, Report(Console(quiet=True), EN)) as gathered:
        brief = brief_of(place, gathered)
    assert brief.secret or "tests" not in place.content.parts
    return audit(place.output, inventory, brief, EN)


@pytest.mark.parametrize(("archive", "content"), [("site", SITE), ("real_site", ROOT / "content")])
def test_nothing_is_found_in_the_archives(
    archive: str, content: Path, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """No page of theirs has a dead link, a fault in its HTML, a secret."""
    folder: Path = request.getfixturevalue(archive)
    given = {"AS_OF": AS_OF} if content == SITE else {}
    settings = {"OUTPUT_PATH": str(folder), "CACHE_PATH": str(tmp_path), "SITEURL": URL, **given}
    place = workplace(ROOT / "pelicanconf.py", PATH=str(content), **settings)
    assert [str(finding) for finding in audited(place)] == []


@pytest.fixture
def trial(tmp_path: Path) -> Trial:
    """A content that was built, and published in a folder beside."""
    trial = Trial(tmp_path, an_archive(), PLUGINS=WITHOUT_SEARCH)
    trial.build()
    shutil.copytree(trial.out, tmp_path / "public")
    return trial


def compared(
    trial: Trial, capsys: pytest.CaptureFixture[str], form: str = "text"
) -> tuple[int, str]:
    """The exit code of a comparison with what is published, and what it said."""
    trial.build()
    capsys.readouterr()
    place = trial.workplace
    changes = comparing.compared(place, in_folder(trial.out.parent / "public"))
    code = comparing.told(changes, form, ZoneInfo(place.settings.timezone), EN)
    return code, capsys.readouterr().out


def test_nothing_to_publish(trial: Trial, capsys: pytest.CaptureFixture[str]) -> None:
    """One line says so."""
    code, said = compared(trial, capsys)
    assert (code, said) == (0, "Nothing changes: what is published is what was built.\n")


def test_an_edit_is_told(trial: Trial, capsys: pytest.CaptureFixture[str]) -> None:
    """Counts first; then the page, its address, and the feeds that change in silence."""
    trial.content.sources["2007/01/thong-bao-0.en.md"].header["Title"] = "Tiêu đề mới"
    code, said = compared(trial, capsys)
    assert code == 0
    first, *_ = said.splitlines()
    assert first == "Pages of notices and standing pages: 0 new, 1 changed, 0 gone."
    assert "  Tiêu đề mới  /en/2007/01/thong-bao-0/: title, before: “Thông báo số 0”" in said
    assert "/en/feed" not in said
    assert "  /en/  All notices (en): 1 changed silently" in said


def test_a_tag_that_loses_its_last_notice(trial: Trial, capsys: pytest.CaptureFixture[str]) -> None:
    """Today it would lose its pages and its feeds silently; the comparison stops it."""
    for source in trial.content.sources.values():
        if "an-toan-thong-tin" in source.header.get("Tags", ""):
            source.header["Tags"] = "dich-vu-cong"
    code, said = compared(trial, capsys)
    assert code == BROKEN
    assert "Broken promise (address-gone):" in said
    assert "  /vi/tag/an-toan-thong-tin/\n" in said
    assert "Broken promise (feed-gone):" in said
    code, said = compared(trial, capsys, "json")
    value = json.loads(said)
    assert code == BROKEN
    names = {promise["name"]: promise["concerns"] for promise in value["promises"]}
    assert "/en/tag/an-toan-thong-tin-en/feed.atom" in names["feed-gone"]
    assert any(one["address"].startswith("/vi/tag/an-toan-thong-tin/2") for one in value["lost"])


def test_much_is_told_in_short(trial: Trial, capsys: pytest.CaptureFixture[str]) -> None:
    """Some lines below a heading, and how many there are besides."""
    for number in range(15):
        trial.content.sources[f"2009/01/moi-{number:02d}.vi.md"] = a_notice(Date="2009-01-02 08:00")
    _, said = compared(trial, capsys)
    assert "15 new" in said
    assert said.count("/vi/2009/01/moi-") == 10
    assert "  and 5 more" in said


def test_what_cannot_be_compared(trial: Trial, tmp_path: Path) -> None:
    """Each is said in a line, in the language of the webmaster."""
    place, public = trial.workplace, tmp_path / "public"
    with pytest.raises(Trouble) as raised:
        comparing.compared(place, lambda _path: None, live="https://a.example")
    assert "Không có archive.json tại https://a.example" in raised.value.said(VI)
    (public / "archive.json").write_bytes(b"{")
    with pytest.raises(Trouble, match=r"archive.json, as it is published, is not what"):
        comparing.compared(place, in_folder(public))
    (trial.out / "archive.json").unlink()
    with pytest.raises(Trouble, match="Build it"):
        comparing.compared(place, in_folder(public))


@pytest.mark.parametrize(
    ("to", "url", "form", "words"),
    [
        ("local", "https://a.example", "text", "not both"),
        ("", "", "yaml", "The format is yaml"),
        ("", "file:///etc", "text", "is not the address of a site"),
        ("nowhere", "", "text", "There is no target “nowhere”"),
    ],
)
def test_what_is_asked_wrongly(trial: Trial, to: str, url: str, form: str, words: str) -> None:
    """It is told before anything is built."""
    trial.settings["PUBLISH"] = {"local": {"kind": "folder", "path": str(trial.out.parent / "p")}}
    before = times(trial.out)
    with pytest.raises(Trouble, match=words):
        comparing.compare(trial.workplace, EN, to, url, form)
    assert times(trial.out) == before


def test_the_audit_tells_its_findings(trial: Trial, capsys: pytest.CaptureFixture[str]) -> None:
    """As lines or as JSON; the exit code says whether there are any."""
    place = trial.workplace
    inventory = inventory_of((trial.out / INVENTORY).read_bytes())
    assert audited(place) == []
    assert looking.told([], 3, "text", EN) == 0
    assert "3 files: no finding." in capsys.readouterr().out
    (trial.out / "vi/gioi-thieu/index.html").unlink()
    left = {path: mark for path, mark in inventory.files.items() if "/gioi-thieu/" not in path}
    (trial.out / INVENTORY).write_bytes(Inventory(inventory.whole, left).encoded)
    assert looking.told(audited(place), 2, "json", VI) == 1
    found = json.loads(capsys.readouterr().out)
    assert {finding["rule"] for finding in found} >= {"link-dead"}
    assert all(set(f) == {"path", "address", "rule", "message", "remedy"} for f in found)
    with pytest.raises(Trouble, match="The format is yaml"):
        looking.look(place, EN, "yaml")


def test_what_is_secret_is_found_in_the_output(tmp_path: Path) -> None:
    """The words of a draft and of what is to come, if a template said them; not common ones, nor
    those that a public text quotes.
    """
    sources = {
        "2008/03/du-thao-mat-noi-bo.vi.md": a_notice(
            Title="Phương án sắp xếp tổ chức", Status="draft"
        ),
        "2008/03/chung.vi.md": a_notice(Title="Thông báo", Status="draft"),
        "2008/03/se-dang-sau-nay.vi.md": a_notice(
            Title="Kế hoạch mua sắm thiết bị",
            Date="2010-01-01 08:00",
            Status="withdrawn",
            Changes="2009-12-01 08:00 withdrawn: không thực hiện nữa",
        ),
        "2008/03/trich-dan.vi.md": a_notice(Title="Đề án cải cách hành chính", Status="draft"),
        "2008/03/tin.vi.md": a_notice("Bàn về “Đề án cải cách hành chính”."),
    }
    trial = Trial(tmp_path, Content(sources), PLUGINS=WITHOUT_SEARCH)
    trial.build()
    place = trial.workplace
    assert audited(place) == []
    page = trial.out / "vi/2008/03/tin/index.html"
    leak = (
        "Phương án sắp xếp tổ chức. Thông báo. Kế hoạch mua sắm thiết bị. không thực hiện nữa."
        " 2008/03/se-dang-sau-nay du-thao-mat-noi-bo Đề án cải cách hành chính</body>"
    )
    page.write_bytes(page.read_bytes().replace(b"</body>", leak.encode()))
    shutil.rmtree(trial.cache)
    found = audited(place)
    words = {finding.message.partition("“")[2].partition("”")[0] for finding in found}
    assert words == {
        "Phương án sắp xếp tổ chức",
        "Kế hoạch mua sắm thiết bị",
        "không thực hiện nữa",
        "2008/03/se-dang-sau-nay",
        "se-dang-sau-nay",
        "du-thao-mat-noi-bo",
    }


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("Thông báo", False),
        ("Họp báo về thuế", True),
        ("hop-bao", False),
        ("hop-bao-ve-thue", True),
        ("2026/05/hop", False),
        ("2026/05/hop-bao", True),
        ("a b c d e", False),
    ],
)
def test_common_words_are_not_distinctive(phrase: str, expected: bool) -> None:
    """Three words and twelve letters, however they are joined."""
    assert is_distinctive(phrase) is expected


def test_status(trial: Trial, capsys: pytest.CaptureFixture[str]) -> None:
    """What waits to be published comes first, then what to translate, to finish, to expect."""
    sources = trial.content.sources
    sources["2009/02/moi.vi.md"] = a_notice(Title="Tin mới", Date="2009-02-01 08:00")
    sources["2009/02/cu.vi.md"] = a_notice(
        Title="Đã sửa", Date="2009-02-01 08:00", Changes="2009-03-01 08:00 major: sửa"
    )
    sources["2009/02/cu.en.md"] = a_translation(Changes="2009-02-02 08:00 minor: mended")
    target = trial.out.parent / "target"
    inventory = inventory_of((trial.out / INVENTORY).read_bytes())
    FolderTarget(target, 3).hand_over(trial.out, inventory, None)
    trial.settings["PUBLISH"] = {"local": {"kind": "folder", "path": str(target)}}
    capsys.readouterr()
    assert tell(trial.workplace, EN, "", "") == 0
    said = capsys.readouterr().out
    order = [
        "Since the last publication: 3 pages new, 0 changed, 0 gone.",
        "  /vi/2009/02/moi/  Tin mới",
        "Translations that are older than their original: 1",
        "  2009/02/cu.en.md",
        "Notices that lack a translation: ",
        "  2009/02/moi.vi.md  Tin mới  → en",
        "Drafts: 1",
        "To be public later: ",
        "  2009-08-01 08:00  ",
        "The site falls due on 2009-06-20 08:00",
    ]
    places = [said.find(words) for words in order]
    assert -1 not in places, said
    assert places == sorted(places)


def test_status_without_a_publication(
    trial: Trial, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It says that there was none, or why nobody knows; faults of the content are a build's."""
    trial.settings["PUBLISH"] = {"local": {"kind": "folder", "path": str(tmp_path / "nothing")}}
    place = trial.workplace
    capsys.readouterr()
    assert tell(place, VI, "", "") == 0
    assert capsys.readouterr().out.startswith("Ở đó chưa từng xuất bản gì.")
    assert tell(place, EN, "elsewhere", "") == 1
    said = capsys.readouterr().out
    assert said.startswith("There is no target “elsewhere”")
    assert "Drafts: 1" in said
    trial.content.sources["2009/02/sai.vi.md"] = a_notice(Date="05/03/2026")
    with pytest.raises(Faults):
        tell(trial.workplace, EN, "", "")
