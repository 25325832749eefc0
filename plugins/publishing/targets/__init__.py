"""Where a site is handed over to: what every kind of target can do.

A target that cannot do it raises `Trouble`; what is public is what it was, unless that says so.
"""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, Protocol

from plugins.model.inventory import Inventory
from plugins.speaking import Trouble


class Overtaken(Trouble):
    """What is public is not what the new site was compared with."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody else has published since the new site was compared with what is public."
            " Nothing was published; publish again."
        )


class Handed(NamedTuple):
    """What a hand-over did: the name of the release, files and bytes sent, files removed."""

    release: str
    sent: int
    size: int
    removed: int


class Release(NamedTuple):
    """An earlier release: its name, and what reads its files by their paths."""

    name: str
    read: Callable[[str], bytes | None]


class Target(Protocol):
    """A place where a site is published. Every method may raise `Trouble`."""

    @property
    def place(self) -> str:
        """Where it is, in words that a webmaster knows: a folder, `host:path`, a bucket."""
        ...

    def read(self, path: str) -> bytes | None:
        """A file of the site that is public now, such as `archive.json` or `.archive/inventory`;
        nothing if there is none, or no site.
        """
        ...

    def hand_over(self, folder: Path, new: Inventory, seen: bytes | None) -> Handed:
        """Publish the files of `new`, which lie in `folder`.

        `seen` is what `.archive/inventory` was when it was compared with the new one: if another
        one is public by now, nothing is handed over.
        """
        ...

    def taken_back(self, new: Inventory) -> str:
        """The release of this very site that a rollback took back; empty if none did since the last
        hand-over.
        """
        ...

    def earlier(self, to: str = "") -> Release:
        """The release that a rollback would show: `to`, or the one before."""
        ...

    def rollback(self, to: str = "") -> str:
        """Publish an earlier release again: `to`, or the one before; gives its name."""
        ...
