"""The same content, settings and instant give the same bytes, wherever and however (law 1)."""

import shutil
from pathlib import Path

import pytest

from tests.building.contents import an_archive
from tests.building.running import ROOT, Tree, build, build_here, difference, tree

NOTICES = 70
"""Enough that reading and building are spread over processes."""


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    """What one process gives, within this one."""
    folder = tmp_path_factory.mktemp("expected")
    content = an_archive(NOTICES).write(folder / "content")
    build_here(content, folder / "output", folder / "cache")
    return tree(folder / "output")


@pytest.mark.parametrize("workers", [1, 2, 3, None])
def test_workers(tmp_path: Path, expected: Tree, workers: int | None) -> None:
    """The number of workers changes no byte; nor do there come files of a worker on its own."""
    content = an_archive(NOTICES).write(tmp_path / "content")
    build(content, tmp_path / "output", tmp_path / "cache", WORKERS=workers)
    assert difference(tree(tmp_path / "output"), expected) == []


@pytest.mark.parametrize(
    "variables",
    [
        {"PYTHONHASHSEED": "0"},
        {"PYTHONHASHSEED": "1"},
        {"TZ": "UTC"},
        {"TZ": "Asia/Tokyo"},
        {"TZ": "America/St_Johns"},  # half an hour, and summer time
        {"LC_ALL": "C"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},  # no UTF-8 at all
        {"LC_ALL": "C.UTF-8", "LANGUAGE": "fr:de"},
        {"PYTHONOPTIMIZE": "2"},
        {"COLUMNS": "20", "NO_COLOR": "1", "TERM": "dumb"},
    ],
    ids=lambda variables: " ".join(f"{name}={value}" for name, value in variables.items()),
)
def test_environment(tmp_path: Path, expected: Tree, variables: dict[str, str]) -> None:
    """Hash seed, time zone, locale and terminal change no byte."""
    content = an_archive(NOTICES).write(tmp_path / "content")
    build(content, tmp_path / "output", tmp_path / "cache", variables=variables, WORKERS=2)
    assert difference(tree(tmp_path / "output"), expected) == []


def test_another_checkout(tmp_path: Path, expected: Tree) -> None:
    """A checkout at another path, with a content folder whose files were made in another order,
    gives the same bytes; none of them holds a path of this machine.
    """
    root = tmp_path / "checkout of somebody"
    for name in ("plugins", "theme"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "pelicanconf.py", root)
    content = root / "content"
    for path, data in reversed(an_archive(NOTICES).as_files().items()):
        (content / path).parent.mkdir(parents=True, exist_ok=True)
        (content / path).write_bytes(data)
    build(content, root / "output", root / "cache", root=root)
    found = tree(root / "output")
    assert difference(found, expected) == []
    paths = (str(ROOT).encode(), str(tmp_path).encode())
    assert [
        name for name, data in found.items() if any(path in (data or b"") for path in paths)
    ] == []


def test_another_moment(tmp_path: Path, expected: Tree) -> None:
    """Sources with other times on disk, and a clock that has gone on, change no byte."""
    content = an_archive(NOTICES).write(tmp_path / "content")
    for path in content.rglob("*"):
        path.touch()
    build_here(content, tmp_path / "output", tmp_path / "cache")
    assert difference(tree(tmp_path / "output"), expected) == []


def test_instants_that_are_the_same(tmp_path: Path, expected: Tree) -> None:
    """The same instant with another offset, or without one in the site's zone, changes no byte."""
    content = an_archive(NOTICES).write(tmp_path / "content")
    for number, instant in enumerate(("2009-05-31T17:00:00Z", "2009-06-01T00:00:00", "2009-06-01")):
        out = tmp_path / f"output-{number}"
        build_here(content, out, tmp_path / "cache", AS_OF=instant)
        assert difference(tree(out), expected) == []
