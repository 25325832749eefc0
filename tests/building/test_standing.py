"""Files of parts: those that stay are taken over from the file in place, if it was built so."""

import shutil
from pathlib import Path

import pytest

from tests.building import parting
from tests.building.running import FEW_STAGES, Trial, difference

STAGES = [name for name in FEW_STAGES if name.endswith((".generator", ".assets", ".hosting"))]
FIRST = ["a", "b", "c"]
SECOND = ["b", "d", "a"]
LINES = "part b\npart d\npart a\n"


@pytest.fixture
def trial(tmp_path: Path) -> Trial:
    """A site that was built with the first parts."""
    trial = Trial(tmp_path, PLUGINS=[*STAGES, "tests.building.parting"], PARTS=FIRST)
    trial.build()
    return trial


def change(trial: Trial, **settings: object) -> None:
    """Other settings, and content that is not what it was, so that there is something to build."""
    parting.made.clear()
    trial.settings |= settings
    trial.content.sources["2008/09/thong-bao-4.vi.md"].text += " Thêm."
    trial.build()


def again(trial: Trial, **settings: object) -> list[str]:
    """Build with the second parts: those that were made."""
    change(trial, PARTS=SECOND, **settings)
    made = list(parting.made)
    assert (trial.out / parting.FILE).read_text(encoding="utf-8") == LINES
    assert difference(trial.tree(), trial.clean()) == []
    return made


def test_parts_that_stay_are_taken_over(trial: Trial) -> None:
    """Only what is new is made; parts that went are gone, in whatever order the others stand."""
    assert again(trial) == ["d"]


def test_twice(trial: Trial) -> None:
    """What was put together of both is taken over in its turn."""
    again(trial)
    change(trial, PARTS=[*SECOND, "e"])
    assert parting.made == ["e"]


def test_changed_by_hand(trial: Trial) -> None:
    """A file that somebody else has written is not believed."""
    (trial.out / parting.FILE).write_text("part a\npart x\npart c\n", encoding="utf-8")
    assert again(trial) == SECOND


def test_deleted(trial: Trial) -> None:
    """Nothing is taken over from a file that is not there."""
    (trial.out / parting.FILE).unlink()
    assert again(trial) == SECOND


def test_no_ledger(trial: Trial) -> None:
    """Without the ledger nobody knows of what parts a file is."""
    shutil.rmtree(trial.cache)
    assert again(trial) == SECOND


def test_other_settings(trial: Trial) -> None:
    """Under another address of the site nothing is as it was."""
    assert again(trial, SITEURL="https://another.example") == SECOND
