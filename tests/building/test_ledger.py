"""The ledger: deleting, damaging or exchanging it costs time and nothing else."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from resource import RLIMIT_FSIZE, getrlimit, setrlimit

import pytest

from plugins.building.ledger import Ledger
from plugins.reading.library import Read, Told
from tests.building.contents import a_picture
from tests.building.running import Trial, counts, difference, run, times

NOTICE = "2008/09/thong-bao-4.vi.md"
FILE, BLOCK = "ledger.sqlite", 4096


def test_deleted_cache(tmp_path: Path) -> None:
    """Without its cache a build reads everything and writes nothing: bytes and times stay."""
    trial = Trial(tmp_path)
    trial.run()
    before, then = trial.tree(), times(trial.out)
    shutil.rmtree(trial.cache)
    numbers = counts(trial.run())
    assert (numbers["read"], numbers["files built"]) == (numbers["sources"], 0)
    assert trial.untouched(before) == []
    assert times(trial.out) == then


def test_deleted_cache_and_a_change(tmp_path: Path) -> None:
    """Without its cache a build removes, too, what nothing claims any more."""
    trial = Trial(tmp_path)
    trial.build()
    shutil.rmtree(trial.cache)
    for path in trial.content.editions("2007/07/thong-bao-6"):
        del trial.content.sources[path]
    trial.build()
    assert difference(trial.tree(), trial.clean()) == []


def nothing(path: Path) -> None:
    """An empty file."""
    path.write_bytes(b"")


def something_else(path: Path) -> None:
    """A file of another kind."""
    path.write_bytes(b"<!doctype html>" * 1000)


def half(path: Path) -> None:
    """A copy that was cut off."""
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])


def zeroes(path: Path) -> None:
    """Blocks that were never written: the first one is whole."""
    data = path.read_bytes()
    path.write_bytes(data[:BLOCK] + bytes(len(data) - BLOCK))


def bad_blocks(path: Path) -> None:
    """A disk that lost some blocks: those by which SQLite knows its tables are whole."""
    data = path.read_bytes()
    assert len(data) > 16 * BLOCK
    path.write_bytes(data[: 8 * BLOCK] + b"\xa5" * (len(data) - 8 * BLOCK))


def other_tables(path: Path) -> None:
    """A ledger of another version of the code."""
    path.unlink()
    with sqlite3.connect(path) as ledger:
        for table in ("digests", "told", "bodies", "attachments", "outputs"):
            ledger.execute(f"create table {table} (something text)")
    ledger.close()


def bad_value(path: Path) -> None:
    """A value that SQLite takes for whole: which keys outputs have cannot be read."""
    with sqlite3.connect(path) as ledger:
        ledger.execute("update outputs set keys = x'82' || substr(keys, 2)")
    ledger.close()


def no_text(path: Path) -> None:
    """A value with a byte that no text has."""
    with sqlite3.connect(path) as ledger:
        ledger.execute("update told set told = replace(told, x'746869', x'74ff69')")
    ledger.close()


@pytest.mark.parametrize(
    "damage",
    [nothing, something_else, half, zeroes, bad_blocks, other_tables, bad_value, no_text],
)
def test_damaged_ledger(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    """A build with a damaged ledger ends well, with the bytes of a clean one; so does the next."""
    trial = Trial(tmp_path)
    trial.build()
    with sqlite3.connect(trial.cache / FILE) as ledger:
        ledger.execute("pragma wal_checkpoint(truncate)")  # all of it in one file
    ledger.close()
    for file in trial.cache.glob(f"{FILE}-*"):
        file.unlink()
    damage(trial.cache / FILE)
    for title in ("Tên khác", "Tên khác nữa"):
        trial.content.sources[NOTICE].header |= {"Title": title, "Slug": f"ten-{len(title)}"}
        trial.build()
        assert difference(trial.tree(), trial.clean()) == []


def test_ledger_of_yesterday(tmp_path: Path) -> None:
    """A ledger that was put back from an older copy does not pass old pages off as new."""
    trial = Trial(tmp_path)
    trial.build()
    shutil.copytree(trial.cache, tmp_path / "yesterday")
    old = trial.content.sources[NOTICE].header["Title"]
    for title in ("Tên khác", old):
        trial.content.sources[NOTICE].header["Title"] = title
        trial.build()
        shutil.rmtree(trial.cache)
        shutil.copytree(tmp_path / "yesterday", trial.cache)
    trial.build()
    assert difference(trial.tree(), trial.clean()) == []


def test_two_caches_for_one_output(tmp_path: Path) -> None:
    """Two caches that build into one folder in turn do not mislead each other."""
    trial = Trial(tmp_path)
    caches = (tmp_path / "one", tmp_path / "two")
    for number, title in enumerate(("A", "B", "A", "A", "B", "B")):
        trial.content.sources[NOTICE].header["Title"] = f"Tên {title}"
        trial.cache = caches[number % 2]
        trial.build()
        assert difference(trial.tree(), trial.clean()) == []


def test_one_cache_for_two_outputs(tmp_path: Path) -> None:
    """One cache serves several output folders; each has the bytes of a clean build."""
    trial = Trial(tmp_path)
    outs = (tmp_path / "one", tmp_path / "two")
    for number, title in enumerate(("A", "B", "B", "A", "C")):
        trial.content.sources[NOTICE].header["Title"] = f"Tên {title}"
        trial.out = outs[number % 2]
        trial.build()
        assert difference(trial.tree(), trial.clean()) == []


def test_moved_output(tmp_path: Path) -> None:
    """An output folder that was moved is known again by what lies in it."""
    trial = Trial(tmp_path)
    trial.build()
    then = times(trial.out)
    trial.out = trial.out.rename(tmp_path / "moved")
    trial.build()
    assert difference(trial.tree(), trial.clean()) == []
    assert times(trial.out) == then


@pytest.mark.parametrize(
    "name",
    [
        "thư mục",  # letters beyond ASCII, and a space
        "100%",
        "%41",  # what an address would call A
        "a?b",
        "a#b",
        "'a\"",
    ],
)
def test_names_of_folders(tmp_path: Path, name: str) -> None:
    """The names of the folders are free."""
    trial = Trial(tmp_path / name)
    trial.build()
    trial.content.sources[NOTICE].text += "\n\nĐoạn cuối."
    trial.build()
    assert difference(trial.tree(), trial.clean()) == []


def test_what_is_remembered_is_what_was_told(tmp_path: Path) -> None:
    """What a stem told comes back from the ledger the same to its types: else a page would say
    one thing when it is built at once, and another when it is built later.
    """
    trial = Trial(tmp_path)
    header = trial.content.sources["2008/06/thong-bao-1.vi.md"].header
    header |= {
        "Ends": "2009-06-20 11:30",
        "Event_status": "scheduled",
        "Channels": "VTC2, VTCHD9",
        "Number": "64/2007/NĐ-CP",
        "Issued": "2007-04-10",
        "Replaces": "1, 2",
        "Changes": "\n2008-06-03 08:00 major: một\n2008-06-02 08:00 minor: hai",
    }
    told: dict[str, Told] = {}
    remember = Ledger.remember

    def watch(ledger: Ledger, read: Read, *, settled: bool) -> None:
        """Keep what was told, too."""
        told[read.group.stem] = read.told
        remember(ledger, read, settled=settled)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Ledger, "remember", watch)
        trial.build()
    ledger = Ledger(trial.cache)
    again = {stem: remembered.told for stem, remembered in ledger.told().items()}
    ledger.close()
    assert again == told
    assert repr(again["2008/06/thong-bao-1"]) == repr(told["2008/06/thong-bao-1"])


def test_cache_that_is_a_file(tmp_path: Path) -> None:
    """Where a file stands in the place of the cache's folder, the build ends and names it."""
    trial = Trial(tmp_path)
    trial.cache.write_text("", encoding="utf-8")
    done = run(*trial.folders)
    assert done.returncode != 0
    assert str(trial.cache) in done.stdout + done.stderr
    assert not trial.out.exists()


def test_output_that_is_a_file(tmp_path: Path) -> None:
    """Where a file stands in the place of the output folder, the build ends and names it."""
    trial = Trial(tmp_path)
    trial.out.write_text("", encoding="utf-8")
    done = run(*trial.folders)
    assert done.returncode != 0
    assert str(trial.out) in done.stdout + done.stderr
    assert trial.out.read_text(encoding="utf-8") == ""


def test_no_room(tmp_path: Path) -> None:
    """Where a file cannot be written whole, the build ends, names the file's path, and leaves the
    output as it was; with room again, the next build is whole.
    """
    trial = Trial(tmp_path)
    trial.run()
    before = trial.tree()
    path = "2007/07/thong-bao-6/anh.png"
    trial.content.files[path] = a_picture() + bytes(3_000_000)
    folders = trial.folders
    soft, hard = getrlimit(RLIMIT_FSIZE)
    setrlimit(RLIMIT_FSIZE, (2_000_000, hard))  # no file may grow larger, here and in children
    try:
        done = run(*folders)
    finally:
        setrlimit(RLIMIT_FSIZE, (soft, hard))
    assert done.returncode != 0
    assert path in done.stdout + done.stderr
    assert trial.untouched(before) == []
    trial.run()
    assert difference(trial.tree(), trial.clean()) == []


def test_ledger_holds_no_more_than_the_content(tmp_path: Path) -> None:
    """What is gone from the content is gone from the ledger."""
    trial = Trial(tmp_path)
    trial.build()
    for path in trial.content.editions("2007/07/thong-bao-6"):
        del trial.content.sources[path]
    trial.content.sources[NOTICE].text = "Viết lại."
    trial.build()
    with sqlite3.connect(trial.cache / FILE) as ledger:
        stems = {row[0] for row in ledger.execute("select stem from told")}
        bodies = [row[0] for row in ledger.execute("select html from bodies")]
        sizes = [row[0] for row in ledger.execute("select length(keys) from outputs")]
    ledger.close()
    with closing(Ledger(trial.cache)) as opened:
        outputs = opened.outputs(str(trial.out)).keys()
    assert "2007/07/thong-bao-6" not in stems
    assert min(sizes) > len("\x80")
    assert not [html for html in bodies if "số 6" in html or "số 4" in html]
    bundles = tuple(path for path in outputs if path.endswith("/"))
    files = {path for path in times(trial.out) if not path.startswith(bundles)}
    assert outputs - set(bundles) == files - {".archive/inventory"}
