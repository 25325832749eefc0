"""Tests of `plugins/checking/choosing.py`."""

from pathlib import Path
from unicodedata import normalize

import pytest

from plugins.checking.choosing import chosen

NAME = "2008/03/hop/toàn-văn.pdf"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A content folder `site/content` with a notice and an attachment."""
    folder = tmp_path / "site" / "content"
    for name in ("2008/03/hop.vi.md", NAME, "2008/031.md"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    (tmp_path / "other.md").touch()
    return folder


@pytest.mark.parametrize(
    ("given", "here"),
    [
        ("content/2008/03/hop.vi.md", ""),
        ("./content//2008/../2008/03/hop.vi.md", ""),
        ("2008/03/hop.vi.md", "content"),
        ("hop.vi.md", "content/2008/03"),
        ("../03/hop.vi.md", "content/2008/03"),
        ("{content}/2008/03/hop.vi.md", "content/2008"),
    ],
)
def test_paths_as_they_are_given(content: Path, given: str, here: str) -> None:
    """From where one works, with the folder's name, or absolute: the same file is meant."""
    among = chosen([given.format(content=content)], content, content.parent / here)
    assert (set(among.paths), among.strange) == ({"2008/03/hop.vi.md"}, ())
    assert among.has("2008/03/hop.vi.md")
    assert not among.has("2008/03/hop.en.md")


def test_a_folder_is_all_that_is_in_it(content: Path) -> None:
    """A folder means what is below it, and not what begins with its name; the content, all."""
    among = chosen(["content/2008/03/"], content, content.parent)
    assert among.has("2008/03/hop/khac.pdf")
    assert not among.has("2008/031.md")
    for given in (["content"], ["."], []):
        here = content if given == ["."] else content.parent
        assert chosen(given, content, here).has("2008/031.md")


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("disk", ["NFC", "NFD"])
def test_forms_of_unicode(tmp_path: Path, form: str, disk: str) -> None:
    """Whatever form the disk, git and a problem have of a name, it is one name."""
    (tmp_path / normalize(disk, "văn-bản.pdf")).touch()
    among = chosen([normalize(form, "văn-bản.pdf")], tmp_path, tmp_path)
    assert among.strange == ()
    assert among.has(normalize("NFC", "văn-bản.pdf"))
    assert among.has(normalize("NFD", "văn-bản.pdf"))


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("content/2008/03/khong-co.vi.md", "There is no file content/2008/03/khong-co.vi.md."),
        ("../other.md", "../other.md is not in the content folder, {content}."),
        (
            "content/2008/03/../../../../other.md",
            "{given} is not in the content folder, {content}.",
        ),
        ("/etc/hostname", "/etc/hostname is not in the content folder, {content}."),
        ("content/out/other.md", "content/out/other.md is not in the content folder, {content}."),
        ("a\0b", "There is no file a\0b."),
        ("", "{given} is not in the content folder, {content}."),
    ],
)
def test_paths_that_mean_nothing(content: Path, given: str, message: str) -> None:
    """A path that is not there, or leads out, by a symbolic link too, is told."""
    (content / "out").symlink_to(content.parent.parent)
    among = chosen([given], content, content.parent)
    assert list(map(str, among.strange)) == [message.format(content=content, given=given)]


def test_a_link_within_is_itself(content: Path) -> None:
    """A symbolic link in the content is a fault of its own; it can be asked for."""
    (content / "2008/03/link.vi.md").symlink_to("/etc/hostname")
    among = chosen(["content/2008/03/link.vi.md"], content, content.parent)
    assert set(among.paths) == {"2008/03/link.vi.md"}
