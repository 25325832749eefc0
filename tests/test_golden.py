"""A few whole files of the output of `tests/site`, byte for byte as in `tests/golden`; only the
marks by which a page knows a changed file of the theme are left out.

What is meant to change is accepted with `ACCEPT=1 pytest tests/test_golden.py`: that writes the
files anew, and fails once, so that nobody forgets to read `git diff tests/golden` before a commit.
"""

import os
import re
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parent / "golden"

MARK = re.compile(rb"(?<=\w)\?[0-9a-f]{8}(?=\")")

FILES = [
    "en/2026/05/information-security-training/index.html",  # a translation, facts inherited
    "en/events/index.html",  # a listing, with what comes
    "en/events/feed.atom",
    "en/tag/open-data/calendar.ics",  # a postponed event, and one of several days
    "sitemap/en-2026.xml",
    "vi/2026/01/hoi-dap-ke-khai-thue/index.html",  # footnotes, a table, changes, a correction
    "vi/tag/thue/feed.json",
    "vi/tag/thue/feed.xml",
]


@pytest.mark.parametrize("path", FILES)
def test_output_is_as_it_was(site: Path, path: str) -> None:
    """No byte of these files changes without being seen."""
    built, golden = MARK.sub(b"?", (site / path).read_bytes()), GOLDEN / path
    if os.environ.get("ACCEPT") and (not golden.is_file() or golden.read_bytes() != built):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_bytes(built)
        pytest.fail(f"{path} was accepted. Read `git diff tests/golden`, then run again.")
    assert golden.is_file(), "Accept it first: ACCEPT=1 pytest tests/test_golden.py"
    assert built.decode().splitlines() == golden.read_bytes().decode().splitlines()
    assert built == golden.read_bytes()


def test_nothing_else_is_golden() -> None:
    """A file that is compared with nothing says nothing."""
    kept = {file.relative_to(GOLDEN).as_posix() for file in GOLDEN.rglob("*") if file.is_file()}
    assert kept == set(FILES)
