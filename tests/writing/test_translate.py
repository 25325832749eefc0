"""Tests of `inv translate`: the words to translate, and what they were made from, for as long as
the original says the same.
"""

import io
import subprocess
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.building.contents import Content, a_notice, a_picture
from tests.building.running import FEW_STAGES, build_here, difference, tree
from tests.writing.desks import Desk

VI, EN = "2008/03/hop.vi.md", "2008/03/hop.en.md"
ORIGINAL = """\ufeffTitle: Hội nghị\r
Date: 2008-03-21 16:44\r
Kind: event\r
Tags: dich-vu-cong\r
Summary: Một câu\r
  dài\r
Slug: hoi-nghi\r
Starts: 2008-03-20 08:00\r
Venue: Hà Nội\r
Changes: 2008-03-22 10:00 minor: sửa lỗi\r
Image: hop/anh.png\r
Image_alt: Ảnh\r
\r
Xem [khác](khac.vi.md), [riêng](rieng.vi.md) và ![ảnh](hop/anh.png).\r
"""
TRANSLATION = """Title: Hội nghị
Summary: Một câu
    dài
Status: draft
Venue: Hà Nội
Image_alt: Ảnh
Translation_of: {digest}

Xem [khác](khac.en.md), [riêng](rieng.vi.md) và ![ảnh](hop/anh.png).
"""


def a_desk(folder: Path) -> Desk:
    """An original that links a notice in two languages, and one in one."""
    content = Content(
        {
            "2008/03/khac.vi.md": a_notice(Title="Khác"),
            "2008/03/khac.en.md": a_notice(Title="Other"),
            "2008/03/rieng.vi.md": a_notice(Title="Riêng"),
        }
    )
    desk = Desk(folder, content)
    desk.put(VI, ORIGINAL)
    desk.put("2008/03/hop/anh.png", a_picture())
    return desk


def mark(desk: Desk) -> str:
    """What the translation says that it was made from."""
    return desk.text(EN).split("Translation_of: ")[1].split("\n")[0]


def test_it_holds_what_is_to_be_translated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The words and the text, links to what there is in its language; no fact."""
    desk = a_desk(tmp_path)
    before = desk.files()
    assert desk.translate(VI, "en") == 0
    assert desk.text(EN) == TRANSLATION.format(digest=mark(desk))
    assert capsys.readouterr().out == f"{desk.folder}/{EN}\n"
    assert desk.files().items() >= before.items()
    assert desk.faults() == []


def test_the_language_may_be_left_out(tmp_path: Path) -> None:
    """Where there is but one other; any edition names the notice."""
    desk = a_desk(tmp_path)
    assert desk.translate("2008/03/hop") == 0
    assert desk.translate(EN) == 0


@pytest.mark.parametrize(
    ("path", "to", "said"),
    [
        (VI, "vi", "is the original"),
        (VI, "fr", "one of en"),
        ("2008/03/ho.vi.md", "en", "/2008/03/hop?"),
        ("/etc/passwd", "en", "not a path in the content folder"),
        ("../content/2008/03/hop.vi.md", "en", "not a path in the content folder"),
        ("pages/gioi-thieu.vi.md", "en", "standing page"),
        ("", "en", "not a path in the content folder"),
    ],
)
def test_what_cannot_be_translated_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], path: str, to: str, said: str
) -> None:
    """Nothing is written."""
    desk = a_desk(tmp_path)
    before = desk.files()
    assert desk.translate(path, to) == 1
    assert said in capsys.readouterr().err
    assert desk.files() == before


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (b"Title: a\nDate: 2008-03-21 16:44\n\n\xff\n", "is not UTF-8"),
        ("Title: a\nDate: 1/2/2008\n\nb\n", "can be read in two ways"),
        (f"{ORIGINAL}<<<<<<< HEAD\n", "merge conflict"),
        (
            "Title: a\nDate: 2008-03-21 16:44\n\n[x](y.vi.md)\n",
            "hop.vi.md:4: body: There is no notice",
        ),
    ],
)
def test_a_fault_of_the_original_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], bad: str | bytes, said: str
) -> None:
    """Nothing is made of it."""
    desk = a_desk(tmp_path)
    desk.put(VI, bad)
    assert desk.translate(VI, "en") == 1
    assert said in capsys.readouterr().err
    assert EN not in desk.files()


def test_a_translation_is_renewed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """When the original has changed; only the line that says so, and what it says is new."""
    desk = a_desk(tmp_path)
    desk.translate(VI, "en")
    desk.put(EN, desk.text(EN).replace("Status: draft\n", "").replace("\n", "\r\n"))
    old, text = mark(desk), desk.text(EN)
    assert desk.translate(VI, "en") == 0
    assert "is up to date" in capsys.readouterr().err
    assert desk.text(EN) == text
    desk.put(VI, ORIGINAL.replace("khác", "một"))
    assert desk.translate(VI, "en", done=True) == 0
    assert "is not known" in capsys.readouterr().err
    assert mark(desk) != old
    assert desk.text(EN) == text.replace(old.strip(), mark(desk).strip())


def test_git_knows_what_has_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The words, line by line, since those that the translation was made from."""
    desk = a_desk(tmp_path)
    desk.translate(VI, "en")

    def git(*words: str) -> None:
        who = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *who, *words], cwd=desk.folder, check=True, capture_output=True)

    git("init")
    for text in (ORIGINAL, ORIGINAL.replace("Một câu", "Hai câu"), f"{ORIGINAL}Thêm.\n"):
        desk.put(VI, text)
        git("add", ".")
        git("commit", "-m", "a")
    desk.put(VI, ORIGINAL.replace("Hà Nội", "Huế"))
    capsys.readouterr()
    assert desk.translate(VI, "en") == 1
    said = capsys.readouterr().err
    assert "  -Venue: Hà Nội\n  +Venue: Huế\n" in said
    assert "Thêm" not in said


def test_where_nobody_can_be_asked_it_must_be_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A translation that is behind is not marked as up to date unasked."""
    desk = a_desk(tmp_path)
    desk.translate(VI, "en")
    desk.put(VI, ORIGINAL.replace("khác", "một"))
    before = desk.files()
    assert desk.translate(VI, "en") == 1
    assert "--done" in capsys.readouterr().err
    assert desk.files() == before


@pytest.mark.parametrize(("answer", "code"), [("y\n", 0), ("n\n", 1), ("\n", 1), ("", 1)])
def test_on_a_terminal_she_says_that_it_was_brought_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str, code: int
) -> None:
    """Otherwise it stays behind."""
    desk = a_desk(tmp_path)
    desk.translate(VI, "en")
    old = mark(desk)
    desk.put(VI, ORIGINAL.replace("khác", "một"))
    monkeypatch.setattr("sys.stdin", io.StringIO(answer))
    assert desk.translate(VI, "en", asks=True) == code
    assert (mark(desk) == old) is bool(code)


def is_told(out: Path) -> bool:
    """Whether the page of the translation says that the original has changed."""
    page = BeautifulSoup((out / "en/2008/03/hop/index.html").read_bytes(), "lxml")
    return "The original has changed since this translation was made." in page.get_text()


def test_readers_are_told_that_the_original_has_changed(tmp_path: Path) -> None:
    """As soon as its words have, and until the translation follows; each time, an incremental
    build gives what a clean one gives.
    """
    desk = a_desk(tmp_path)
    desk.translate(VI, "en")
    desk.put(EN, desk.text(EN).replace("Status: draft\n", ""))
    settings = {"AS_OF": "2008-04-01T00:00:00+07:00", "PLUGINS": FEW_STAGES}
    out = tmp_path / "out"

    def told_by_builds(number: int) -> bool:
        build_here(desk.folder, out, tmp_path / "cache-of-builds", **settings)
        clean = tmp_path / f"clean-{number}"
        build_here(desk.folder, clean / "out", clean / "cache", **settings)
        assert difference(tree(out), tree(clean / "out")) == []
        return is_told(out)

    assert not told_by_builds(0)
    desk.put(VI, ORIGINAL.replace("Tags: dich-vu-cong\r\n", ""))
    assert not told_by_builds(1)
    desk.put(VI, ORIGINAL.replace("Hà Nội", "Huế"))
    assert told_by_builds(2)
    desk.translate(VI, "en", done=True)
    assert not told_by_builds(3)
