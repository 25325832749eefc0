"""What changes between two states of a site: a value, made of both by one pure function."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from plugins.model.inventory import Inventory, size_of
from plugins.publishing.diff.addresses import Lost, Renamed, lost, renamed
from plugins.publishing.diff.clock import Behind, behind
from plugins.publishing.diff.events import Events, events
from plugins.publishing.diff.feeds import Followed, feeds
from plugins.publishing.diff.pages import Pages, pages
from plugins.publishing.diff.published import Published


class Sizes(Struct, frozen=True):
    """How much there was before, and how much there is after."""

    before: int
    after: int


class Files(Struct, frozen=True):
    """How many files are new, other, and gone."""

    new: int
    changed: int
    gone: int


class Changes(Struct, frozen=True):
    """All that those who visit, link and follow a site will notice.

    `lost` are addresses that would lead nowhere, `renamed` those at which another id or guid would
    stand. `feeds` are those that change. `url` is the site's address before and after. `files` and
    `search`, the bytes of the search index, are known if both states have an inventory. `behind`
    tells of a clock that cannot be right; `taken_back` is the release of the new site that a
    rollback took back, as far as the target knows.
    """

    is_first: bool
    url: tuple[str, str]
    pages: Pages
    lost: tuple[Lost, ...]
    renamed: tuple[Renamed, ...]
    feeds: tuple[Followed, ...]
    events: Events
    notices: Sizes
    editions: Sizes
    files: Files | None = None
    search: Sizes | None = None
    behind: Behind | None = None
    taken_back: str = ""

    @property
    def is_none(self) -> bool:
        """Whether nobody will notice anything."""
        told = (self.lost, self.renamed, self.feeds, *self.pages.all, *self.events.all)
        untouched = self.files is None or self.files == Files(0, 0, 0)
        return not any(told) and untouched and self.url[0] == self.url[1]


def diff(before: Published, after: Published, now: datetime | None = None) -> Changes:
    """What changes when `after`, built at `now`, is put where `before` is; that is `NOTHING` the
    first time.
    """
    old, new = before.items(besides=after), after.items(besides=before)
    apart = _apart(before.inventory, after.inventory)
    return Changes(
        is_first=not before.index.url,
        url=(before.index.url, after.index.url),
        pages=pages(old, new, before.index.pages, after.index.pages),
        lost=_lost(before, after, apart),
        renamed=renamed(old, new),
        feeds=feeds(before, after, old, new),
        events=events(old, new),
        notices=Sizes(_notices(before), _notices(after)),
        editions=Sizes(len(before.items()), len(after.items())),
        files=_files(apart) if apart else None,
        search=_searches(before, after, apart) if apart else None,
        behind=behind(before, now) if now else None,
    )


class _Apart(NamedTuple):
    """The files by which two inventories differ: new or other ones as they are after, others as
    they were before, and those that are gone.
    """

    fresh: Mapping[str, str]
    stale: Mapping[str, str]
    gone: Mapping[str, str]


def _apart(before: Inventory | None, after: Inventory | None) -> _Apart | None:
    """What differs, if both have an inventory."""
    if not before or not after:
        return None
    then, now = before.files, after.files
    fresh = {path: mark for path, mark in now.items() if then.get(path) != mark}
    stale = {path: then[path] for path in fresh if path in then}
    return _Apart(fresh, stale, {path: then[path] for path in then.keys() - now.keys()})


def _lost(before: Published, after: Published, apart: _Apart | None) -> tuple[Lost, ...]:
    """What parts that both states have name is not lost; only where an address seems so, it may be
    named there.
    """
    old, new = _besides(before, after), _besides(after, before)
    if apart:
        old = replace(old, inventory=Inventory(b"", apart.gone))
    return lost(before, after) if lost(old, new) else ()


def _besides(state: Published, other: Published) -> Published:
    """A state without the parts that `other` has in the same words."""
    volumes = {part: items for part, items in state.volumes.items() if part not in other.volumes}
    return replace(state, volumes=volumes)


def _notices(state: Published) -> int:
    return len({item.id for item in state.items()})


def _files(apart: _Apart) -> Files:
    return Files(len(apart.fresh) - len(apart.stale), len(apart.stale), len(apart.gone))


def _searches(before: Published, after: Published, apart: _Apart) -> Sizes:
    """The bytes of the search index; what is the same is added once."""
    now = after.inventory.files if after.inventory else {}
    then = before.inventory.files if before.inventory else {}
    size = _search(after, now)
    if before.index.languages != after.index.languages:
        return Sizes(_search(before, then), size)
    was = _search(before, apart.stale) + _search(before, apart.gone)
    return Sizes(size - _search(after, apart.fresh) + was, size)


def _search(state: Published, files: Mapping[str, str]) -> int:
    """The bytes of all files of the search but its page."""
    tops = tuple(f"{language.key}/search/" for language in state.index.languages)
    found = [path for path in files if path.startswith(tops) and not path.endswith(".html")]
    return sum([size_of(files[path]) for path in found])
