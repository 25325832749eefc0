"""The site of one moment, with all that is not public yet; planned as far as it was asked for."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from plugins.building.gathering import Material, archive_of
from plugins.model.archive import Archive
from plugins.model.notice import Edition, Notice, Page, Status
from plugins.model.output import Output

Stage = Callable[[Archive], Iterable[Output]]


class Waiting(Struct, frozen=True):
    """An edition that is not public: a draft, or one that appears at an instant."""

    is_draft: bool
    at: datetime


class Snapshot:
    """What all stages would put out. `waiting` is what is not public yet, by its address."""

    def __init__(self, material: Material, stages: list[Stage], as_of: datetime) -> None:
        notices = material.notices
        hidden = [notice for notice in notices if _is_hidden(notice, as_of)]
        siblings = {notice.id: notice.editions for notice in notices}
        siblings |= {notice.id: _as_if_public(notice) for notice in hidden}
        self.archive = archive_of(material, siblings, as_of)
        self.waiting = _waiting(hidden, as_of)
        self._stages = [_Planned(stage(self.archive)) for stage in stages]

    def output(self, path: str, likely: int = 0) -> tuple[Output | None, int]:
        """The output of a file, and the number of its stage; the `likely` one is asked first."""
        numbers = sorted(range(len(self._stages)), key=lambda number: number != likely)
        for number in numbers:
            if found := self._stages[number].find(path):
                return found, number
        return None, likely

    def source_at(self, address: str) -> str:
        """The path of the source that is shown at an address, if one is."""
        return next((s for s, item in self._items.items() if item.address == address), "")

    def address_of(self, source: str) -> str:
        """Where a source is shown now, if it is."""
        return self._items[source].address if source in self._items else ""

    @property
    def _items(self) -> Mapping[str, Edition | Page]:
        return self.archive.by_source


class _Planned:
    """What a stage puts out, as far as it was looked through."""

    def __init__(self, outputs: Iterable[Output]) -> None:
        self._outputs: Iterator[Output] = iter(outputs)
        self._files: dict[str, Output] = {}
        self._bundles: list[Output] = []

    def find(self, path: str) -> Output | None:
        """The output that holds a file, if it is of this stage."""
        if path in self._files:
            return self._files[path]
        for output in self._outputs:
            if output.is_bundle:
                self._bundles.append(output)
            self._files[output.path] = output
            if output.path == path:
                return output
        return next((b for b in self._bundles if path.startswith(b.path)), None)


def _is_hidden(notice: Notice, as_of: datetime) -> bool:
    """Whether something of a notice is not public."""
    return any(e.status is Status.DRAFT or e.date > as_of for e in notice.editions)


def _as_if_public(notice: Notice) -> tuple[Edition, ...]:
    return tuple(
        replace(edition, status=Status.PUBLISHED) if edition.status is Status.DRAFT else edition
        for edition in notice.editions
    )


def _waiting(notices: list[Notice], as_of: datetime) -> dict[str, Waiting]:
    found = {}
    for notice in notices:
        original = notice.editions[0]
        for edition in notice.editions:
            is_draft = Status.DRAFT in (original.status, edition.status)
            at = max(original.date, edition.date)
            if is_draft or at > as_of:
                found[edition.address] = Waiting(is_draft, at)
    return found
