"""Tests of `inv withdraw` and `inv correct`: what readers must know is told in every language."""

import io
from pathlib import Path

import pytest

from plugins.model.notice import ChangeKind
from tests.building.contents import Content, Source, a_notice, a_translation
from tests.writing.desks import NOW, Desk

VI, EN = "2008/03/hop.vi.md", "2008/03/hop.en.md"
OWN = "2008-03-22 10:00 minor: a comma"


def a_desk(folder: Path, *, original: Source | None = None, **header: str) -> Desk:
    """A notice in two languages; `header` is of the translation."""
    vi = original or a_notice("Thân.", Tags="dich-vu-cong")
    return Desk(folder, Content({VI: vi, EN: a_translation(**header)}))


def lines(desk: Desk, path: str, before: dict[str, bytes]) -> list[str]:
    """The lines that a file has now and had not before; it has lost none."""
    old, new = before[path].decode().splitlines(), desk.text(path).splitlines()
    assert [line for line in new if line in old] == old
    return [line for line in new if line not in old]


def test_a_withdrawal_is_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Status, reason and time in the original; a translation without a history inherits them."""
    desk = a_desk(tmp_path)
    before = desk.files()
    assert desk.withdraw("2008/03/hop", "sai  thời gian\n") == 0
    assert lines(desk, VI, before) == [
        "Status: withdrawn",
        f"Changes: {NOW} withdrawn: sai thời gian",
    ]
    assert desk.files()[EN] == before[EN]
    assert desk.faults() == []
    printed = capsys.readouterr()
    assert f"{VI}." in printed.out
    assert "shows the words of the original" in printed.err


def test_a_reason_is_told_in_each_language(tmp_path: Path) -> None:
    """Given with its language; the history is continued, the status is said where it stood."""
    desk = a_desk(tmp_path, Status="published", Changes=OWN)
    before = desk.files()
    assert desk.withdraw(VI, "en=wrong = time", "sai") == 0
    assert lines(desk, VI, before) == ["Status: withdrawn", f"Changes: {NOW} withdrawn: sai"]
    assert "Status: withdrawn\n" in desk.text(EN)
    assert f"Changes: {OWN}\n    {NOW} withdrawn: wrong = time\n" in desk.text(EN)
    assert desk.faults() == []


def test_a_draft_of_a_translation_stays_one(tmp_path: Path) -> None:
    """Nobody has seen it."""
    desk = a_desk(tmp_path, Status="draft")
    before = desk.files()
    assert desk.withdraw(VI, "sai") == 0
    assert desk.files()[EN] == before[EN]
    assert desk.faults() == []


def test_no_change_is_lost(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A translation that begins a history of its own takes over what it has inherited."""
    original = a_notice(Changes="\n2008-03-22 10:00 major: đổi giờ")
    desk = a_desk(tmp_path, original=original)
    assert desk.correct(VI, "sai tên", "en=the name") == 0
    history = f"Changes:\n    2008-03-22 10:00 major: đổi giờ\n    {NOW} correction: the name\n"
    assert history in desk.text(EN)
    assert f"đổi giờ\n    {NOW} correction: sai tên\n" in desk.text(VI)
    assert "translate them" in capsys.readouterr().err
    assert desk.faults() == []


@pytest.mark.parametrize("kind", [ChangeKind.MINOR, ChangeKind.MAJOR, ChangeKind.CORRECTION])
def test_a_correction_has_a_kind(tmp_path: Path, kind: ChangeKind) -> None:
    """Minor, major, or a correction."""
    desk = a_desk(tmp_path)
    before = desk.files()
    assert desk.correct(VI, "sai tên", kind=kind) == 0
    assert lines(desk, VI, before) == [f"Changes: {NOW} {kind}: sai tên"]


def test_a_translation_alone_is_corrected(tmp_path: Path) -> None:
    """A note is in the language of the path, unless it says another."""
    desk = a_desk(tmp_path, Changes=OWN)
    before = desk.files()
    assert desk.correct(EN, "the name") == 0
    assert lines(desk, EN, before) == [f"    {NOW} correction: the name"]
    assert desk.files()[VI] == before[VI]


def test_two_corrections_in_a_minute_are_two(tmp_path: Path) -> None:
    """The second has seconds, so that subscribers are told of it."""
    desk = a_desk(tmp_path)
    desk.correct(VI, "một")
    desk.correct(VI, "hai")
    assert f"{NOW} correction: một\n    {NOW}:30 correction: hai\n" in desk.text(VI)
    assert desk.faults() == []


@pytest.mark.parametrize("verb", ["correct", "withdraw"])
def test_a_clock_that_is_behind_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], verb: str
) -> None:
    """A change that is dated before the last one would not be told to subscribers."""
    desk = a_desk(tmp_path)
    desk.correct(VI, "một")
    desk.settings["AS_OF"] = "2009-06-01T09:20:30+07:00"
    before = desk.files()
    assert getattr(desk, verb)(VI, "hai") == 1
    told = capsys.readouterr().err
    assert "It is 2009-06-01 09:20:30 now by the clock" in told
    assert "is of 2009-06-01 10:20:00." in told
    assert desk.files() == before


def test_what_is_withdrawn_is_not_corrected(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """She is told how to correct the reason, and how to publish it again."""
    desk = a_desk(tmp_path)
    desk.withdraw(VI, "sai")
    desk.settings["AS_OF"] = "2009-06-02T09:20:30+07:00"
    before = desk.files()
    assert desk.correct(VI, "hai") == 1
    assert "write “major” for “withdrawn”" in capsys.readouterr().err
    assert desk.files() == before
    text = desk.text(VI).replace("Status: withdrawn\n", "").replace(" withdrawn:", " major:")
    desk.put(VI, text)
    assert desk.faults() == []
    assert desk.correct(VI, "hai") == 0


def test_the_rest_of_a_file_stays(tmp_path: Path) -> None:
    """Fences, a byte order mark, CRLF, order, and the lack of a last line end."""
    desk = a_desk(tmp_path)
    text = "\ufeff---\r\nDate: 2008-03-21 16:44\r\nTitle:  Ho\u0323p\r\n---\r\n\r\nThân"
    desk.put(VI, text)
    assert desk.withdraw(VI, "sai") == 0
    added = f"Status: withdrawn\r\nChanges: {NOW} withdrawn: sai\r\n"
    assert desk.text(VI) == text.replace("16:44\r\n", f"16:44\r\n{added}")


@pytest.mark.parametrize(
    ("header", "own", "reasons", "said"),
    [
        ({}, {}, [], "--reason “…”"),
        ({}, {}, [" "], "--reason “…”"),
        ({}, {}, ["en=late"], "Say it in “vi”, too"),
        ({}, {}, ["sai", "vi=muộn"], "There are two texts in “vi”."),
        ({}, {"Changes": OWN}, ["sai"], "Add --reason en=“…”"),
        ({}, {}, ["sai", "muộn"], "There are two texts in “vi”. Write “en=…” before"),
        ({"Status": "draft"}, {}, ["sai"], "is a draft"),
        ({"Date": "2009-06-01 11:20"}, {}, ["sai"], "It is 2009-06-01 10:20 now by the clock"),
        ({}, {}, ["x" * 3000], "more than 2000 characters"),
        ({}, {}, ["a\x07b"], "U+0007"),
        ({"Titel": "x"}, {}, ["sai"], "This key is not known."),
        (
            {"Status": "withdrawn", "Changes": "2008-03-22 10:00 withdrawn: sai"},
            {},
            ["sai"],
            "is withdrawn already",
        ),
    ],
)
def test_what_cannot_be_withdrawn_stays(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    header: dict[str, str],
    own: dict[str, str],
    reasons: list[str],
    said: str,
) -> None:
    """It is told why, and every file is as it was."""
    desk = a_desk(tmp_path, original=a_notice(**header), **own)
    before = desk.files()
    assert desk.withdraw(VI, *reasons) == 1
    assert said in capsys.readouterr().err
    assert desk.files() == before


def test_what_lacks_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal, for each edition; a translation without a history may have none."""
    monkeypatch.setattr("sys.stdin", io.StringIO("\nsai giờ\n\n"))
    desk = a_desk(tmp_path)
    assert desk.withdraw(VI, asks=True) == 0
    assert f"{NOW} withdrawn: sai giờ" in desk.text(VI)
    assert "Changes" not in desk.text(EN)


def test_a_fault_of_another_notice_does_not_hinder(tmp_path: Path) -> None:
    """A notice is withdrawn in a hurry, whatever else is wrong."""
    desk = a_desk(tmp_path)
    desk.put("2008/03/hong.vi.md", "Title: a\n<<<<<<< HEAD\n")
    assert desk.withdraw(VI, "sai") == 0
