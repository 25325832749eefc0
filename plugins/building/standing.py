"""What stands in place: files that are put together of parts, for those who make the next ones."""

from plugins.building.ledger import Reader
from plugins.building.placing import Place
from plugins.model.inventory import mark_of
from plugins.model.output import NOTHING, Assembled


class Standing:
    """The files of a place that were built under what all outputs share now (`common`)."""

    def __init__(self, place: Place, reader: Reader, common: bytes) -> None:
        self._place = place
        self._reader = reader
        self._common = common

    def of(self, path: str) -> Assembled:
        """The file at `path` with the notes on its parts; nothing, unless its bytes are those on
        which the notes were made.
        """
        note = self._reader.note(str(self._place.folder), path)
        if note is None or note.common != self._common:
            return NOTHING
        data = self._place.read(path)
        return Assembled(data, note.parts) if mark_of(data) == note.mark else NOTHING
