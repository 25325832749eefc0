"""What stands in place: files that are put together of parts, for those who make the next ones."""

from plugins.building.ledger import Note, Reader
from plugins.building.placing import Place, Staged
from plugins.model.output import NOTHING, Assembled


class Standing:
    """The files of a place that were built under what all outputs share now (`common`)."""

    def __init__(self, place: Place, reader: Reader, common: bytes) -> None:
        self._place = place
        self._reader = reader
        self._common = common

    def of(self, path: str) -> Assembled:
        """The file at `path` with the notes on its parts; nothing, unless it is the one on which
        the notes were made.
        """
        folder = self._place.folder
        note = self._reader.note(str(folder), self._common, path)
        if note is None or note.stamp != self._place.stamp(path):
            return NOTHING
        return Assembled((folder / path).read_bytes(), note.parts)

    def note(self, staged: Staged, parts: tuple[bytes, ...]) -> Note:
        """What is to be remembered of a file that was put together of parts."""
        return Note(self._place.stamp(staged.where), parts)
