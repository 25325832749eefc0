"""The verbs that write on the command line, as a webmaster types them."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.reading.content import NOTICE, write

COMMAND = [sys.executable, "-m", "invoke", "--search-root", str(ROOT)]

CONF = f"""from runpy import run_path

globals().update(run_path({str(ROOT / "pelicanconf.py")!r}))
THEME = {str(ROOT / "theme")!r}
"""
"""The settings of the site in another folder, with its own content, output and cache."""


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A folder to type in, with a content folder that holds one notice."""
    (tmp_path / "pelicanconf.py").write_text(CONF, encoding="utf-8")
    write(tmp_path / "content", {"2008/03/hop.vi.md": NOTICE})
    return tmp_path


def inv(office: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """A verb, where nobody sits at a terminal."""
    return subprocess.run(
        [*COMMAND, *words],
        cwd=office,
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
    ("words", "said"),
    [
        (("new",), "There is no title."),
        (("new", "x", "--speak", "fr"), "The verbs speak en, vi."),
        (("new", "x", "--content", "/nowhere"), "There is no folder /nowhere."),
        (("correct", "2008/03/hop", "--minor", "--major"), "not both"),
    ],
)
def test_what_is_wrong_is_told(office: Path, words: tuple[str, ...], said: str) -> None:
    """In one line, and the exit code is not 0."""
    done = inv(office, *words)
    assert done.returncode in (1, 2)
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_on_a_terminal_it_asks(office: Path) -> None:
    """What lacks, even though its output goes elsewhere, as in `edit $(inv new)`."""
    mine, its = pty.openpty()
    with subprocess.Popen(
        [*COMMAND, "new"], cwd=office, stdin=its, stderr=its, stdout=subprocess.PIPE, text=True
    ) as process:
        os.close(its)
        os.write(mine, "Họp báo\n\n\nMột câu.\n".encode())
        assert process.stdout
        printed = process.stdout.read()
    os.close(mine)
    assert printed.endswith("/hop-bao.vi.md\n")
    assert "Summary: Một câu.\n" in (office / printed.strip()).read_text(encoding="utf-8")
