"""The inventory of a site: the files that are the archive's, and what it was built from.

It lies in the site's folder as `.archive/inventory`: a line that stands for everything that the
site was built from, then a line for each file, sorted: its path, a tab, its mark. Two files with
one mark have the same bytes.
"""

from collections.abc import Mapping
from functools import cached_property, lru_cache
from hashlib import sha256

from msgspec import Struct

OURS = ".archive"
INVENTORY = f"{OURS}/inventory"

DIGITS = 32
"""Hexadecimal digits of a digest that tell files apart: half of SHA-256, which processors help
with. Marks of another length were given by another version of the code.
"""


class Inventory(Struct, frozen=True, dict=True):
    """What a site was built from (`whole`, empty if nobody knows), and the mark of each file by its
    path relative to the site's folder.
    """

    whole: bytes
    files: Mapping[str, str]

    @cached_property
    def encoded(self) -> bytes:
        """The bytes of the file."""
        lines = [f"{path}\t{self.files[path]}" for path in sorted(self.files)]
        return "\n".join([self.whole.hex(), *lines, ""]).encode()


@lru_cache(2)
def inventory_of(data: bytes) -> Inventory:
    """The inventory that a file holds; that of a site, and of the one that it is compared with, are
    asked for again and again. Raises `ValueError` if it holds none.
    """
    whole, *lines = data.decode().split("\n")
    if not lines or lines.pop():
        raise ValueError("The inventory is cut off.")
    return Inventory(bytes.fromhex(whole), dict(line.split("\t") for line in lines))


def mark_of(data: bytes) -> str:
    """Stands for the bytes of a file: how many they are, and a digest."""
    return f"{len(data)}-{sha256(data).hexdigest()[:DIGITS]}"


def is_mark(text: str) -> bool:
    """Whether it is a mark as `mark_of` gives it."""
    return len(text.partition("-")[2]) == DIGITS


def size_of(mark: str) -> int:
    """How many bytes a file with this mark has."""
    return int(mark.partition("-")[0])
