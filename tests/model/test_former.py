"""Tests of `plugins/model/former.py`: which file lies at an old address."""

import pytest

from plugins.model.former import is_of_file, named

PATHS = ["2008/04/moi/a/bang.csv", "2008/04/moi/b/bang.csv", "2008/04/moi/Bảng mức.csv"]


@pytest.mark.parametrize(
    ("alias", "path"),
    [
        ("/cu/B%E1%BA%A3ng%20m%E1%BB%A9c.csv", PATHS[2]),
        ("/cu/Ba%CC%89ng%20m%E1%BB%A9c.csv", PATHS[2]),  # decomposed
        ("/2008/03/hop/b/bang.csv", PATHS[1]),
        ("/2008/03/hop/a/bang.csv", PATHS[0]),
        ("/bang.csv", PATHS[0]),
        ("/2008/03/hop/khac.csv", ""),
    ],
)
def test_the_file_of_the_same_name_lies_there(alias: str, path: str) -> None:
    """Of several, the one whose folders are most like those of the address."""
    assert named(alias, PATHS) == path


@pytest.mark.parametrize(
    ("alias", "is_so"),
    [
        ("/a/toan-van.pdf", True),
        ("/a/ANH.JPG", True),
        ("/tin/123.html", False),
        ("/tin/123.aspx", False),
        ("/a/b.pdf/", False),
        ("/a.pdf/b", False),
        ("/tin/123", False),
    ],
)
def test_an_ending_tells_a_file_from_a_page(alias: str, is_so: bool) -> None:
    """Only what may be published as a file is one."""
    assert is_of_file(alias) is is_so
