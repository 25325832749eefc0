"""What becomes of events in the calendars of those who follow them."""

from collections.abc import Iterable

from msgspec import Struct

from plugins.model.manifest import Item
from plugins.model.notice import EventStatus
from plugins.publishing.diff.pages import WITHDRAWN


class Event(Struct, frozen=True, order=True):
    """An event as people know it: `starts` is as the manifest has it, an instant or a day;
    `started` is what it was before, if it was another.
    """

    address: str
    title: str
    starts: str
    started: str = ""


class Events(Struct, frozen=True):
    """All of them, by address. One that is `cancelled`, or withdrawn, stays with that word; one
    that is `gone` vanishes.
    """

    new: tuple[Event, ...] = ()
    changed: tuple[Event, ...] = ()
    cancelled: tuple[Event, ...] = ()
    gone: tuple[Event, ...] = ()

    @property
    def all(self) -> tuple[tuple[Event, ...], ...]:
        """Each list."""
        return self.new, self.changed, self.cancelled, self.gone


def events(old: Iterable[Item], new: Iterable[Item]) -> Events:
    """The events that differ; `old` and `new` may lack what is the same in both."""
    before = {item.guid: item for item in old if item.event}
    after = {item.guid: item for item in new if item.event}
    both = [(before[guid], item) for guid, item in after.items() if guid in before]
    return Events(
        _sorted(after[guid] for guid in after.keys() - before.keys()),
        tuple(
            sorted(
                _event(item, one)
                for one, item in both
                if _shown(one) != _shown(item) and not _is_off_now(one, item)
            )
        ),
        _sorted(item for one, item in both if _is_off_now(one, item)),
        _sorted(before[guid] for guid in before.keys() - after.keys()),
    )


def _sorted(items: Iterable[Item]) -> tuple[Event, ...]:
    return tuple(sorted(_event(item) for item in items))


def _event(item: Item, before: Item | None = None) -> Event:
    starts = item.event.starts if item.event else ""
    started = before.event.starts if before and before.event else starts
    return Event(item.address, item.title, starts, started if started != starts else "")


def _shown(item: Item) -> tuple[object, ...]:
    """What a calendar may show of an event, as far as the manifest knows it."""
    return item.event, item.title, item.address, item.status, item.digest


def _is_off(item: Item) -> bool:
    is_cancelled = item.event is not None and item.event.status == EventStatus.CANCELLED
    return is_cancelled or item.status == WITHDRAWN


def _is_off_now(before: Item, after: Item) -> bool:
    return _is_off(after) and not _is_off(before)
