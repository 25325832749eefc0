"""What a webmaster sees who builds faulty content by the real command."""

import re
import shutil
from pathlib import Path

from tests.cases.test_cases import read_case
from tests.conftest import Build
from tests.reading.content import NOTICE, write

FAULTY = {
    "2008/03/a.vi.md": NOTICE.replace("2008-03-21", "2008-02-30") + "\n[Tệp](khong-co.pdf)\n",
    "2008/03/b.vi.md": b"\xff",
    "2008/03/b.en.md": NOTICE.replace("Title", "Titel"),
    "2009/13/c.vi.md": NOTICE,
    "taxonomy.toml": '[tags.thue]\nlabel = { vi = "Thuế" }\n',
}
FAULTS = [
    "2008/03/a.vi.md:2: Date: “2008-02-30” is not a day of the calendar. This month has no such"
    " day: its last is 2008-02-29.",
    "2008/03/b.en.md:1: Titel: This key is not known. Write “Title”.",
    "2008/03/b.vi.md:1: file: The byte 0xFF is not UTF-8. Save the file as UTF-8; if it came from"
    " an old system, convert it from its old encoding.",
    "2009/13/c.vi.md:1: file: A notice stands in the folder of its month, a page in “pages”."
    " Move it to a folder like “2008/03/c.vi.md”.",
    'taxonomy.toml:1: thue: There is no label for the language “en”. Add “en = "…"” to its label.',
    "5 faults. Nothing was built; the output folder is as it was.",
]


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file below a folder, hidden ones too: its bytes and when they were written."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_faults_of_all_files_stop_the_build(build: Build, tmp_path: Path) -> None:
    """All faults of all files are printed, sorted; the exit code is 1; no output is touched.

    Once mended, the content gives the same site again.
    """
    content = write(tmp_path / "content", {"2008/03/a.vi.md": NOTICE})
    out, cache = tmp_path / "out", tmp_path / "cache"
    build(content, out, cache)
    before = snapshot(out)
    assert "vi/2008/03/a/index.html" in before

    write(content, FAULTY)
    done = build(content, out, cache, check=False)

    assert done.returncode == 1
    lines = done.stderr.splitlines()
    assert [line for line in lines if line in FAULTS] == FAULTS, done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert snapshot(out) == before

    shutil.rmtree(content)
    build(write(content, {"2008/03/a.vi.md": NOTICE}), out, cache)
    assert snapshot(out) == before


def test_content_without_a_problem_is_built_without_a_word(build: Build, tmp_path: Path) -> None:
    """What is sound by the cases is built by the command, and only the summary is said."""
    files, problems = read_case("good")
    assert problems == []
    out = tmp_path / "out"
    done = build(write(tmp_path / "content", files), out, tmp_path / "cache")
    assert "advice" not in done.stdout + done.stderr
    assert re.fullmatch(r"5 sources, .* in .* s \(.*\)\.\n", done.stdout), done.stdout
    assert (out / "2008/03/hoi-nghi/R&D.txt").read_text(encoding="utf-8") == "Nghiên cứu.\n"
    html = (out / "vi/2008/03/hoi-nghi-tham-van/index.html").read_text(encoding="utf-8")
    assert "/2008/03/hoi-nghi/R%26D.txt" in html
