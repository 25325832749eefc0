"""What only the whole content shows (see `tests/cases/whole` and `tests/cases/links`)."""

from pathlib import Path
from unicodedata import normalize

import pytest

from plugins.model.notice import Edition, Page
from plugins.model.problem import Level
from plugins.reading.whole import line_finder, linked_files, waiting_links
from tests.reading.content import NOTICE, told_by, write

PATH = "2008/03/hop.vi.md"


@pytest.mark.parametrize(
    ("text", "needle", "line"),
    [
        ("a\nb\nc", "c", 3),
        ("a\nb\nb", "b", 2),
        ("a\nb", "không có", 0),
        ("xSlug: a\nSlug: b", "Slug:", 2),
        ("a\r\nb\r\nc", "c", 3),
        ("", "a", 0),
        (b"\xff\nb", "b", 2),  # what cannot be read is told elsewhere
        (normalize("NFD", "a\nhội nghị.pdf"), "hội nghị.pdf", 2),
    ],
)
def test_line_finder(text: str | bytes, needle: str, line: int, tmp_path: Path) -> None:
    """The first line that has a word is found, whatever form the source is written in; or none."""
    content = write(tmp_path / "content", {PATH: text})
    assert line_finder(content)(PATH, needle) == line


def items_of(content: Path) -> list[Edition | Page]:
    """Every edition and page of a content folder."""
    told = told_by(content)
    editions = [edition for one in told if one.notice for edition in one.notice.editions]
    return [*editions, *(page for one in told for page in one.pages)]


def test_linked_files(tmp_path: Path) -> None:
    """What texts and lead pictures name is linked, if it is a file of the content folder."""
    image = "Image: hop/anh.png\nImage_alt: Hội trường\n\n"
    content = write(
        tmp_path / "content",
        {
            PATH: NOTICE.replace("\n\n", f"\n{image}", 1) + "\n[a](hop/a.pdf) [b](tin.vi.md)\n",
            "pages/gioi-thieu.vi.md": "Title: Giới thiệu\n\n[b](../2008/b.pdf) [c](c.pdf)\n",
        },
    )
    files = {"2008/03/hop/anh.png": 0, "2008/03/hop/a.pdf": 0, "2008/b.pdf": 0, "2008/d.pdf": 0}
    assert linked_files(items_of(content), files) == {
        "2008/03/hop/anh.png",
        "2008/03/hop/a.pdf",
        "2008/b.pdf",
    }


def test_waiting_links(tmp_path: Path) -> None:
    """A link to a notice that is not public is an advice on its line; to a file, it is none."""
    content = write(
        tmp_path / "content",
        {PATH: f"{NOTICE}\n[mai](mai.vi.md), [nay](nay.vi.md), [tệp](tep.pdf).\n"},
    )
    (advice,) = waiting_links(items_of(content), {"2008/03/nay.vi.md"})
    assert (advice.path, advice.line, advice.level) == (PATH, 6, Level.ADVICE)
    assert str(advice.message).startswith("2008/03/mai.vi.md is not published yet")
