"""The inventory of a site, as it lies in its folder."""

import pytest

from plugins.model.inventory import Inventory, inventory_of, mark_of, size_of

SITE = Inventory(b"\x01\xff", {"vi/index.html": mark_of(b"one"), "a b.txt": mark_of(b"")})


def test_what_is_written_is_read() -> None:
    """An inventory survives its file."""
    assert inventory_of(SITE.encoded) == SITE


def test_files_are_sorted() -> None:
    """The same site has the same inventory, whatever the order in which its files were made."""
    other = Inventory(SITE.whole, dict(reversed(SITE.files.items())))
    assert SITE.encoded == other.encoded
    assert SITE.encoded.split(b"\n")[1].startswith(b"a b.txt\t0-")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"01ff",  # cut off in the first line
        SITE.encoded[:-3],  # cut off in the last one
        b"nothing\n",
        b"01ff\nvi/index.html\n",  # no mark
        b"01ff\na\nb\t0-c\td\n",  # none in one line, and too many in the next
        b"\xff\n",
    ],
)
def test_a_damaged_inventory_is_refused(data: bytes) -> None:
    """Nobody builds on half an inventory."""
    with pytest.raises(ValueError, match=r"."):
        inventory_of(data)


def test_a_mark_tells_the_bytes_and_their_number() -> None:
    """Two files with one mark are the same, and the mark says how large they are."""
    assert mark_of(b"one") == mark_of(b"one") != mark_of(b"two")
    assert size_of(mark_of(b"one")) == 3
