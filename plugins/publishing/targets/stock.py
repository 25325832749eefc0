"""Folders that can become the next release: an edit must not lay out the whole site again.

They are releases that nobody keeps any more and, as long as there were none, hard links of the
first one, laid out when it was published. One whose record is missing is not trusted.
"""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

from plugins.publishing.targets.release import (
    UNKNOWN,
    Laid,
    discard,
    record_of,
    share,
    write_record,
)


class Stock:
    """The drafts in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def draft(self, public: Laid | None) -> Laid:
        """A draft: one that was ready, or made of the public release."""
        for draft in sorted(self._folder.glob("draft-*")):
            if record := record_of(draft):
                return Laid(draft, record)
            discard(draft)
        draft = self._free()
        if public and public.record.files and _lay(public, draft):
            return Laid(draft, public.record)
        draft.mkdir()
        return Laid(draft, UNKNOWN)

    def add(self, release: Path) -> None:
        """Take over a release that nobody keeps; if there is a draft already, it is deleted."""
        leaving = self._folder / "leaving"
        discard(leaving)
        if any(self._folder.glob("draft-*")):
            release.rename(leaving)
            discard(leaving)
        else:
            release.rename(self._free())

    def fill(self, release: Laid, number: int) -> None:
        """Lay out so many drafts, as far as there is room."""
        for draft in list(self._folder.glob("draft-*")):
            discard(draft)
        for _ in range(number):
            if not _lay(release, self._free()):
                return

    def _free(self) -> Path:
        names: Iterator[Path] = (self._folder / f"draft-{number}" for number in count(1))
        return next(path for path in names if not path.exists())


def _lay(release: Laid, draft: Path) -> bool:
    """Make a draft of hard links; false if that cannot be done here, and nothing is left then."""
    try:
        share(release, draft)
        write_record(draft, release.record)
    except OSError:
        discard(draft)
        return False
    return True
