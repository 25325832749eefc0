"""Tests of `plugins/previewing/watching.py`: what was saved is told, once."""

from collections.abc import Iterator
from pathlib import Path
from queue import Queue
from threading import Event, Thread

import pytest

from plugins.previewing.watching import follow


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Queue[list[str]]]:
    """What is told of a folder in which files whose names begin with a dot are nobody's."""
    (tmp_path / "2008/03").mkdir(parents=True)
    heard: Queue[list[str]] = Queue()
    stop = Event()
    (tmp_path / "conf.py").write_bytes(b"")
    followed = {tmp_path: heard.put, tmp_path / "conf.py": heard.put}
    given = (followed, lambda name: name.startswith("."), stop)
    thread = Thread(target=follow, args=given)
    thread.start()
    while heard.empty():
        (tmp_path / "first.md").write_text("until it listens", encoding="utf-8")
    yield heard
    stop.set()
    thread.join()


def test_saves_are_told(tmp_path: Path, told: Queue[list[str]]) -> None:
    """By their path below the folder, those of editors' own files not."""
    (tmp_path / "2008/03/.hop.vi.md.swp").write_bytes(b"")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git/index.md").write_bytes(b"")
    (tmp_path / "2008/03/hop.vi.md").write_bytes(b"")
    while "2008/03/hop.vi.md" not in (saved := told.get(timeout=20)):
        assert not any("/." in f"/{path}" for path in saved)
    assert not any("/." in f"/{path}" for path in saved)


def test_a_file_is_followed(tmp_path: Path, told: Queue[list[str]]) -> None:
    """Such as the settings: it is told as the place itself."""
    (tmp_path / "conf.py").write_bytes(b"changed")
    while told.get(timeout=20) != ["."]:
        pass
