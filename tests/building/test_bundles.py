"""Bundles: folders whose files are known only when they are made keep every promise of files."""

import shutil
from pathlib import Path

import pytest

from plugins.building.placing import Place
from plugins.model.problem import Faults
from tests.building import bundling
from tests.building.running import FEW_STAGES, Trial, difference, times
from tests.building.test_interruption import die_at, killed

STAGES = [
    name for name in FEW_STAGES if name.endswith((".generator", ".assets", ".pages", ".hosting"))
]
FIRST = {"words/a.txt": "an", "words/b.txt": "bình", "entry.txt": "a b"}
SECOND = {"words/b.txt": "bình", "words/c.txt": "chính", "entry.txt": "b c"}


def a_trial(folder: Path, **settings: object) -> Trial:
    """A site with a bundle."""
    given = {"PLUGINS": [*STAGES, "tests.building.bundling"], "BUNDLE": FIRST}
    return Trial(folder, **given | settings)


def change(trial: Trial, **settings: object) -> None:
    """Other settings, and content that is not what it was, so that there is something to build."""
    trial.settings |= settings
    trial.content.sources["2008/09/thong-bao-4.vi.md"].text += " Thêm."


def bundle(trial: Trial) -> dict[str, str]:
    """The files of the bundle that are in place, by name."""
    folder = trial.out / bundling.FOLDER
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_bundle_is_placed(tmp_path: Path) -> None:
    """All files of a bundle are in place, and in the inventory, which names no folder."""
    trial = a_trial(tmp_path)
    trial.build()
    assert bundle(trial) == FIRST
    inventory = Place(trial.out).inventory().files
    assert {f"{bundling.FOLDER}{name}" for name in FIRST} <= inventory.keys()
    assert not any(path.endswith("/") for path in inventory)


def test_the_same_key(tmp_path: Path) -> None:
    """Under the same key a bundle is not made again, while other outputs are."""
    trial = a_trial(tmp_path)
    trial.build()
    before = times(trial.out)
    bundling.made.clear()
    change(trial, BESIDE=["trial/beside.txt"])
    trial.build()
    assert bundling.made == []
    after = times(trial.out)
    assert {path for path in after if after[path] != before.get(path)} == {
        "trial/beside.txt",
        ".archive/inventory",
    }


def test_another_key(tmp_path: Path) -> None:
    """Files that stay the same keep their time, new ones come, and those that went are removed."""
    trial = a_trial(tmp_path)
    trial.build()
    before = times(trial.out)
    change(trial, BUNDLE=SECOND)
    trial.build()
    assert bundle(trial) == SECOND
    same = f"{bundling.FOLDER}words/b.txt"
    assert times(trial.out)[same] == before[same]
    assert difference(trial.tree(), trial.clean()) == []


def test_beside_the_planning(tmp_path: Path) -> None:
    """With more workers than one, a bundle with another key is made by another process, before all
    is planned; the site is the same.
    """
    trial = a_trial(tmp_path, WORKERS=2, PLUGINS=["tests.building.bundling", *STAGES])
    trial.build()
    bundling.made.clear()
    change(trial, BUNDLE=SECOND)
    trial.build()
    assert bundling.made == []
    assert bundle(trial) == SECOND
    assert difference(trial.tree(), trial.clean()) == []


def test_no_bundle_any_more(tmp_path: Path) -> None:
    """A bundle that is no longer wanted goes, with its folder; wanted again, it is made again."""
    trial = a_trial(tmp_path)
    trial.build()
    change(trial, BUNDLE={})
    trial.build()
    assert not (trial.out / "trial").exists()
    change(trial, BUNDLE=FIRST)
    trial.build()
    assert bundle(trial) == FIRST


def test_a_missing_file(tmp_path: Path) -> None:
    """A bundle that lacks a file in place is made again."""
    trial = a_trial(tmp_path)
    trial.build()
    (trial.out / bundling.FOLDER / "words/a.txt").unlink()
    trial.build()
    assert bundle(trial) == FIRST


def test_no_ledger(tmp_path: Path) -> None:
    """Without the ledger a bundle is made again, and none of its files is written or lost."""
    trial = a_trial(tmp_path)
    trial.build()
    before = times(trial.out)
    shutil.rmtree(trial.cache)
    bundling.made.clear()
    trial.build()
    assert bundling.made == [bundling.FOLDER]
    assert times(trial.out) == before


@pytest.mark.parametrize(
    "path",
    [
        "trial/bundle",  # a file where the bundle's folder is
        "trial/bundle/words/d.txt",
        "trial/bundle/words",
    ],
)
def test_files_in_a_bundle(tmp_path: Path, path: str) -> None:
    """Another output in the place of a bundle is a fault that names it."""
    trial = a_trial(tmp_path, BESIDE=[path])
    with pytest.raises(Faults) as faults:
        trial.build()
    assert path in {problem.path for problem in faults.value.problems}
    assert not (trial.out / "trial").exists()


def test_told_of_each_file(tmp_path: Path) -> None:
    """Plugins that work on finished files are told of each file of a bundle, what leads to the
    others last; never of the folder.
    """
    record = tmp_path / "record"
    trial = a_trial(tmp_path, RECORD=str(record))
    trial.run(PLUGINS=[*STAGES, "tests.building.bundling", "tests.building.recording"])
    lines = record.read_text(encoding="utf-8").splitlines()
    told = [line.rpartition(" ")[0] for line in lines if bundling.FOLDER in line]
    assert told == [str(trial.out / bundling.FOLDER / name) for name in FIRST]


def test_kills(tmp_path: Path) -> None:
    """Killed at any change of the disk, a build leaves the old bundle, or the next completes the
    new one.
    """
    trial = a_trial(tmp_path)
    trial.build()
    kept = tmp_path / "kept"
    shutil.copytree(trial.out, kept / "out")
    shutil.copytree(trial.cache, kept / "cache", symlinks=True)
    change(trial, BUNDLE=SECOND)
    expected = trial.clean()
    number, died = 0, True
    while died:
        number += 1

        def work(number: int = number) -> None:
            die_at(number)
            trial.build()

        died = killed(work)
        trial.build()
        assert difference(trial.tree(), expected) == []
        for name, folder in (("out", trial.out), ("cache", trial.cache)):
            shutil.rmtree(folder)
            shutil.copytree(kept / name, folder, symlinks=True)
    assert number > len(SECOND)
