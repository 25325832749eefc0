"""Tests of `inv new`: a draft in its place, that passes the check, and nothing overwritten."""

import io
from collections.abc import Iterable
from pathlib import Path

import pytest
from msgspec.structs import replace

from plugins.building import gathering
from plugins.model.notice import Edition, Notice, Status
from tests.building.contents import Content, a_notice
from tests.building.running import WITHOUT_SEARCH, build_here
from tests.writing.desks import NOW, Desk

PATH = "2009/06/hop-bao.vi.md"


def test_it_makes_a_draft(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The path alone is printed; what she must still do is said beside it."""
    desk = Desk(tmp_path)
    assert desk.new() == 0
    assert desk.files() == {PATH: f"Title: Họp báo\nDate: {NOW}\nStatus: draft\n\n".encode()}
    printed = capsys.readouterr()
    assert printed.out == f"{desk.folder}/{PATH}\n"
    assert "Category" in printed.err
    assert "draft" in printed.err
    assert desk.faults() == []


def test_keys_stand_in_their_order(tmp_path: Path) -> None:
    """That of the table; terms by their keys, whatever names them."""
    desk = Desk(tmp_path)
    given = {
        "Starts": "2009-06-10 08:00",
        "Venue": "Hà  Nội",
        "Tags": "dich-vu-cong, CHINH-PHU-DIEN-TU vi",
        "Category": "van-ban en",
        "Date": "2009-07-01 00:30",
        "Number": "12/2009/TT",
    }
    assert desk.new("Họp “báo”\n", lang="en", event=True, **given) == 0
    assert desk.text("2009/07/hop-bao.en.md") == (
        "Title: Họp “báo”\nDate: 2009-07-01 00:30\nKind: event\nCategory: van-ban\n"
        "Tags: dich-vu-cong, chinh-phu-dien-tu\nStatus: draft\nStarts: 2009-06-10 08:00\n"
        "Venue: Hà Nội\nNumber: 12/2009/TT\n\n"
    )
    assert desk.faults() == []


@pytest.mark.parametrize(
    ("title", "name", "stem"),
    [
        ("Đối thoại: “Ưu tiên” số 12/2008/TT-BTTTT", "", "doi-thoai-uu-tien-so-12-2008-tt-btttt"),
        ("Ho\u0323p", "", "hop"),
        ("会议", "hoi-nghi", "hoi-nghi"),
        ("một hai " * 40, "", "mot-hai-" * 9 + "mot-hai"),
    ],
)
def test_the_name_is_ascii(tmp_path: Path, title: str, name: str, stem: str) -> None:
    """Made from the title, not too long, or given."""
    desk = Desk(tmp_path)
    assert desk.new(title, name=name) == 0
    assert [*desk.files()] == [f"2009/06/{stem}.vi.md"]
    assert desk.faults() == []


def test_an_event_without_a_start_is_a_draft(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It passes the check as long as it is one."""
    desk = Desk(tmp_path)
    assert desk.new(event=True) == 0
    assert "Starts, Category" in capsys.readouterr().err
    assert desk.faults() == []
    desk.put(PATH, desk.text(PATH).replace("Status: draft\n", "") + "Văn bản.\n")
    assert ["Starts" in fault for fault in desk.faults()] == [True]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"title": ""}, "There is no title."),
        ({"title": " \n "}, "There is no title."),
        ({"title": "!!!"}, "--slug"),
        ({"name": "Họp"}, "--slug"),
        ({"name": "../../x"}, "--slug"),
        ({"lang": "fr"}, "those are vi, en"),
        ({"Date": "05/03/2009"}, "Write “2009-03-05 08:00” or “2009-05-03 08:00”."),
        ({"Date": "2009-06-01"}, "no time of day"),
        ({"Category": "tin-hoat-don"}, "Write “tin-hoat-dong”"),
        ({"Tags": "x"}, "not in taxonomy.toml"),
        ({"Starts": "2009-06-10", "Ends": "2009-06-09"}, "Starts, Ends. Add --event."),
        (
            {"event": True, "Starts": "2009-06-10 08:00", "Ends": "2009-06-10 07:00"},
            "Ends: The end is not after the start.",
        ),
        ({"Status": "published"}, "body: There is no text."),
        ({"Titel": "x"}, "Is it Title?"),
        ({"Summary": "a\x07b"}, "U+0007"),
        ({"title": "x" * 600}, "500 is the most"),
        ({"Changes": "x"}, "is not a change"),
    ],
)
def test_what_is_wrong_is_not_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], given: dict[str, str], said: str
) -> None:
    """It is told, with what to write instead."""
    desk = Desk(tmp_path)
    assert desk.new(**given) == 1
    printed = capsys.readouterr()
    assert said in printed.err
    assert ".md:" not in printed.err
    assert printed.out == ""
    assert desk.files() == {}


@pytest.mark.parametrize("there", [PATH, "2009/06/hop-bao.en.md"])
def test_it_never_overwrites(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], there: str
) -> None:
    """Nor does it make a translation by accident."""
    desk = Desk(tmp_path, Content({there: a_notice()}))
    before = desk.files()
    assert desk.new() == 1
    assert "inv translate" in capsys.readouterr().err
    assert desk.files() == before


def test_an_address_that_is_taken_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By the slug of another notice, or by an alias."""
    desk = Desk(tmp_path, Content({"2009/06/x.vi.md": a_notice(Slug="hop-bao")}))
    assert desk.new() == 1
    assert "2009/06/x.vi.md has the address" in capsys.readouterr().err


def test_faults_of_others_do_not_hinder(tmp_path: Path) -> None:
    """A notice in a hurry does not wait until another one is mended."""
    desk = Desk(tmp_path, Content({"2009/06/x.vi.md": a_notice(Date="1/2/2009")}))
    assert desk.new() == 0


@pytest.mark.parametrize("link", ["2009", "2009/06"])
def test_a_folder_that_leads_out_is_not_followed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], link: str
) -> None:
    """Nothing is written outside the content folder."""
    desk = Desk(tmp_path)
    outside = tmp_path / "outside"
    outside.mkdir()
    (desk.folder / link).parent.mkdir(exist_ok=True)
    (desk.folder / link).symlink_to(outside)
    assert desk.new() == 1
    assert link in capsys.readouterr().err
    assert [*outside.iterdir()] == []


def test_what_lacks_is_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a terminal: again until it can be read; categories are listed with their labels."""
    answers = "\nHọp báo\nhôm nay\n2009-06-10 08:00\n\nHà Nội\n9\n2\n\n\n"
    monkeypatch.setattr("sys.stdin", io.StringIO(answers))
    desk = Desk(tmp_path)
    assert desk.new("", event=True, asks=True) == 0
    assert desk.text(PATH) == (
        f"Title: Họp báo\nDate: {NOW}\nKind: event\nCategory: van-ban\nStatus: draft\n"
        "Starts: 2009-06-10 08:00\nVenue: Hà Nội\n\n"
    )
    asked = capsys.readouterr().err
    assert "“hôm nay” is not an ISO date." in asked
    assert "“9” is not in taxonomy.toml." in asked
    assert "   2 van-ban en (van-ban)" in asked


def test_an_end_before_the_start_is_asked_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No other answer is lost; nor is one by a summary that is too long."""
    answers = (
        "2009-06-10 08:00\n2009-06-10 07:00\n2009-06-11\n2009-06-10 09:00\nHuế\n\n\n"
        f"{'x' * 3000}\nVề họp báo.\n"
    )
    monkeypatch.setattr("sys.stdin", io.StringIO(answers))
    desk = Desk(tmp_path)
    assert desk.new(event=True, asks=True) == 0
    assert "Starts: 2009-06-10 08:00\nEnds: 2009-06-10 09:00\nVenue: Huế\n" in desk.text(PATH)
    assert "Summary: Về họp báo.\n" in desk.text(PATH)
    asked = capsys.readouterr().err
    assert "The end is not after the start." in asked
    assert "One of start and end has a time of day" in asked
    assert desk.faults() == []


def test_who_ends_the_questions_gets_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The end of the input is no answer."""
    monkeypatch.setattr("sys.stdin", io.StringIO("tin-hoat-dong\n"))
    desk = Desk(tmp_path)
    assert desk.new(asks=True) == 1
    assert "Nothing was written." in capsys.readouterr().err
    assert desk.files() == {}


def test_what_a_draft_lacks_does_not_stop_its_preview(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An event without a start and without a text is shown as far as it goes, by every stage."""
    desk = Desk(tmp_path)
    desk.new(event=True, Venue="Hà Nội", Category="van-ban", Tags="dich-vu-cong")
    desk.translate(PATH)
    monkeypatch.setattr(gathering, "public", lambda notices, _: as_if_public(notices))
    build_here(desk.folder, tmp_path / "out", tmp_path / "builds", PLUGINS=WITHOUT_SEARCH)
    for address in ("vi/2009/06/hop-bao", "en/2009/06/hop-bao", "vi/2009/06"):
        page = (tmp_path / "out" / address / "index.html").read_text(encoding="utf-8")
        assert "Họp báo" in page


def as_if_public(notices: Iterable[Notice]) -> dict[str, tuple[Edition, ...]]:
    """Drafts too, as the preview shows them."""
    return {
        notice.id: tuple(replace(e, status=Status.PUBLISHED) for e in notice.editions)
        for notice in notices
    }
