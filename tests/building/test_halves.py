"""Two processes share a build that follows another: what each makes is what one would make."""

import os
from pathlib import Path

import pytest

from plugins.building import rendering
from tests.building import parting
from tests.building.running import FEW_STAGES, PLUGINS, WITHOUT_SEARCH, Trial, difference

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
    """Whether both halves make what changed, one of them, or neither: the site is the same."""
    trial = a_trial(tmp_path, WITHOUT_SEARCH)
    monkeypatch.setattr(rendering, "LITTLE", most)
    trial.build()
    assert difference(trial.tree(), trial.clean()) == []


def test_the_second_half_is_made_elsewhere(tmp_path: Path) -> None:
    """What stands in the second half of `PLUGINS` is made by another process."""
    trial = a_trial(tmp_path, [*FEW_STAGES, "tests.building.parting"], PARTS=["an", "bình"])
    parting.made.clear()
    trial.settings["PARTS"] = ["an", "chính"]
    trial.build()
    assert parting.made == []
    assert difference(trial.tree(), trial.clean()) == []


def test_a_file_of_the_second_half_is_lost(tmp_path: Path) -> None:
    """It is made again, though its key is what it was."""
    trial = a_trial(tmp_path, WITHOUT_SEARCH)
    (trial.out / "robots.txt").unlink()
    (trial.out / "en" / "events" / "feed.xml").unlink()
    trial.build()
    assert difference(trial.tree(), trial.clean()) == []


def test_the_second_half_fails(tmp_path: Path) -> None:
    """A failure there is told as ever, and what stands in place stays."""
    trial = a_trial(tmp_path, [*PLUGINS, TRIAL])
    before = trial.tree()
    trial.settings["TRIAL"] = "raise"
    with pytest.raises(RuntimeError, match=r"trial/30\.txt cannot be rendered"):
        trial.build()
    assert trial.untouched(before) == []


def test_the_second_half_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system kills the other process, all is done by this one."""
    trial = a_trial(tmp_path, WITHOUT_SEARCH)
    here, half = os.getpid(), rendering._half

    def die_elsewhere(*arguments: object) -> rendering.Half:
        if os.getpid() != here:
            os.kill(os.getpid(), 9)
        return half(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(rendering, "_half", die_elsewhere)
    trial.build()
    assert difference(trial.tree(), trial.clean()) == []
