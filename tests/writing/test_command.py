"""The verbs that write on the command line, as a webmaster types them."""

import json
import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.reading.content import NOTICE, write

COMMAND = [sys.executable, "-m", "invoke"]

CONF = f"""from runpy import run_path

globals().update(run_path({str(ROOT / "pelicanconf.py")!r}))
THEME = {str(ROOT / "theme")!r}
"""
"""The settings of the site in another folder, with its own content, output and cache."""


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A folder to type in, with a content folder that holds one notice."""
    shutil.copy(ROOT / "tasks.py", tmp_path)
    (tmp_path / "pelicanconf.py").write_text(CONF, encoding="utf-8")
    write(tmp_path / "content", {"2008/03/hop.vi.md": NOTICE})
    return tmp_path


def inv(office: Path, *words: str, below: str = ".") -> subprocess.CompletedProcess[str]:
    """A verb, where nobody sits at a terminal; typed in a folder below the office."""
    return subprocess.run(
        [*COMMAND, *words],
        cwd=office / below,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        timeout=60,
    )


def test_a_notice_is_made_and_translated(office: Path) -> None:
    """What is printed can be handed on; words beside it are Vietnamese, if she wants them so."""
    made = inv(office, "new", "Hội nghị: “Đối thoại”", "--date", "2026-11-22 09:00")
    assert made.stdout == "content/2026/11/hoi-nghi-doi-thoai.vi.md\n", made.stderr
    path = made.stdout.strip()
    translated = inv(office, "translate", path, "--to", "en", "--lang", "vi")
    assert translated.stdout == "content/2026/11/hoi-nghi-doi-thoai.en.md\n"
    assert "Trong tệp này, hãy dịch Title và nội dung." in translated.stderr


def test_a_notice_is_corrected_moved_and_withdrawn(office: Path) -> None:
    """Options can be repeated, and stand before or after the path; a second path may lack."""
    path = "content/2008/03/hop.vi.md"
    for words in (
        ("correct", "--minor", path, "--note", "sai tên"),
        ("move", path, "2008/04/moi"),
        ("move", "2008/04/moi", "--slug", "khac"),
        ("withdraw", "2008/04/khac", "--reason", "sai", "--reason=en=late"),
    ):
        done = inv(office, *words)
        assert done.returncode == 0, done.stderr
    text = (office / "content/2008/04/khac.vi.md").read_text(encoding="utf-8")
    for line in ("Status: withdrawn", " minor: sai tên", " withdrawn: sai", "Id: 2008/03/hop"):
        assert line in text


@pytest.mark.parametrize(
    ("words", "said", "code"),
    [
        (("new",), "There is no title.", 1),
        (("new", "x", "--speak", "fr"), "The verbs speak en, vi.", 2),
        (("new", "x", "--content", "/nowhere"), "There is no folder /nowhere.", 2),
        (("correct", "2008/03/hop", "--minor", "--major"), "not both", 1),
        (("build", "--content", "/nowhere"), "There is no folder /nowhere.", 2),
        (("serve", "--port", "80x"), "“80x” is not a port. Write a number from 1024", 2),
        (("serve", "--port", "99999"), "“99999” is not a port.", 2),
    ],
)
def test_what_is_wrong_is_told(office: Path, words: tuple[str, ...], said: str, code: int) -> None:
    """In one line; the exit code says whether the words were understood."""
    done = inv(office, *words)
    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_quotes_can_be_forgotten(office: Path) -> None:
    """All words are the title, names of verbs and dashes between them, too."""
    made = inv(office, "new", "Họp", "check", "-", "báo", "--", "mới", below="content")
    assert made.stdout == "2026/11/hop-check-bao-moi.vi.md\n".replace("2026/11", made.stdout[:7]), (
        made.stderr
    )


def test_verbs_can_be_typed_in_any_folder(office: Path) -> None:
    """Content and settings are those of the folder of `tasks.py`; paths are as they are typed."""
    listed = inv(office, "check", "hop.vi.md", "--format", "json", below="content/2008/03")
    assert {one["path"] for one in json.loads(listed.stdout)} == {"2008/03/hop.vi.md"}
    moved = inv(office, "move", "hop.vi.md", "--slug", "khac", below="content/2008/03")
    assert moved.returncode == 0, moved.stderr
    assert (office / "content/2008/03/khac.vi.md").exists()
    wrong = inv(office, "check", "--content", "content", below="content")
    assert "There is no folder content." in wrong.stderr


@pytest.mark.parametrize("verb", ["build", "check", "due"])
@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("LATEST = = 3", "pelicanconf.py:5: The settings cannot be read here: “LATEST = = 3”"),
        ("LATEST = Noen", "(name 'Noen' is not defined)"),
    ],
)
def test_settings_that_cannot_be_read(office: Path, verb: str, line: str, said: str) -> None:
    """The file and the line are told, and nobody sees how the code came there."""
    (office / "pelicanconf.py").write_text(f"{CONF}{line}\n", encoding="utf-8")
    done = inv(office, verb)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_on_a_terminal_it_asks(office: Path) -> None:
    """What lacks, even though its output goes elsewhere, as in `edit $(inv new)`."""
    mine, its = pty.openpty()
    with subprocess.Popen(
        [*COMMAND, "new"],
        cwd=office,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=its,
        stderr=its,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        os.close(its)
        os.write(mine, "Họp báo\n\n\nMột câu.\n".encode())
        assert process.stdout
        printed = process.stdout.read()
    os.close(mine)
    assert printed.endswith("/hop-bao.vi.md\n")
    assert "Summary: Một câu.\n" in (office / printed.strip()).read_text(encoding="utf-8")
