"""Where the file of an address is."""

import pytest

from plugins.model.output import file_of


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/", "index.html"),
        ("/vi/", "vi/index.html"),
        ("/vi/2008/03/hop/", "vi/2008/03/hop/index.html"),
        ("/vi/feed.xml", "vi/feed.xml"),
        ("/2008/03/hop/toàn văn.pdf", "2008/03/hop/toàn văn.pdf"),
    ],
)
def test_file_of(address: str, path: str) -> None:
    """An address with a slash at its end is a folder's index; another is a file."""
    assert file_of(address) == path
