"""Tests of `inv move`: the notice keeps its id, no address is lost, every link still leads."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest

from plugins.publishing.diff.changes import diff
from plugins.publishing.diff.promises import broken_promises
from plugins.publishing.diff.published import published
from plugins.publishing.diff.reaching import in_folder
from plugins.writing.header import put
from plugins.writing.originals import words_of
from tests.building.contents import Content, a_notice, a_picture, a_translation
from tests.building.running import FEW_STAGES, WITHOUT_SEARCH, build_here, difference, tree
from tests.reading.content import lines_of
from tests.writing.desks import Desk

VI, EN = "2008/03/hop.vi.md", "2008/03/hop.en.md"
CSV = normalize("NFD", "Bảng mức.csv")

ORIGINAL = """---
Title: Hội nghị
Date: 2008-03-21 16:44
Image: hop/anh.png
Image_alt: Ảnh
---

[Khác](khac.vi.md "Tựa")
[bảng](<hop/Bảng mức.csv>), [nữa](hop/B%E1%BA%A3ng%20m%E1%BB%A9c.csv)
<a href="hop.en.md#x">tiếng Anh</a>, ![ảnh](hop/anh.png) và [trang][1], [mạng](https://example.org/hop.vi.md)

[1]: {filename}/pages/ve.vi.md"""
"""Without a line end at its end."""

MOVED = """---
Title: Hội nghị
Date: 2008-03-21 16:44
Aliases: /vi/2008/03/hop/
    /2008/03/hop/B%E1%BA%A3ng%20m%E1%BB%A9c.csv
    /2008/03/hop/anh.png
Image: moi/anh.png
Image_alt: Ảnh
Id: 2008/03/hop
---

[Khác](../03/khac.vi.md "Tựa")
[bảng](<moi/Bảng mức.csv>), [nữa](moi/B%E1%BA%A3ng%20m%E1%BB%A9c.csv)
<a href="moi.en.md#x">tiếng Anh</a>, ![ảnh](moi/anh.png) và [trang][1], [mạng](https://example.org/hop.vi.md)

[1]: {filename}/pages/ve.vi.md"""


def a_desk(folder: Path, **settings: str) -> Desk:
    """A notice in two languages with files, that links others, and is linked by them."""
    other = a_notice(
        "[Hội nghị](hop.vi.md) `hop.vi.md`\n\n[bảng](hop/B%E1%BA%A3ng m%E1%BB%A9c.csv)"
    )
    content = Content(
        {
            "2008/03/khac.vi.md": other,
            "2008/03/khac.en.md": a_translation("[Conference]( ../03/hop.en.md#x )"),
            "2008/03/yen.vi.md": a_notice("hop.vi.md", Title="Yên"),
        },
        {f"2008/03/hop/{CSV}": b"a;b", "2008/03/hop/anh.png": a_picture(), "2008/03/hop/.x": b""},
    )
    desk = Desk(folder, content, **settings)
    desk.put(VI, ORIGINAL)
    desk.put(EN, "Title: Conference\nSlug: conference\nImage_alt: A picture\n\nText.\n")
    desk.put("pages/ve.vi.md", "Title: Về\n\n[Hội nghị]({filename}../2008/03/hop.vi.md)\n")
    made_from = words_of(desk.text("2008/03/khac.vi.md"))
    desk.put(
        "2008/03/khac.en.md", put(desk.text("2008/03/khac.en.md"), "Translation_of", made_from)
    )
    return desk


def test_everything_is_moved(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Editions and files; the id, the old addresses and the links are seen to, and told."""
    desk = a_desk(tmp_path)
    before = desk.files()
    assert desk.faults() == []
    assert desk.move(VI, "2008/04/moi") == 0
    after = desk.files()
    assert desk.text("2008/04/moi.vi.md") == MOVED
    assert desk.text("2008/04/moi.en.md") == (
        "Title: Conference\nSlug: conference\nAliases: /en/2008/03/conference/\n"
        "Image_alt: A picture\n\nText.\n"
    )
    for name in (CSV, "anh.png", ".x"):
        assert after[f"2008/04/moi/{name}"] == before[f"2008/03/hop/{name}"]
    assert not [path for path in after if path.startswith("2008/03/hop")]
    assert not (desk.folder / "2008/03/hop").exists()
    assert "[Hội nghị](../04/moi.vi.md) `hop.vi.md`" in desk.text("2008/03/khac.vi.md")
    assert "(../04/moi/B%E1%BA%A3ng%20m%E1%BB%A9c.csv)" in desk.text("2008/03/khac.vi.md")
    assert "]( ../04/moi.en.md#x )" in desk.text("2008/03/khac.en.md")
    assert "]({filename}../2008/04/moi.vi.md)" in desk.text("pages/ve.vi.md")
    assert after["2008/03/yen.vi.md"] == before["2008/03/yen.vi.md"]
    assert desk.faults() == []
    said = capsys.readouterr()
    for told in (
        "/2008/03/hop.en.md to ",
        "/vi/2008/03/hop/ leads to /vi/2008/04/moi/ now.",
        "/en/2008/03/conference/ leads to /en/2008/04/conference/ now.",
        "It keeps its id, 2008/03/hop.",
        "Files stay at their old addresses, too: /2008/03/hop/Bảng mức.csv, /2008/03/hop/anh.png.",
        "Mended the links in ",
    ):
        assert told in said.out


def test_translations_stay_up_to_date(tmp_path: Path) -> None:
    """A mended link in an original does not make its translation one of an older text."""
    desk = a_desk(tmp_path)
    before = desk.text("2008/03/khac.en.md")
    desk.move(VI, "2008/04/moi")
    after = desk.text("2008/03/khac.en.md")
    assert "Translation_of: " in before
    assert before.split("Translation_of: ")[1][:16] != after.split("Translation_of: ")[1][:16]
    assert not [line for line in lines_of(desk.folder) if "has changed since" in line]


def test_old_addresses_lead_to_the_new_ones(tmp_path: Path) -> None:
    """In the built site, in each language; the ids of feeds are what they were."""
    desk = a_desk(tmp_path)
    desk.move(VI, "2008/04/moi")
    settings = {"AS_OF": "2008-05-01T00:00:00+07:00", "PLUGINS": FEW_STAGES}
    build_here(desk.folder, tmp_path / "out", tmp_path / "builds", **settings)
    for old, new in (
        ("vi/2008/03/hop", "/vi/2008/04/moi/"),
        ("en/2008/03/conference", "/en/2008/04/conference/"),
    ):
        assert new in (tmp_path / "out" / old / "index.html").read_text(encoding="utf-8")
        assert (tmp_path / f"out{new}index.html").is_file()


def an_event_with_files(folder: Path) -> Desk:
    """An event in two languages that shows a picture and links a file; another notice links a
    second one, a page a third.
    """
    files = {f"2008/03/hop/{name}": name.encode() for name in (CSV, "hai.pdf", "ba.pdf")}
    content = Content(
        {"2008/03/khac.vi.md": a_notice("[hai](hop/hai.pdf)")},
        files | {"2008/03/hop/anh.png": a_picture()},
    )
    desk = Desk(folder, content)
    desk.put(VI, ORIGINAL.replace("Image:", "Kind: event\nStarts: 2008-03-25 08:00\nImage:"))
    desk.put(EN, "Title: Conference\nSlug: conference\nImage_alt: A\n\n[hai](hop/hai.pdf)\n")
    desk.put("pages/ve.vi.md", "Title: Về\n\n[ba]({filename}/2008/03/hop/ba.pdf)\n")
    return desk


def test_a_move_breaks_no_promise(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Calendars and files lie at their old addresses, too, after one move and after another; the
    next build gives what a clean one gives.
    """
    desk = an_event_with_files(tmp_path)
    desk.put("pages/ve.vi.md", "Title: Về\n\nVăn bản.\n")
    settings = {"AS_OF": "2008-05-01T00:00:00+07:00", "PLUGINS": WITHOUT_SEARCH}
    before = None
    for stem in ("2008/03/hop", "2008/04/moi", "2009/02/nua"):
        if before:
            assert desk.move(before[1], stem) == 0, capsys.readouterr().err
        build_here(desk.folder, tmp_path / "out", tmp_path / "builds", **settings)
        state = published(in_folder(tmp_path / "out"))
        assert state
        if before:
            assert broken_promises(diff(before[0], state)) == []
        before = state, stem
    for old in ("2008/03/hop", "2008/04/moi"):
        assert (tmp_path / "out" / old / "hai.pdf").read_bytes() == b"hai.pdf"
        assert (tmp_path / "out/vi" / old / "event.ics").is_file()
    build_here(desk.folder, tmp_path / "clean", tmp_path / "fresh", **settings)
    assert difference(tree(tmp_path / "out"), tree(tmp_path / "clean")) == []


def test_a_file_that_only_others_link_stays_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The notice that links it tells its old address; of what only a page links, she is warned."""
    desk = an_event_with_files(tmp_path)
    desk.put(EN, "Title: Conference\nImage_alt: A\n\nText.\n")
    assert desk.move(VI, "2008/04/moi") == 0
    assert "Aliases: /2008/03/hop/hai.pdf\n" in desk.text("2008/03/khac.vi.md")
    warned = capsys.readouterr().err
    assert "/2008/03/hop/ba.pdf" in warned
    assert "hai.pdf" not in warned
    assert desk.faults() == []


STEPS = 20
"""More than a move of `an_event_with_files` takes."""


@pytest.mark.parametrize("again", [False, True])
def test_a_move_that_was_killed_is_finished(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    *,
    again: bool,
) -> None:
    """Wherever it was killed, the same command gives what it would have given; also if the notice
    had been moved before.
    """
    whole, stem = an_event_with_files(tmp_path / "whole"), "2008/03/hop"
    if again:
        whole.move(stem, "2008/03/giua")
        stem = "2008/03/giua"
    start = whole.files()
    assert whole.move(stem, "2008/04/moi") == 0
    wanted = whole.files()
    killed, left = 0, ("2008/04/moi/.anh.png.1", b"written aside")
    for step in range(STEPS):
        desk = Desk(tmp_path / str(step))
        for path, data in start.items():
            desk.put(path, data)
        with monkeypatch.context() as patch:
            _kill_after(patch, step)
            try:
                desk.move(stem, "2008/04/moi")
            except Killed:
                killed += 1
        desk.put(*left)
        if (desk.folder / f"{stem}.vi.md").exists():
            assert desk.move(stem, "2008/04/moi") == 0, (step, capsys.readouterr().err)
        assert desk.files() == wanted | dict([left]), step
    assert 13 < killed < STEPS


class Killed(BaseException):
    """Nothing catches it, as nothing catches a kill."""


def _kill_after(patch: pytest.MonkeyPatch, steps: int) -> None:
    """Kill whoever has put in place or removed so many files."""
    left = [steps]

    def counted(do: Callable[..., Any]) -> Callable[..., Any]:
        def step(*arguments: Any, **options: Any) -> Any:
            if not Path(arguments[-1]).name.startswith("."):
                left[0] -= 1
                if left[0] < 0:
                    raise Killed
            return do(*arguments, **options)

        return step

    patch.setattr(os, "link", counted(os.link))
    patch.setattr(Path, "unlink", counted(Path.unlink))
    patch.setattr(Path, "replace", counted(Path.replace))


def test_what_is_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A notice or a file of somebody else's at the new place stops the move, by its name."""
    for there in ("2008/04/moi.vi.md", "2008/04/moi/anh.png", "2008/04/moi/la.txt"):
        desk = an_event_with_files(tmp_path / there)
        desk.put(there, "Title: Khác\nDate: 2008-03-21 16:44\n\nThân.\n")
        before = desk.files()
        assert desk.move(VI, "2008/04/moi") == 1
        assert f"{there}. Give another name." in capsys.readouterr().err
        assert desk.files() == before


def test_back_again(tmp_path: Path) -> None:
    """A move back leaves no id of its own place and no alias of its own address."""
    desk = a_desk(tmp_path)
    before = desk.files()
    desk.move(VI, "2008/04/moi")
    assert desk.move("2008/04/moi.vi.md", "2008/03/hop") == 0
    assert desk.faults() == []
    assert "Id:" not in desk.text(VI)
    assert (
        "Aliases: /vi/2008/04/moi/\n    /2008/04/moi/B%E1%BA%A3ng%20m%E1%BB%A9c.csv\n"
        "    /2008/04/moi/anh.png\nImage:"
    ) in desk.text(VI)
    assert desk.files().keys() == before.keys()


@pytest.mark.parametrize(
    ("how", "stem"),
    [
        ({"to": "2009/05/moi"}, "2009/05/moi"),
        ({"to": "2009/05/moi.vi.md"}, "2009/05/moi"),
        ({"to": "2009/05/"}, "2009/05/hop"),
        ({"name": "moi"}, "2008/03/moi"),
        ({"folder": "2009/05"}, "2009/05/hop"),
        ({"name": "moi", "folder": "2009/05/"}, "2009/05/moi"),
    ],
)
def test_where_to_is_said_in_several_ways(tmp_path: Path, how: dict[str, str], stem: str) -> None:
    """A path with or without its language, a folder, a name."""
    desk = a_desk(tmp_path)
    assert desk.move(EN, **how) == 0
    assert {f"{stem}.vi.md", f"{stem}.en.md", f"{stem}/anh.png"} <= desk.files().keys()
    assert desk.faults() == []


def test_a_slug_keeps_its_address(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Within a month, an edition that has one needs no alias."""
    desk = a_desk(tmp_path)
    desk.move(VI, name="moi")
    assert "Aliases" not in desk.text("2008/03/moi.en.md")
    assert "/en/2008/03/conference/ stays" in capsys.readouterr().out


def test_a_draft_leaves_no_trace(tmp_path: Path) -> None:
    """What nobody has seen has no old address; its working name is not told to the world."""
    desk = Desk(tmp_path)
    desk.new("Tên mật")
    assert desk.move("2009/06/ten-mat.vi.md", name="cong-khai") == 0
    text = desk.text("2009/06/cong-khai.vi.md")
    assert "ten-mat" not in text
    assert "Aliases" not in text


@pytest.mark.parametrize(
    ("path", "how", "said"),
    [
        (VI, {}, "Say where to"),
        (VI, {"to": "2008/04/x", "name": "y"}, "Say where to"),
        (VI, {"to": "2008/03/khac"}, "There is another notice"),
        (VI, {"to": "2008/03/hop"}, "is there already"),
        (VI, {"to": "2008/13/hop"}, "Write it like “2008/03/hop”"),
        (VI, {"to": "2008/04/Họp báo"}, "Write it like “2008/04/hop-bao”"),
        (VI, {"to": "../2008/04/x"}, "not a path in the content folder"),
        (VI, {"to": "/tmp/x"}, "not a path in the content folder"),
        (VI, {"name": "../x"}, "--slug"),
        (VI, {"folder": "2008"}, "Write it like “2008/03”"),
        ("2008/03/co.vi.md", {"name": "x"}, "There is no notice"),
        ("pages/ve.vi.md", {"name": "x"}, "standing page"),
    ],
)
def test_what_cannot_be_moved_stays(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], path: str, how: dict[str, str], said: str
) -> None:
    """Every file is as it was."""
    desk = a_desk(tmp_path)
    before = desk.files()
    assert desk.move(path, **how) == 1
    assert said in capsys.readouterr().err
    assert desk.files() == before


@pytest.mark.parametrize("target", ["2008/03/hop/ra.txt", "2008/04", "2008/03/hop"])
def test_links_of_the_file_system_are_not_followed(tmp_path: Path, target: str) -> None:
    """Neither among what is moved, nor on the way to the new place."""
    desk = a_desk(tmp_path)
    outside = tmp_path / "outside"
    outside.mkdir()
    link = desk.folder / target
    if target == "2008/03/hop":
        link.rename(tmp_path / "away")
    link.symlink_to(outside)
    before = desk.files()
    assert desk.move(VI, "2008/04/moi") == 1
    assert desk.files() == before
    assert [*outside.iterdir()] == []


def test_a_link_that_cannot_be_mended_stops_the_move(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What would lead nowhere is told with its line, and nothing is moved."""
    desk = a_desk(tmp_path)
    desk.put("2008/03/la.vi.md", "Title: Lạ\nDate: 2008-03-21 16:44\n\n<a\nhref=hop.vi.md>a</a>\n")
    assert desk.faults() == []
    before = desk.files()
    assert desk.move(VI, "2008/04/moi") == 1
    assert (
        "2008/03/la.vi.md:5: body: There is no notice 2008/03/hop.vi.md." in capsys.readouterr().err
    )
    assert desk.files() == before


def test_git_need_not_be_told(tmp_path: Path) -> None:
    """In a repository, git sees a file that was renamed."""
    desk = a_desk(tmp_path)

    def git(*words: str) -> str:
        who = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "core.quotePath=off"]
        command = ["git", *who, *words]
        done = subprocess.run(command, cwd=desk.folder, check=True, capture_output=True, text=True)
        return done.stdout

    git("init")
    git("add", ".")
    git("commit", "-m", "a")
    desk.move(VI, "2008/04/moi")
    git("add", "--all")
    renamed = [line for line in git("status", "--porcelain").splitlines() if line[0] == "R"]
    assert {line.split(" -> ")[1].strip('"') for line in renamed} >= {"2008/04/moi/anh.png"}
