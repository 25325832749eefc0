"""Files in the output folder: ours come and go, those of others stay, and no site is half."""

import os
from pathlib import Path

import pytest

from plugins.building.placing import Journal, Move, Place, State
from tests.building.contents import a_picture
from tests.building.running import Trial, difference, run, times, tree

NOTICE = "2008/09/thong-bao-4.vi.md"


def test_what_nothing_claims_is_removed(tmp_path: Path) -> None:
    """The files of a notice that is gone are removed, with the folders that are empty then."""
    trial = Trial(tmp_path)
    trial.build()
    for path in trial.content.editions("2007/07/thong-bao-6"):
        del trial.content.sources[path]
    trial.build()
    found = trial.tree()
    assert not [path for path in found if "2007/07" in path or path.startswith(("tin/", "cu/"))]
    assert difference(found, trial.clean()) == []


def test_files_of_others_stay(tmp_path: Path) -> None:
    """Files and folders that are not ours stay as they are, beside ours and below them."""
    trial = Trial(tmp_path)
    trial.out.mkdir()
    others = {
        "CNAME": b"archive.example.org\n",
        ".well-known/security.txt": b"Contact: mailto:thu@example.org\n",
        "vi/2007/07/thong-bao-6/ghi-chu.txt": b"in a folder that comes and goes\n",
    }
    for path, data in others.items():
        (trial.out / path).parent.mkdir(parents=True, exist_ok=True)
        (trial.out / path).write_bytes(data)
    (trial.out / "empty").mkdir()
    before = times(trial.out)
    trial.build()
    for path in trial.content.editions("2007/07/thong-bao-6"):
        del trial.content.sources[path]
    trial.build()
    assert {path: (trial.out / path).read_bytes() for path in others} == others
    assert {path: times(trial.out)[path] for path in others} == before
    assert (trial.out / "empty").is_dir()


def test_folders_ahead(tmp_path: Path) -> None:
    """Folders of what is to be moved are made ahead, and no other; what is in the way stays."""
    (tmp_path / "cu").write_text("đây là một tệp", encoding="utf-8")
    paths = ["vi/a/b/index.html", "vi/a/index.html", "index.html", "cu/a.html", "en/index.html"]
    moves = [Move(path, "aside", b"") for path in paths]
    moves.append(Move("vi/same/index.html", "", b""))
    Place(tmp_path).make_folders(Journal(tuple(moves), (), (), State(b"", b""), afresh=False))
    assert tree(tmp_path).keys() == {"cu", "en/", "vi/", "vi/a/", "vi/a/b/"}


def test_stranger_in_our_place(tmp_path: Path) -> None:
    """A file of somebody else that stands where an output belongs is replaced, and named."""
    trial = Trial(tmp_path)
    (trial.out / "vi").mkdir(parents=True)
    (trial.out / "vi/index.html").write_text("Trang của người khác", encoding="utf-8")
    said = trial.run()
    assert "vi/index.html" in said
    assert difference(trial.tree(), trial.clean()) == []


def test_our_own_place(tmp_path: Path) -> None:
    """A file of ours that is replaced is not named, nor one that has the right bytes already."""
    trial = Trial(tmp_path)
    trial.run()
    trial.content.sources[NOTICE].header["Title"] = "Tên khác"
    assert "vi/index.html" not in trial.run()
    (trial.out / ".archive/inventory").unlink()
    assert "vi/index.html" not in trial.run()


@pytest.mark.parametrize("built", [False, True], ids=["at first", "built before"])
@pytest.mark.parametrize(
    ("standing", "is_file"),
    [
        ("vi", True),  # a file where all of a language belongs
        ("theme", True),
        ("vi/tag/dich-vu-cong", True),
        ("robots.txt", False),  # a folder where a file belongs, with a file in it
        ("vi/index.html", False),
    ],
)
def test_stranger_in_the_way(tmp_path: Path, standing: str, is_file: bool, built: bool) -> None:
    """Somebody else's file where a folder belongs, or the other way round, is named; then the
    build is whole, or nothing of it was begun.
    """
    trial = Trial(tmp_path)
    if built:
        trial.build()
        (trial.out / standing).rename(tmp_path / "away")
    stranger = trial.out / standing if is_file else trial.out / standing / "note.txt"
    stranger.parent.mkdir(parents=True, exist_ok=True)
    stranger.write_text("Của người khác", encoding="utf-8")
    before = trial.tree()
    done = run(*trial.folders)
    assert standing in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    if done.returncode == 0:
        assert difference(trial.tree(), trial.clean()) == []
    else:
        assert [path for path in trial.untouched(before) if not path.endswith(".archive/")] == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("/cu", "/cu/a.html"),  # a folder in both
        ("/cu.html", "/cu.html/a.html"),  # a file becomes a folder
        ("/cu.html/a.html", "/cu.html"),  # a folder becomes a file
        ("/cu.html/a/b/c.html", "/cu.html"),
        ("/cu.html/a/b.html", "/cu.html/a"),
        ("/cu.html/a.html, /cu.html/b/", "/cu.html"),
        ("/cu.html", "/cu.html/index.html/a.html"),
        ("/2008/09/thong-bao-4.html", "/2008/09/thong-bao-4.html/"),
    ],
)
def test_files_become_folders(tmp_path: Path, first: str, second: str) -> None:
    """A path that was a file becomes a folder, and the other way round."""
    trial = Trial(tmp_path)
    for alias in (first, second, first):
        trial.content.sources[NOTICE].header["Aliases"] = alias
        trial.build()
        assert difference(trial.tree(), trial.clean()) == []


def test_deleted_files_are_built_again(tmp_path: Path) -> None:
    """Files that somebody deleted from the output are built again, and only these."""
    trial = Trial(tmp_path)
    trial.build()
    before, then = trial.tree(), times(trial.out)
    deleted = ("vi/feed.xml", "theme/site.css", "vi/2008/09/thong-bao-4/index.html", "404.html")
    for path in deleted:
        (trial.out / path).unlink()
    trial.build()
    assert trial.untouched(before) == []
    now = times(trial.out)
    assert {path for path in now if now[path] != then[path]} == set(deleted)


@pytest.mark.parametrize("lost", [".archive", ".archive/inventory", "vi", ""])
def test_deleted_folders_are_built_again(tmp_path: Path, lost: str) -> None:
    """Whatever is deleted from the output, what the archive keeps there for itself too, is there
    again after a build without any change.
    """
    trial = Trial(tmp_path)
    trial.build()
    before = trial.tree()
    (trial.out / lost).rename(tmp_path / "lost")
    trial.build()
    assert trial.untouched(before) == []


@pytest.mark.parametrize("journal", [b"", b"\xc1 not a journal", b"\x80"])
def test_unreadable_journal(tmp_path: Path, journal: bytes) -> None:
    """A journal that cannot be read, for another version of the code wrote it, does no harm."""
    trial = Trial(tmp_path)
    trial.build()
    (trial.out / ".archive/journal").write_bytes(journal)
    (trial.out / "vi/index.html").write_bytes(b"half")  # what that version did not complete
    trial.content.sources[NOTICE].header["Title"] = "Tên khác"
    trial.build()
    assert difference(trial.tree(), trial.clean()) == []


def test_leftovers_of_a_kill_are_deleted(tmp_path: Path) -> None:
    """What a build was killed over before it had made all files is deleted by the next."""
    trial = Trial(tmp_path)
    trial.build()
    aside = trial.out / ".archive/aside.0123abcd"
    aside.mkdir()
    (aside / "7").write_bytes(b"half")
    (trial.out / ".archive/journal.draft").write_bytes(b"half")
    trial.build()
    assert difference(trial.tree(), trial.clean()) == []


def test_output_through_a_link(tmp_path: Path) -> None:
    """An output folder that is a symbolic link stays one."""
    trial = Trial(tmp_path)
    (tmp_path / "elsewhere").mkdir()
    trial.out.symlink_to(tmp_path / "elsewhere")
    trial.build()
    trial.content.sources[NOTICE].header["Title"] = "Tên khác"
    trial.build()
    assert trial.out.is_symlink()
    assert difference(trial.tree(), trial.clean()) == []


def test_permissions(tmp_path: Path) -> None:
    """Files are as readable as the umask lets them be, so that a web server can read them."""
    trial = Trial(tmp_path)
    before = os.umask(0o022)
    try:
        trial.build()
    finally:
        os.umask(before)
    modes = {path.stat().st_mode & 0o777 for path in trial.out.rglob("*") if path.is_file()}
    assert modes == {0o644}


def test_replaced_attachment(tmp_path: Path) -> None:
    """An attachment and a picture are replaced by others of the same name and the same length."""
    trial = Trial(tmp_path)
    trial.build()
    for path, data in (
        ("2007/07/thong-bao-6/toan-van.pdf", b"%PDF 7"),
        ("2007/07/thong-bao-6/anh.png", a_picture(9, 2)),
    ):
        assert len(data) == len(trial.content.files[path])
        trial.content.files[path] = data
    trial.build()
    assert difference(trial.tree(), trial.clean()) == []
