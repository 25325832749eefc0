"""Writes files whole: beside first, onto the disk, then by a rename."""

import os
from collections.abc import Iterable
from pathlib import Path

from plugins.model.inventory import mark_of
from plugins.speaking import Trouble

FEW = 500
"""So many files are brought onto the disk one by one; for more, everything is at once."""


def put(path: Path, data: bytes) -> None:
    """Make `path` hold these bytes: a kill leaves what was there, or all of them."""
    draft = path.with_name(f"{path.name}.draft")
    try:
        with draft.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    draft.replace(path)


def verified(folder: Path, path: str, mark: str) -> bytes:
    """A file of a built site, which must be the one that its inventory names."""
    try:
        data = (folder / path).read_bytes()
    except OSError as error:
        raise Trouble(
            "{path} cannot be read from the built site: {error}. Publish again.",
            path=path,
            error=error.strerror,
        ) from error
    if mark_of(data) != mark:
        raise Trouble(
            "{path} is not as it was built: the site was changed while it was handed over, or by"
            " hand. Delete it there, and publish again.",
            path=path,
        )
    return data


def settle(paths: Iterable[Path]) -> None:
    """Bring files that were written onto the disk."""
    some = list(paths)
    if len(some) > FEW:
        os.sync()
        return
    for path in [*some, *{path.parent for path in some}]:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
