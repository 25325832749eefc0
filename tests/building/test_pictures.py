"""Copies of pictures are made once: only another picture makes them again."""

import time
from pathlib import Path
from typing import Any

import pytest

from plugins.model.problem import Faults
from plugins.outputs.pictures import copying
from tests.building.contents import Content, a_notice, a_photo, an_archive
from tests.building.running import Trial, difference, times

STEM = "2009/05/le-hoi"
SHOWN, LEAD, LINKED = (f"{STEM}/{name}" for name in ("trong-bai.png", "dau-trang.webp", "quet.jpg"))
COPIES = {
    f"{SHOWN}.320.webp",
    f"{SHOWN}.400.webp",
    f"{LEAD}.320.webp",
    f"{LEAD}.400.jpg",
}


def with_pictures() -> Content:
    """An archive with a notice that shows two pictures and links one."""
    content = an_archive()
    content.files |= {
        SHOWN: a_photo(1, "PNG"),
        LEAD: a_photo(2, "WEBP"),
        LINKED: a_photo(3, "JPEG"),
    }
    notice = a_notice(Title="Lễ hội", Date="2009-05-02 08:00", Image=LEAD, Image_alt="Lễ hội")
    notice.links = [SHOWN, LINKED]
    content.sources[f"{STEM}.vi.md"] = notice
    return content


def copies(trial: Trial) -> dict[str, int]:
    """When each copy was written."""
    return {path: at for path, at in times(trial.out).items() if path in COPIES}


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The widths of the copies that are made from now on."""
    found = []

    def counting(make: Any) -> Any:
        def count(data: bytes, size: tuple[int, int]) -> bytes:
            found.append(size[0])
            return make(data, size)

        return count

    monkeypatch.setattr(copying, "webp", counting(copying.webp))
    monkeypatch.setattr(copying, "jpeg", counting(copying.jpeg))
    return found


def test_copies_are_made_once(tmp_path: Path, made: list[int]) -> None:
    """An edit of the notice, another site's address, days that go by: no copy is made again."""
    trial = Trial(tmp_path, with_pictures())
    trial.build()
    assert sorted(made) == [160, 320, 320, 400, 400]  # the archive has one of its own
    before = copies(trial)
    assert before.keys() == COPIES
    made.clear()
    trial.content.sources[f"{STEM}.vi.md"].text += "\n\nĐoạn cuối."
    trial.build()
    for settings in ({"SITEURL": "https://khac.example"}, {"AS_OF": "2009-09-01T00:00:00+07:00"}):
        trial.settings |= settings
        trial.build()
        trial.build()
        assert (made, copies(trial)) == ([], before)
    assert difference(trial.tree(), trial.clean()) == []


def test_another_picture_is_copied(tmp_path: Path, made: list[int]) -> None:
    """Its copies are made again, those of the others are not."""
    trial = Trial(tmp_path, with_pictures())
    trial.build()
    made.clear()
    before = copies(trial)
    trial.content.files[SHOWN] = a_photo(4, "PNG")
    trial.build()
    assert sorted(made) == [320, 400]
    assert {path for path, at in copies(trial).items() if at != before[path]} == {
        f"{SHOWN}.320.webp",
        f"{SHOWN}.400.webp",
    }
    assert difference(trial.tree(), trial.clean()) == []


def test_a_copy_that_was_deleted_comes_back(tmp_path: Path, made: list[int]) -> None:
    """Also when everything else is made anew."""
    trial = Trial(tmp_path, with_pictures())
    trial.build()
    (trial.out / f"{SHOWN}.320.webp").unlink()
    made.clear()
    trial.settings["SITEURL"] = "https://khac.example"
    trial.build()
    assert made == [320]
    assert copies(trial).keys() == COPIES


def test_a_picture_that_is_shown_no_more(tmp_path: Path) -> None:
    """Its copies go with it."""
    trial = Trial(tmp_path, with_pictures())
    trial.build()
    trial.content.sources[f"{STEM}.vi.md"].links.remove(SHOWN)
    trial.build()
    assert copies(trial).keys() == {f"{LEAD}.320.webp", f"{LEAD}.400.jpg"}
    assert not (trial.out / SHOWN).exists()


def test_an_output_folder_that_another_ledger_built(tmp_path: Path, made: list[int]) -> None:
    """What another ledger built in between is not trusted."""
    trial, other = Trial(tmp_path, with_pictures()), Trial(tmp_path, with_pictures())
    other.cache = tmp_path / "other"
    trial.build()
    other.content.files[SHOWN] = a_photo(5, "PNG")
    other.build()
    trial.content.write(trial.source)
    trial.build()
    assert difference(trial.tree(), trial.clean()) == []


@pytest.mark.parametrize("workers", [1, 2])
def test_workers_make_the_same_copies(tmp_path: Path, workers: int) -> None:
    """Whoever makes a copy, its bytes are the same."""
    trial = Trial(tmp_path, with_pictures(), WORKERS=workers)
    trial.build()
    found = trial.tree()
    data = trial.content.files[SHOWN]
    assert found[f"{SHOWN}.320.webp"] == copying.webp(data, (320, 240))


def test_a_file_cannot_take_the_name_of_a_copy(tmp_path: Path) -> None:
    """It is a fault, before anything is written."""
    trial = Trial(tmp_path, with_pictures())
    trial.build()
    before = trial.tree()
    trial.content.files[f"{SHOWN}.320.webp"] = a_photo(1, "WEBP")
    trial.content.sources[f"{STEM}.vi.md"].links.append(f"{SHOWN}.320.webp")
    with pytest.raises(Faults, match="1 faults"):
        trial.build()
    assert trial.untouched(before) == []


def test_a_broken_picture_is_looked_through_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also while it is a fault: the next build does not open what did not change."""
    trial = Trial(tmp_path, with_pictures())
    trial.content.files[SHOWN] = b"no picture"
    trial.content.write(trial.source)
    time.sleep(0.05)  # until its time says that it was not written just now
    with pytest.raises(Faults):
        trial.build_as_it_is()
    monkeypatch.setattr(
        "plugins.building.gathering.measure", lambda *_: pytest.fail("it was opened again")
    )
    with pytest.raises(Faults):
        trial.build()
