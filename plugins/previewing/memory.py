"""What the preview has read: renewed by what was saved, without a look at the rest."""

from collections.abc import Iterable

from msgspec.structs import replace

from plugins.building.gathering import Material, desk_of
from plugins.building.ledger import FILE, Reader
from plugins.building.opening import Workplace, collected
from plugins.building.report import Report
from plugins.model.archive import Attachment
from plugins.model.notice import Edition, Page
from plugins.reading.attachments import measure
from plugins.reading.library import Group, read, stamp_of
from plugins.reading.whole import linked_files


class Memory:
    """All that a content folder says. What is read again is kept here, and not in the ledger."""

    def __init__(self, place: Workplace, report: Report) -> None:
        self._place = place
        self._report = report
        self._bodies: dict[bytes, str] = {}
        self._stored = Reader(place.settings.cache / FILE).body
        self.material = self._collected()

    def body(self, key: bytes) -> str:
        """The HTML of a body, with its marks."""
        return self._bodies[key] if key in self._bodies else self._stored(key)

    def take(self, paths: Iterable[str]) -> None:
        """Read anew the files at these paths below the content folder, or all that has changed."""
        try:
            groups = [self._group(path) for path in paths]
        except (FileNotFoundError, KeyError):
            self.material = self._collected()
        else:
            self._read({group.stem: group for group in groups})

    def _collected(self) -> Material:
        with collected(self._place, self._report) as (material, _):
            return material

    def _group(self, path: str) -> Group:
        """The sources beside a known one, with new stamps. Raises `KeyError` if it is not known."""
        group = self.material.seen.groups[path.rsplit(".", 2)[0]]
        if path not in {known for known, _ in group.files}:
            raise KeyError(path)
        files = [(file, stamp_of((self._place.content / file).stat())) for file, _ in group.files]
        return Group(group.stem, tuple(files))

    def _read(self, groups: dict[str, Group]) -> None:
        material, place = self.material, self._place
        desk = desk_of(place.content, place.settings, material.taxonomy, material.site.zone)
        results = {stem: read(desk, group, {}) for stem, group in groups.items()}
        for result in results.values():
            self._bodies.update((body.key, body.html) for body in result.bodies)
        told = {stem: result.told for stem, result in results.items()}
        editions = [e for one in told.values() if one.notice for e in one.notice.editions]
        pages = [page for one in told.values() for page in one.pages]
        self.material = replace(
            material,
            seen=replace(material.seen, groups={**material.seen.groups, **groups}),
            told={**material.told, **told},
            measured={**material.measured, **self._measured([*editions, *pages])},
        )

    def _measured(self, items: list[Edition | Page]) -> dict[str, Attachment]:
        """What is to be known of the files that items link, and nothing linked before."""
        files = self.material.seen.files
        new = linked_files(items, files) - self.material.measured.keys()
        return {path: measure(self._place.content, path, files[path][0]) for path in sorted(new)}
