"""What each feed will tell its subscribers: derived from the manifests, as their format says.

A reader that follows a feed keeps entries by their guid. It shows as unread what it has not seen
there, and most show again what was updated. The newest entries are counted as if all of them fitted
into the feed.
"""

from collections.abc import Iterable, Mapping
from itertools import chain

from msgspec import Struct

from plugins.model.archive import ALL, BULLETINS, CATEGORY, EVENTS, TAG
from plugins.model.manifest import Item, Shelf
from plugins.model.notice import Kind
from plugins.publishing.diff.published import Published

Place = tuple[str, str, str]
"""A listing in a language: its name, its key, the language."""

_OF_KIND: Mapping[str, str] = {Kind.BULLETIN: BULLETINS, Kind.EVENT: EVENTS}


class Entry(Struct, frozen=True, order=True):
    """An entry of a feed, as people know it."""

    address: str
    title: str


class Followed(Struct, frozen=True):
    """The feed of a listing in a language, and what its subscribers will notice.

    `new` was not published before. `again` was, and will be shown as unread: it was updated, it has
    another guid, or the feed did not hold it. `silent` changed without a word. `dropped` is no more
    in the listing; what only became too old for the feed is in none of these. A feed that `is_new`
    has no subscribers yet.
    """

    name: str
    key: str
    language: str
    label: str
    address: str
    is_new: bool = False
    new: tuple[Entry, ...] = ()
    again: tuple[Entry, ...] = ()
    silent: tuple[Entry, ...] = ()
    dropped: tuple[Entry, ...] = ()

    @property
    def is_quiet(self) -> bool:
        """Whether nobody notices anything."""
        return not (self.new or self.again or self.silent or self.dropped)


def feeds(
    before: Published, after: Published, old: Iterable[Item], new: Iterable[Item]
) -> tuple[Followed, ...]:
    """The feeds of `after` that change; `old` and `new` may lack what is the same in both."""
    touched = _touched(before, after, list(old), list(new))
    if not touched or after.index.feeds is None:
        return ()
    then, now = _states(before, after, touched)
    shelves = {(shelf.name, shelf.key): shelf for shelf in after.index.listings}
    known = {(shelf.name, shelf.key) for shelf in before.index.listings if before.index.feeds}
    followed = (
        _new(shelves[place[:2]], place, now)
        if place[:2] not in known
        else _followed(shelves[place[:2]], place, then, now)
        for place in sorted(touched)
        if place[:2] in shelves and place[2] in shelves[place[:2]].addresses
    )
    return tuple(feed for feed in followed if not feed.is_quiet)


class _State:
    """A state of the site as feeds see it: editions by guid, their addresses, the newest of each
    listing. `items` may lack those that no touched feed shows, before or after.
    """

    def __init__(self, state: Published, items: list[Item], touched: set[Place]) -> None:
        self.newest = _newest(state)
        self.by_guid = {item.guid: item for item in items}
        self.addresses = {item.address for item in items}
        self.windows = _windows(items, self.newest, touched)

    def holds(self, guid: str, place: Place) -> bool:
        """Whether a listing holds an edition, however old."""
        return guid in self.by_guid and place in _places(self.by_guid[guid])


def _states(before: Published, after: Published, touched: set[Place]) -> tuple[_State, _State]:
    """Both states. Of what they share, only the newest of each listing can be in a feed."""
    newest = _newest(after)
    if _newest(before) != newest:
        return _State(before, before.items(), touched), _State(after, after.items(), touched)
    parts = (items for part, items in after.volumes.items() if part in before.volumes)
    windows = _windows(chain.from_iterable(parts), newest, touched)
    shared = {item.guid: item for window in windows.values() for item in window.values()}
    old, new = before.items(besides=after), after.items(besides=before)
    return (
        _State(before, [*old, *shared.values()], touched),
        _State(after, [*new, *shared.values()], touched),
    )


def _touched(before: Published, after: Published, old: list[Item], new: list[Item]) -> set[Place]:
    """The feeds that may change: those that hold or held what differs; all, by another limit."""
    if _newest(before) != _newest(after):
        return {place for item in chain(before.items(), after.items()) for place in _places(item)}
    then, now = {item.guid: item for item in old}, {item.guid: item for item in new}
    return {
        place
        for guid in then.keys() | now.keys()
        if then.get(guid) != now.get(guid)
        for item in (then.get(guid), now.get(guid))
        if item
        for place in _places(item)
    }


def _newest(state: Published) -> int:
    return state.index.feeds.newest if state.index.feeds else 0


def _places(item: Item) -> list[Place]:
    """The listings that hold an edition."""
    language = item.language
    places = [(ALL, "", language), (_OF_KIND.get(item.kind, item.kind), "", language)]
    if item.category:
        places.append((CATEGORY, item.category, language))
    return places + [(TAG, tag, language) for tag in item.tags]


def _windows(
    items: Iterable[Item], newest: int, touched: set[Place]
) -> dict[Place, dict[str, Item]]:
    """The newest editions of each listing, by guid: as many as its feed holds."""
    found: dict[Place, dict[str, Item]] = {place: {} for place in touched}
    in_order = sorted(items, key=lambda item: item.id)
    in_order.sort(key=lambda item: item.published, reverse=True)
    for item in in_order:
        for place in _places(item):
            window = found.get(place)
            if window is not None and len(window) < newest:
                window[item.guid] = item
    return found


def _new(shelf: Shelf, place: Place, now: _State) -> Followed:
    """A feed that was not there before."""
    return _of(shelf, place, is_new=True, new=now.windows[place].values())


def _followed(shelf: Shelf, place: Place, then: _State, now: _State) -> Followed:
    """A feed that was there before."""
    told: dict[str, list[Item]] = {way: [] for way in ("", "new", "again", "silent")}
    for item in now.windows[place].values():
        told[_way(item, place, then, now)].append(item)
    there = {item.address for item in now.windows[place].values()}
    dropped = (
        item
        for guid, item in then.windows[place].items()
        if not now.holds(guid, place) and item.address not in there
    )
    return _of(
        shelf,
        place,
        new=told["new"],
        again=told["again"],
        silent=told["silent"],
        dropped=dropped,
    )


def _way(item: Item, place: Place, then: _State, now: _State) -> str:
    """How subscribers notice an entry: not at all, if it is empty."""
    old = then.by_guid.get(item.guid)
    if old is None:
        return "again" if item.address in then.addresses else "new"
    if item.guid not in then.windows[place]:
        was_seen = then.holds(item.guid, place) and then.newest >= now.newest
        return "again" if not was_seen or old.updated != item.updated else ""
    if old.updated != item.updated:
        return "again"
    is_same = (old.digest, old.title, old.address) == (item.digest, item.title, item.address)
    return "" if is_same else "silent"


def _of(
    shelf: Shelf,
    place: Place,
    *,
    is_new: bool = False,
    new: Iterable[Item] = (),
    again: Iterable[Item] = (),
    silent: Iterable[Item] = (),
    dropped: Iterable[Item] = (),
) -> Followed:
    name, key, language = place
    return Followed(
        name,
        key,
        language,
        shelf.labels.get(language, ""),
        shelf.addresses[language],
        is_new,
        *(
            tuple(Entry(item.address, item.title) for item in items)
            for items in (new, again, silent, dropped)
        ),
    )
