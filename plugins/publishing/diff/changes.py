"""What changes between two states of a site: a value, made of both by one pure function."""

from datetime import datetime

from msgspec import Struct

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
    then, there = before.inventory, after.inventory
    return Changes(
        is_first=not before.index.url,
        url=(before.index.url, after.index.url),
        pages=pages(old, new, before.index.pages, after.index.pages),
        lost=lost(before, after),
        renamed=renamed(old, new),
        feeds=feeds(before, after, old, new),
        events=events(old, new),
        notices=Sizes(_notices(before), _notices(after)),
        editions=Sizes(len(before.items()), len(after.items())),
        files=_files(then, there) if then and there else None,
        search=Sizes(_search(before, then), _search(after, there)) if then and there else None,
        behind=behind(before, now) if now else None,
    )


def _notices(state: Published) -> int:
    return len({item.id for item in state.items()})


def _files(before: Inventory, after: Inventory) -> Files:
    both = before.files.keys() & after.files.keys()
    return Files(
        len(after.files) - len(both),
        sum(before.files[path] != after.files[path] for path in both),
        len(before.files) - len(both),
    )


def _search(state: Published, inventory: Inventory) -> int:
    """The bytes of all files of the search but its page."""
    tops = tuple(f"{language.key}/search/" for language in state.index.languages)
    found = (path for path in inventory.files if path.startswith(tops))
    return sum(size_of(inventory.files[path]) for path in found if not path.endswith(".html"))
