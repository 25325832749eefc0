"""Tests of `plugins/writing/saving.py`: whatever happens, each file is the old or the new one."""

import errno
import fcntl
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from plugins.writing import saving
from plugins.writing.saving import Changed, Obstructed, Occupied, Plan, save
from tests.building.running import tree

PLAN = Plan(
    edits={"a.md": "mới"},
    new={"x/y/b.md": "b"},
    copies={"x/y/c.bin": "c/c.bin"},
    gone=("c/c.bin", "d.md"),
)


def a_folder(folder: Path) -> Path:
    """A file to edit, one to copy, one to remove."""
    (folder / "c").mkdir()
    for name in ("a.md", "c/c.bin", "d.md"):
        (folder / name).write_text("cũ", encoding="utf-8")
    return folder


def before(folder: Path) -> dict[str, bytes]:
    """What is edited or removed, as it was read."""
    return {name: (folder / name).read_bytes() for name in ("a.md", "d.md")}


def test_a_plan_is_carried_out(tmp_path: Path) -> None:
    """Files are written and removed, with the folders that are empty then; modes stay."""
    folder = a_folder(tmp_path)
    (folder / "a.md").chmod(0o640)
    save(folder, PLAN, before(folder))
    assert tree(folder) == {
        "a.md": "mới".encode(),
        "x/": None,
        "x/y/": None,
        "x/y/b.md": b"b",
        "x/y/c.bin": "cũ".encode(),
    }
    assert stat.S_IMODE((folder / "a.md").stat().st_mode) == 0o640


@pytest.mark.parametrize("there", ["x/y/b.md", "x/y/c.bin"])
def test_what_is_new_overwrites_nothing(tmp_path: Path, there: str) -> None:
    """Nothing else is written either."""
    folder = a_folder(tmp_path)
    (folder / "x/y").mkdir(parents=True)
    (folder / there).write_bytes(b"x")
    was = tree(folder)
    with pytest.raises(Occupied):
        save(folder, PLAN, before(folder))
    assert tree(folder) == was


def test_an_edit_of_somebody_else_is_kept(tmp_path: Path) -> None:
    """What was saved in an editor after it was read is not overwritten."""
    folder = a_folder(tmp_path)
    read = before(folder)
    (folder / "a.md").write_bytes(b"x")
    was = tree(folder)
    with pytest.raises(Changed):
        save(folder, PLAN, read)
    assert tree(folder) == was


@pytest.mark.parametrize("path", ["../b.md", "/b.md", "x/../../b.md", "", "x//b.md", "out/b.md"])
def test_nothing_is_written_outside(tmp_path: Path, path: str) -> None:
    """Neither by a path, nor through a link."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "out").symlink_to(tmp_path)
    with pytest.raises(Obstructed):
        save(folder, Plan(new={path: "b"}), {})
    assert not (tmp_path / "b.md").exists()


@pytest.mark.parametrize("step", ["_write", "_put_new", "fsync", "replace"])
def test_a_full_disk_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """Wherever it is full: no half of a file, nothing that was left over, what was there is."""
    folder = a_folder(tmp_path)
    was = {path: data for path, data in tree(folder).items() if data}

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    target = {"fsync": os, "replace": Path}.get(step, saving)
    monkeypatch.setattr(target, step, full)
    with pytest.raises(OSError, match="No space"):
        save(folder, PLAN, before(folder))
    monkeypatch.undo()
    found = {path: data for path, data in tree(folder).items() if data}
    assert found.items() >= was.items()
    assert found.keys() <= {*was, "x/y/b.md", "x/y/c.bin"}
    assert {found.get("x/y/b.md"), found.get("x/y/c.bin")} <= {None, b"b", "cũ".encode()}


class Watched(dict[str, Any]):
    """A mapping that tells, whenever it is gone through, whether somebody else could save then."""

    folder: Path
    alone: list[bool]

    def items(self) -> Any:
        """As any mapping's."""
        self._look()
        return super().items()

    def __iter__(self) -> Iterator[str]:
        self._look()
        return super().__iter__()

    def _look(self) -> None:
        lock = os.open(self.folder, os.O_RDONLY)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self.alone.append(False)
        except BlockingIOError:
            self.alone.append(True)
        finally:
            os.close(lock)


def test_one_saves_after_the_other(tmp_path: Path) -> None:
    """Nobody else can save between the check of what was read and the last file that is put."""
    folder = a_folder(tmp_path)
    read, edits = Watched(before(folder)), Watched(PLAN.edits)
    for watched in (read, edits):
        watched.folder, watched.alone = folder, []
    save(folder, replace(PLAN, edits=edits), read)
    assert ({*read.alone}, {*edits.alone}) == ({True}, {True})
    fcntl.flock(lock := os.open(folder, os.O_RDONLY), fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.close(lock)
