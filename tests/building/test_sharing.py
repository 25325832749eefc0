"""Two processes share a build that follows another: what each makes is what one would make."""

import os
from collections.abc import Iterator
from multiprocessing import active_children, get_context
from pathlib import Path

import pytest

from plugins.building import rendering
from plugins.building.placing import Place
from plugins.building.workers import Shared
from plugins.model.inventory import INVENTORY, Inventory, is_mark
from plugins.model.problem import Faults
from tests.building import bundling, parting
from tests.building.running import (
    FEW_STAGES,
    PLUGINS,
    WITHOUT_SEARCH,
    Trial,
    build_here,
    difference,
    times,
)

NOTICE = "2008/09/thong-bao-4.vi.md"
TRIAL = "tests.building.staging"


def a_trial(folder: Path, plugins: list[str], **settings: object) -> Trial:
    """A site that was built by two processes, and a notice that was edited since."""
    trial = Trial(folder, PLUGINS=plugins, WORKERS=2, **settings)
    trial.build()
    trial.content.sources[NOTICE].header["Title"] = "Tên khác"
    return trial


@pytest.mark.parametrize("most", [0, 3, 1000])
def test_little_and_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    """Whether what changed of a stage is made by who planned it, or by others: it is the same."""
    trial = a_trial(tmp_path, WITHOUT_SEARCH)
    monkeypatch.setattr(rendering, "LITTLE", most)
    trial.build()
    assert difference(trial.tree(), trial.clean()) == []


def test_both_make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands last in `PLUGINS` is made by another process, if that is the first to take it."""
    trial = a_trial(tmp_path, [*FEW_STAGES, "tests.building.parting"], PARTS=["an", "bình"])
    wait_for_the_other(monkeypatch)
    parting.made.clear()
    trial.settings["PARTS"] = ["an", "chính"]
    trial.build()
    assert parting.made == []
    assert difference(trial.tree(), trial.clean()) == []


def wait_for_the_other(monkeypatch: pytest.MonkeyPatch, number: int = 1) -> None:
    """Let this process take no stage but the first before the other one has taken some."""
    here, taken = os.getpid(), get_context("fork").Event()
    first, last = Shared.from_first, Shared.from_last

    def from_first(shared: Shared[rendering.Planner]) -> Iterator[rendering.Planner]:
        for stage in first(shared):
            yield stage
            assert taken.wait(timeout=60)

    def from_last(shared: Shared[rendering.Planner]) -> Iterator[rendering.Planner]:
        for place, stage in enumerate(last(shared), start=1):
            if place == number and os.getpid() != here:
                taken.set()
            yield stage

    monkeypatch.setattr(Shared, "from_first", from_first)
    monkeypatch.setattr(Shared, "from_last", from_last)


def test_files_of_two_stages_are_lost(tmp_path: Path) -> None:
    """They are made again, though their keys are what they were."""
    trial = a_trial(tmp_path, WITHOUT_SEARCH)
    (trial.out / "robots.txt").unlink()
    (trial.out / "en" / "events" / "feed.xml").unlink()
    trial.build()
    assert difference(trial.tree(), trial.clean()) == []


def test_the_last_stage_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A failure over there is told as ever, and what stands in place stays."""
    trial = a_trial(tmp_path, [*PLUGINS, TRIAL])
    before = trial.tree()
    wait_for_the_other(monkeypatch)
    trial.settings["TRIAL"] = "raise"
    with pytest.raises(RuntimeError, match=r"trial/30\.txt cannot be rendered"):
        trial.build()
    assert trial.untouched(before) == []
    assert active_children() == []


@pytest.mark.parametrize("number", [1, 2, 4])
def test_the_other_process_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """Where the system kills the other process, what it took is done by this one."""
    trial = a_trial(tmp_path, WITHOUT_SEARCH)
    wait_for_the_other(monkeypatch, number)
    here, last = os.getpid(), Shared.from_last

    def die_elsewhere(shared: Shared[rendering.Planner]) -> Iterator[rendering.Planner]:
        for place, stage in enumerate(last(shared), start=1):
            if place == number and os.getpid() != here:
                os.kill(os.getpid(), 9)
            yield stage

    monkeypatch.setattr(Shared, "from_last", die_elsewhere)
    trial.build()
    assert difference(trial.tree(), trial.clean()) == []
    assert active_children() == []


@pytest.mark.parametrize("workers", [1, 2])
def test_a_clash_is_told_first(tmp_path: Path, workers: int) -> None:
    """Whatever else fails, and whoever does it."""
    trial = a_trial(tmp_path, [*PLUGINS, TRIAL])
    trial.settings |= {"TRIAL": "raise", "WORKERS": workers}
    trial.content.sources[NOTICE].header["Aliases"] = "/vi/tags/"
    with pytest.raises(Faults) as faults:
        trial.build()
    assert "want vi/tags/index.html" in str(faults.value.problems[0])


def test_all_clashes_are_told(tmp_path: Path) -> None:
    """Paths that two stages want, of one process or of both, and a file where a folder must be: all
    are told at once, by the first build and by the next.
    """
    trial = a_trial(tmp_path, WITHOUT_SEARCH)
    aliases = {
        "2008/09/thong-bao-4.vi.md": "/vi/tags/",
        "2007/07/thong-bao-6.vi.md": "/vi/feed.xml",
        "2008/06/thong-bao-1.vi.md": "/index.html/cu.html",
    }
    for source, alias in aliases.items():
        trial.content.sources[source].header["Aliases"] = alias
    found = []
    for cache in (trial.cache, tmp_path / "new"):
        with pytest.raises(Faults) as faults:
            build_here(trial.content.write(trial.source), trial.out, cache, **trial.settings)
        found.append({str(problem) for problem in faults.value.problems})
    assert found[0] == found[1]
    told = ["want vi/tags/index.html", "want vi/feed.xml", "stands where the site has a folder"]
    for words in told:
        assert any(words in problem for problem in found[0]), (words, found[0])


@pytest.mark.parametrize("workers", [1, 2])
def test_a_bundle_comes_back(tmp_path: Path, workers: int) -> None:
    """What took its place meanwhile clashes with it, as it would in a new site."""
    files = {"x.txt": "an"}
    plugins = [*FEW_STAGES, "tests.building.bundling"]
    trial = Trial(tmp_path, PLUGINS=plugins, WORKERS=workers, BUNDLE=files)
    steps = [{}, {"BUNDLE": {}}, {"BESIDE": [f"{bundling.FOLDER}x.txt"]}]
    for number, step in enumerate(steps):
        trial.settings |= step
        trial.content.sources[NOTICE].text += f" {number}"
        trial.build()
    trial.settings["BUNDLE"] = files
    trial.content.sources[NOTICE].text += " Cuối."
    with pytest.raises(Faults):
        trial.build()


def test_marks_of_another_version(tmp_path: Path) -> None:
    """What lasts under other code has a mark as all others: it is made again, once, if it had one
    of another kind.
    """
    trial = Trial(tmp_path, PLUGINS=WITHOUT_SEARCH)
    trial.build()
    place = Place(trial.out)
    inventory, before = place.inventory(), times(trial.out)
    old = {path: mark[:-8] for path, mark in inventory.files.items()}
    (trial.out / INVENTORY).write_bytes(Inventory(inventory.whole, old).encoded)
    trial.settings["SITEURL"] = "https://khac.example"
    trial.build()
    assert all(map(is_mark, place.inventory().files.values()))
    after = times(trial.out)
    assert [path for path in before if after[path] == before[path]] != []
    assert difference(trial.tree(), trial.clean()) == []
