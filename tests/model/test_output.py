"""Where the file of an address is."""

import pytest

from plugins.model.output import file_at, file_of


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


@pytest.mark.parametrize(
    ("alias", "file"),
    [
        ("/Desktop/News/45/", "Desktop/News/45/index.html"),
        ("/tin-tuc/123", "tin-tuc/123/index.html"),
        ("/tin-tuc/123.html", "tin-tuc/123.html"),
        ("/tin.tuc/123", "tin.tuc/123/index.html"),  # a dot in a folder is no ending of a file
        ("/v1.0/", "v1.0/index.html"),  # nor one before a slash
    ],
)
def test_the_file_is_what_a_host_serves_at_the_alias(alias: str, file: str) -> None:
    """An alias is a folder with an index, unless its last part has an ending."""
    assert file_at(alias) == file
