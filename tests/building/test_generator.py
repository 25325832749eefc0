"""Pelican's door: its command builds the archive, with the plugins that are named and no others."""

import shutil
import time
from errno import EDQUOT, EFBIG, ENOSPC
from pathlib import Path
from sqlite3 import OperationalError

import pelican
import pytest
from rich.text import Text

from plugins.building.generator import WithoutIdleCounts
from plugins.building.ledger import is_full
from tests.building.contents import an_archive
from tests.building.running import (
    PLUGINS,
    ROOT,
    Trial,
    arguments,
    build,
    difference,
    run,
    start,
    tree,
)

NOTICE = "2008/09/thong-bao-4.vi.md"
STAGES = [name for name in PLUGINS if ".outputs." in name]
TRIAL = "tests.building.staging"


def test_loaded_plugins(tmp_path: Path) -> None:
    """The plugins that Pelican loads are exactly those of PLUGINS, in this order; one that cannot
    be imported is only logged by Pelican.
    """
    given = [*arguments(*Trial(tmp_path).folders), "-s", str(ROOT / "pelicanconf.py")]
    instance, settings = pelican.get_instance(pelican.parse_arguments(given))
    assert [plugin.__name__ for plugin in instance.plugins] == PLUGINS
    assert settings["PLUGINS"] == PLUGINS
    assert PLUGINS[0] == "plugins.building.generator"
    assert PLUGINS[1:] == STAGES


def test_pelican_itself_writes_nothing(tmp_path: Path) -> None:
    """Pelican's own pages, feeds and lists stay idle: without a stage there is no file."""
    trial = Trial(tmp_path, PLUGINS=PLUGINS[:1])
    trial.run()
    assert [path for path, data in trial.tree().items() if data is not None] == [
        ".archive/inventory"
    ]


@pytest.mark.parametrize("stage", STAGES)
def test_stage_left_out(tmp_path: Path, stage: str) -> None:
    """A stage that is left out of PLUGINS leaves no trace: what it built before is removed, and the
    others build what they would if it had never been there.
    """
    trial = Trial(tmp_path)
    trial.run()
    whole = trial.tree()
    few = [name for name in PLUGINS if name != stage]
    trial.run(PLUGINS=few)
    build(trial.source, tmp_path / "clean", tmp_path / "clean-cache", PLUGINS=few)
    assert difference(trial.tree(), tree(tmp_path / "clean")) == []
    assert whole.keys() - trial.tree().keys()
    trial.run()
    assert trial.untouched(whole) == []


def test_stage_of_somebody_else(tmp_path: Path) -> None:
    """A stage that is not one of ours is built as soon as PLUGINS names it, and is gone as soon as
    it does not, with no other change.
    """
    trial = Trial(tmp_path)
    trial.run()
    before = trial.tree()
    trial.run(PLUGINS=[*PLUGINS, TRIAL])
    assert (trial.out / "trial/59.txt").read_text(encoding="utf-8") == "59\n"
    trial.run()
    assert trial.untouched(before) == []


def test_no_feeds(tmp_path: Path) -> None:
    """Without the stage of feeds there is no feed, and no page leads to one; the rules for hosts
    stay as they are.
    """
    trial = Trial(tmp_path, PLUGINS=[name for name in PLUGINS if not name.endswith(".feeds")])
    trial.run()
    telling = [
        path
        for path, data in trial.tree().items()
        if path not in ("_headers", "nginx.conf")
        if "feed.xml" in path or b"feed.xml" in (data or b"") or b"rss+xml" in (data or b"")
    ]
    assert telling == []


def test_order_of_stages(tmp_path: Path) -> None:
    """The order of the stages in PLUGINS changes no byte of the site."""
    trial = Trial(tmp_path)
    trial.run()
    before = trial.tree()
    trial.run(PLUGINS=[PLUGINS[0], *reversed(STAGES)])
    assert [path for path in trial.untouched(before) if "inventory" not in path] == []


def test_only_idle_counts_are_hidden() -> None:
    """Of Pelican's lines one is hidden, that which counts nothing but what is idle here."""
    idle, busy = (
        Text(
            f"Done: Processed {number}, 0 drafts, 0 hidden articles, 0 pages, 0 hidden pages and"
            " 0 draft pages in 0.02 seconds."
        )
        for number in ("0 articles", "1 article")
    )
    given = [Text("30 sources"), idle, busy]
    assert WithoutIdleCounts().process_renderables(given) == [given[0], busy]


def test_command_twice(tmp_path: Path) -> None:
    """The command gives the same bytes in every folder, on the real content too."""
    for name in ("one", "two"):
        build(ROOT / "content", tmp_path / name, tmp_path / f"{name}-cache")
    assert difference(tree(tmp_path / "one"), tree(tmp_path / "two")) == []
    assert len(tree(tmp_path / "one")) > 100


def test_raising_renderer(tmp_path: Path) -> None:
    """Where a renderer fails, the build ends with an error that names the file, and the output is
    as it was; repaired, the next build is whole.
    """
    trial = Trial(tmp_path)
    trial.run()
    before = trial.tree()
    trial.content.sources[NOTICE].header["Title"] = "Tên khác"
    for workers in (1, 2):
        done = run(*trial.folders, PLUGINS=[*PLUGINS, TRIAL], TRIAL="raise", WORKERS=workers)
        assert done.returncode != 0
        assert "trial/30.txt" in done.stdout + done.stderr
        assert "the renderer of this trial raises" in done.stdout + done.stderr
        assert trial.untouched(before) == []
    trial.run()
    assert difference(trial.tree(), trial.clean()) == []


def test_dying_worker(tmp_path: Path) -> None:
    """Where the system kills a worker, as it does when memory is short, the build ends with an
    error, and the output is as it was.
    """
    trial = Trial(tmp_path)
    trial.run()
    before = trial.tree()
    trial.content.sources[NOTICE].header["Title"] = "Tên khác"
    done = run(*trial.folders, PLUGINS=[*PLUGINS, TRIAL], TRIAL="die", WORKERS=2)
    assert done.returncode == 1
    assert trial.untouched(before) == []
    trial.run()
    assert difference(trial.tree(), trial.clean()) == []


def test_second_build_waits(tmp_path: Path) -> None:
    """A build that finds another one under way says so and waits; then both end well."""
    trial = Trial(tmp_path)
    trial.run()
    trial.content.sources[NOTICE].header["Title"] = "Tên khác"
    go = tmp_path / "go"
    settings = {"PLUGINS": [*PLUGINS, TRIAL], "TRIAL": str(go)}
    with start(*trial.folders, **settings) as first:
        while not list(trial.out.glob(".archive/aside.*")) and first.poll() is None:
            time.sleep(0.02)
        with start(*trial.folders, **settings) as second:
            said = second.stdout.readline() if second.stdout else ""
            go.touch()
            ended = [process.communicate(timeout=60) for process in (first, second)]
    assert "Another build is running" in said, ended
    assert (first.returncode, second.returncode) == (0, 0), ended
    build(trial.source, tmp_path / "clean", tmp_path / "clean-cache", **settings)
    assert difference(trial.tree(), tree(tmp_path / "clean")) == []


def test_builds_at_once(tmp_path: Path) -> None:
    """Builds that are started at once all end well, and the output is that of a clean build."""
    trial = Trial(tmp_path)
    started = [start(*trial.folders) for _ in range(4)]
    ended = [(*process.communicate(timeout=60), process.returncode) for process in started]
    assert [said for *said, code in ended if code != 0] == []
    assert difference(trial.tree(), trial.clean()) == []


def test_two_caches_at_once(tmp_path: Path) -> None:
    """Builds that share an output folder wait for each other, too, if their caches differ, as
    those of `pelicanconf.py` and `publishconf.py` do.
    """
    trial = Trial(tmp_path, an_archive(60))
    trial.run()
    trial.content.tagline = "Khác"
    source, out, _ = trial.folders
    started = [start(source, out, tmp_path / f"cache-{number}") for number in range(3)]
    ended = [(*process.communicate(timeout=60), process.returncode) for process in started]
    assert [said for *said, code in ended if code != 0] == []
    assert difference(trial.tree(), trial.clean()) == []


def test_content_is_only_read(tmp_path: Path) -> None:
    """A build changes nothing in the content folder, in the theme, or beside them."""
    trial = Trial(tmp_path)
    source, out, cache = trial.folders
    theme = Path(shutil.copytree(ROOT / "theme", tmp_path / "theme"))
    before = tree(source), tree(theme)
    build(source, out, cache, THEME=str(theme))
    assert (tree(source), tree(theme)) == before
    assert {path.name for path in tmp_path.iterdir()} == {"content", "output", "cache", "theme"}


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (OSError(ENOSPC, "No space left on device"), True),
        (OSError(EDQUOT, "Disk quota exceeded"), True),
        (OperationalError("database or disk is full"), True),
        (OSError(EFBIG, "File too large"), False),  # a limit of the shell's: it names the file
        (OperationalError("database is locked"), False),
    ],
)
def test_a_full_disk_is_known(error: Exception, expected: bool) -> None:
    """It is told in words, and the ledger is not deleted for it."""
    assert is_full(error) is expected
