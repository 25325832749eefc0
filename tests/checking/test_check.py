"""Tests of the verb `check`: what it reads, says, mends, and how it ends."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from plugins.building.report import Report
from plugins.calling import call
from plugins.checking.check import check
from plugins.checking.findings import findings
from plugins.speaking import speech
from tests.building.contents import Content, Source, a_notice, a_translation, an_archive
from tests.building.running import ROOT, Trial, build_here, tree
from tests.checking.archives import a_conf
from tests.reading.content import NOTICE, write

Captured = pytest.CaptureFixture[str]

FAULTY = "2008/03/hop.vi.md"
FINE = {"Summary": "Tóm tắt."}


def an_untidy_archive() -> Content:
    """A fault, an advice that no build tells, and a fault of another file."""
    return Content(
        {
            FAULTY: a_notice("![](hop/anh.png)", Date="05/03/2026", Title="a" * 121),
            "2008/03/hop.en.md": a_translation(**FINE),
            "2008/04/tin.vi.md": a_notice("[x](khong-co.pdf)", Tags="khong-co", **FINE),
        },
        files={"2008/04/le.pdf": b"%PDF"},
        menu=[],
    )


def told(trial: Trial, capsys: Captured, *paths: str, **how: object) -> tuple[int, str, str]:
    """How the verb ends, what it prints, what it complains of."""
    place = trial.workplace
    given = [str(trial.source / path) for path in paths]
    code = check(place, speech(place.settings.speech), given, **how)  # type: ignore[arg-type]
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def test_faults_and_advice_are_told_together(tmp_path: Path, capsys: Captured) -> None:
    """A fault hides no advice; all is sorted, and the exit code is 1."""
    code, out, _ = told(Trial(tmp_path, an_untidy_archive()), capsys)
    *lines, counts = out.splitlines()
    assert code == 1
    assert lines == sorted(lines, key=lambda line: line.removeprefix("advice: "))
    assert counts == "3 faults, 4 pieces of advice."
    for part in (
        "two ways",
        "121 characters",
        "There is no file",
        "“khong-co”",
        "no description",
        "No notice links",
    ):
        assert sum(part in line for line in lines) == 1, part


def test_only_the_given_paths_count(tmp_path: Path, capsys: Captured) -> None:
    """The faults of others are counted aside; the code is that of the paths that are asked for."""
    trial = Trial(tmp_path, an_untidy_archive())
    code, out, err = told(trial, capsys, "2008/03/hop.en.md")
    assert (code, out) == (0, "0 faults, 0 pieces of advice.\n")
    assert err == "3 faults in other files stop the build, too.\n"
    code, out, _ = told(trial, capsys, "2008/04")
    assert code == 1
    assert {line.removeprefix("advice: ").partition(":")[0] for line in out.splitlines()[:-1]} == {
        "2008/04/tin.vi.md",
        "2008/04/le.pdf",
    }


def test_advice_alone_ends_well(tmp_path: Path, capsys: Captured) -> None:
    """With advice only the code is 0; with `strict` it is 1."""
    trial = Trial(tmp_path, Content({FAULTY: a_notice(), "2008/03/hop.en.md": a_translation()}))
    trial.content.menu = []
    assert told(trial, capsys)[:2] == (
        0,
        "".join(
            f"advice: 2008/03/hop.{language}.md:1: Summary: There is no summary; the first"
            " paragraph stands for it. Write “Summary: …” in the header: one or two sentences.\n"
            for language in ("en", "vi")
        )
        + "0 faults, 2 pieces of advice.\n",
    )
    assert told(trial, capsys, strict=True)[0] == 1


def test_json_is_all_that_is_printed(tmp_path: Path, capsys: Captured) -> None:
    """Programs read standard output: a list, and nothing else; words are of the language."""
    trial = Trial(tmp_path, an_untidy_archive(), SPEECH="vi")
    code, out, _ = told(trial, capsys, FAULTY, form="json")
    found = json.loads(out)
    assert code == 1
    assert found[-1]["path"] == FAULTY
    dates = [one for one in found if one["key"] == "Date"]
    assert dates == [
        {
            "path": FAULTY,
            "line": 2,
            "key": "Date",
            "level": "fault",
            "message": "“05/03/2026” có thể hiểu theo hai cách.",
            "remedy": "Hãy viết “2026-03-05 08:00” hoặc “2026-05-03 08:00”.",
        }
    ]


def test_what_is_told_does_not_depend_on_the_ledger(tmp_path: Path, capsys: Captured) -> None:
    """A ledger that is there, is none, or is gone: what is told is the same."""
    trial = Trial(tmp_path, an_archive(4))
    first = told(trial, capsys)
    assert told(trial, capsys) == first
    for file in trial.cache.glob("ledger.sqlite*"):
        file.write_bytes(b"nothing that SQLite knows" * 100)
    code, out, _ = told(trial, capsys)
    assert (code, out) == first[:2]


@pytest.mark.parametrize(
    ("paths", "how", "complaint"),
    [
        (["khong-co.md"], {}, "There is no file"),
        (["../.."], {}, "is not in the content folder"),
        ([], {"form": "xml"}, "There is no format “xml”. Write one of text, json, github."),
    ],
)
def test_what_is_not_understood(
    tmp_path: Path, capsys: Captured, paths: list[str], how: dict[str, str], complaint: str
) -> None:
    """A wrong path or format is told on standard error, and nothing is printed."""
    code, out, err = told(Trial(tmp_path), capsys, *paths, **how)
    assert (code, out) == (2, "")
    assert complaint in err


def called(folder: Path, content: Path, paths: Sequence[str] = (), **how: Any) -> int:
    """How the verb ends in a content folder."""
    return call(partial(check, paths=list(paths), **how), a_conf(folder), str(content))


HALF = {
    "2008/03/a.vi.md": NOTICE.encode()[:-3],
    "2008/03/b.vi.md": b"",
    "2008/03/c.vi.md": NOTICE.encode() + b"\0" * 512,
    "2008/03/d.vi.md": f"<<<<<<< HEAD\n{NOTICE}=======\n{NOTICE}>>>>>>> theirs\n".encode(),
    "2008/03/e.vi.md": b"Tit",
}


def test_each_bad_day_is_one_fault(tmp_path: Path, capsys: Captured) -> None:
    """A file that was saved by half, or holds a merge conflict, is one fault, and not ten."""
    content = write(tmp_path / "content", HALF)
    code = called(tmp_path, content, form="json")
    found = json.loads(capsys.readouterr().out)
    faults = [one["path"] for one in found if one["level"] == "fault"]
    assert (code, faults) == (1, sorted(HALF))


UNTIDY = "Titel: a\nDate: 21/03/2008 8h30\nSummary: b \nTags: khong-co\n\nĐoạn.\n"
TIDY = "Title: a\nDate: 2008-03-21 08:30\nSummary: b\nTags: khong-co\n\nĐoạn.\n"


def test_it_mends_and_says_so(tmp_path: Path, capsys: Captured) -> None:
    """What is mechanical is mended and told, and the rest as well; a second run does nothing."""
    content = write(tmp_path / "content", {FAULTY: UNTIDY, "2008/03/b.vi.md": "Title: b\n\nc \n"})
    (content / FAULTY).chmod(0o640)
    before = tree(content)
    given = [str(content / FAULTY)]
    assert called(tmp_path, content, given, mend=True) == 1
    printed = capsys.readouterr()
    assert printed.err.splitlines()[:3] == [
        f"mended: {FAULTY}:1: “Titel” is now “Title”.",
        f"mended: {FAULTY}:2: “21/03/2008 8h30” is now “2008-03-21 08:30”.",
        f"mended: {FAULTY}:3: White space at the end is gone.",
    ]
    assert [line.partition(" ")[0] for line in printed.out.splitlines()] == [
        "advice:",
        f"{FAULTY}:4:",
        "1",
    ]
    after = tree(content)
    assert after == before | {FAULTY: TIDY.encode()}
    assert (content / FAULTY).stat().st_mode & 0o777 == 0o640
    assert called(tmp_path, content, given, mend=True) == 1
    assert "mended" not in capsys.readouterr().err
    assert tree(content) == after


def test_what_cannot_be_read_is_not_mended(tmp_path: Path, capsys: Captured) -> None:
    """No conflict, no wrong bytes and no symbolic link is touched, nor what a link leads to."""
    other = tmp_path / "other.md"
    other.write_text(UNTIDY, encoding="utf-8")
    content = write(
        tmp_path / "content",
        {"2008/03/a.vi.md": b"\xff \n", "2008/03/b.vi.md": UNTIDY + "<<<<<<< HEAD\n"},
    )
    (content / "2008/03/c.vi.md").symlink_to(other)
    before = tree(content)
    called(tmp_path, content, mend=True)
    assert "mended" not in capsys.readouterr().err
    assert tree(content) == before
    assert other.read_text(encoding="utf-8") == UNTIDY


def test_the_command(tmp_path: Path) -> None:
    """`inv check` takes any number of paths between its flags; JSON is alone on standard output."""
    files = {f"2008/03/{name}.vi.md": NOTICE for name in "abc"}
    write(tmp_path / "content", files | {"2008/03/a.vi.md": UNTIDY})
    a_conf(tmp_path)
    command = [sys.executable, "-m", "invoke", "--search-root", str(ROOT), "check"]
    paths = ["content/2008/03/a.vi.md", str(tmp_path / "content/2008/03/b.vi.md")]
    done = subprocess.run(
        [*command, paths[0], "--format", "json", "--content=content", "-l", "vi", paths[1]],
        check=False,
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"LC_ALL": "C"},
    )
    assert done.returncode == 1, done.stderr
    found = json.loads(done.stdout)
    assert {one["path"] for one in found} == {"2008/03/a.vi.md", "2008/03/b.vi.md"}
    assert "Traceback" not in done.stderr


def test_every_address_of_a_site_is_known(tmp_path: Path) -> None:
    """Whatever page a build puts out can be linked by its address without a word of `check`."""
    trial = Trial(tmp_path, an_archive())
    trial.build()
    found = [f"/{path}" for path in trial.tree() if path.endswith(("/index.html", ".xml", ".ics"))]
    links = [path.removesuffix("index.html") for path in found]
    assert len(links) > 50
    listed = "\n\n".join(f"[{number}]({link})" for number, link in enumerate(links))
    page = Source({"Title": "Mọi địa chỉ", **FINE}, f"{listed}\n\n[x](/vi/khong-co/)")
    trial.content.sources["pages/moi.vi.md"] = page
    told = findings(trial.workplace, Report(Console(quiet=True)))
    dead = [str(problem.message) for problem in told if "leads nowhere" in str(problem.message)]
    assert dead == ["/vi/khong-co/ leads nowhere."]


def test_a_build_speaks_too(tmp_path: Path, capsys: Captured) -> None:
    """By the setting SPEECH a build tells its faults and its advice in that language."""
    trial = Trial(tmp_path, an_untidy_archive())
    with pytest.raises(Exception, match="faults"):
        build_here(*trial.folders, SPEECH="vi")
    err = capsys.readouterr().err
    assert "có thể hiểu theo hai cách" in err
    assert "3 lỗi. Chưa dựng gì; thư mục kết quả giữ nguyên như trước." in err
