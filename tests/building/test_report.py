"""What a webmaster is told: a bar on a terminal, plain lines elsewhere, one line at the end."""

import os
import pty
import re
import sys
from pathlib import Path
from subprocess import Popen

from tests.building.contents import an_archive
from tests.building.running import ROOT, Trial, arguments, difference

SUMMARY = re.compile(
    r"[\d,]+ sources, [\d,]+ read, [\d,]+ re-read; [\d,]+ files built, [\d,]+ unchanged,"
    r" [\d,]+ removed in \d+\.\d\d s \(.*\)\."
)


def test_plain_lines(tmp_path: Path) -> None:
    """Elsewhere than on a terminal there are plain lines: no bar, no colour, one summary."""
    trial = Trial(tmp_path, an_archive(60))
    said = trial.run()
    assert "\x1b" not in said
    assert "\r" not in said
    assert len([line for line in said.splitlines() if SUMMARY.fullmatch(line)]) == 1


def on_a_terminal(command: list[str]) -> tuple[int, str]:
    """Run a command on a terminal: how it ended, and all that the terminal was sent."""
    ours, its = pty.openpty()
    with Popen(
        command,
        cwd=ROOT,
        env=os.environ | {"TERM": "xterm-256color", "COLUMNS": "120"},
        stdin=its,
        stdout=its,
        stderr=its,
    ) as process:
        os.close(its)
        sent = b""
        while True:
            try:
                data = os.read(ours, 65536)
            except OSError:  # the other end was closed
                break
            if not data:
                break
            sent += data
    os.close(ours)
    return process.returncode, sent.decode(errors="replace")


def test_terminal(tmp_path: Path) -> None:
    """On a terminal there is a bar for reading and one for building, and the site is the same."""
    trial = Trial(tmp_path, an_archive(60))
    given = arguments(*trial.folders, WORKERS=2)
    code, sent = on_a_terminal([sys.executable, "-m", "pelican", *given, "-s", "pelicanconf.py"])
    assert code == 0, sent
    assert "Reading" in sent
    assert "Building" in sent
    assert SUMMARY.search(re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", sent))
    assert difference(trial.tree(), trial.clean()) == []


def test_faults_on_a_terminal(tmp_path: Path) -> None:
    """Faults stand on a terminal as they do elsewhere, one a line."""
    trial = Trial(tmp_path)
    trial.content.sources["2008/09/thong-bao-4.vi.md"].header["Tags"] = "khong-co"
    given = arguments(*trial.folders)
    code, sent = on_a_terminal([sys.executable, "-m", "pelican", *given, "-s", "pelicanconf.py"])
    assert code == 1
    assert "2008/09/thong-bao-4.vi.md:4: Tags: “khong-co” is not in taxonomy.toml." in sent
    assert "Traceback" not in sent
    assert not trial.out.exists()
