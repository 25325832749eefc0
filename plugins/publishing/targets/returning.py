"""Goes back to an earlier release: which one that is, and what is remembered of what it took back.

What a rollback took back is noted beside the releases, a line each: the site's mark, a space, the
name of its release. The next hand-over removes the notes.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import NamedTuple

from plugins.speaking import Trouble

NOTES = ".publishing/taken-back"
"""The file of the notes, below the folder of a target."""


class Kept(NamedTuple):
    """The releases of a target: the public one, that before it if there was one, all by age."""

    public: str
    before: str
    names: Sequence[str]


def earlier_of(kept: Kept, to: str) -> str:
    """The release to go back to: `to`, or the one before. Raises `Trouble`."""
    name = to or kept.before
    others = [one for one in kept.names if one != kept.public]
    if name in others:
        return name
    fields = {"name": name, "public": kept.public, "names": ", ".join(others)}
    if name == kept.public:
        raise Trouble("The release {name} is public already.", name=name)
    if not others:
        raise Trouble(
            "There is no earlier release to go back to: {public}, which is public, is the only"
            " one.",
            public=kept.public,
        )
    if not name:
        raise Trouble(
            "There is no earlier release than {public}, which is public. Kept are: {names}. Write"
            " one of them after --release.",
            public=kept.public,
            names=fields["names"],
        )
    raise Trouble(
        "There is no release {name} to go back to. {public} is public; kept are: {names}. Write one"
        " of them after --release.",
        **fields,
    )


def mark_of_site(inventory: bytes) -> str:
    """Stands for all files of a site, whatever they were built from: the SHA-256 of its inventory
    without the first line.
    """
    return sha256(inventory.partition(b"\n")[2]).hexdigest()


def noted(notes: bytes | None, mark: str) -> str:
    """The release of a site that was taken back; empty if it was not."""
    lines = (notes or b"").decode(errors="replace").splitlines()
    found = dict(line.split(" ", 1) for line in lines if " " in line)
    return found.get(mark, "")


def noting(notes: bytes | None, mark: str, release: str, shown: str) -> bytes:
    """The notes when this site is taken back, and that of the mark `shown` is public instead."""
    lines = [one for one in (notes or b"").decode().splitlines() if one[:64] not in (mark, shown)]
    return "\n".join([*lines, f"{mark} {release}", ""]).encode()
