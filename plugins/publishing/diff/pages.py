"""Which pages are new, other or gone: of notices by their guid, standing pages by their id."""

from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct

from plugins.model.manifest import Item, Standing

WITHDRAWN, AGAIN = "withdrawn", "published again"


class Page(Struct, frozen=True, order=True):
    """A page as people know it."""

    address: str
    title: str
    language: str


class Changed(Struct, frozen=True, order=True):
    """A page that is other than before; `ways` are names of `WAYS`. Its address or its title before
    is there if it is another.
    """

    page: Page
    ways: tuple[str, ...]
    was_at: str = ""
    was_titled: str = ""


class Pages(Struct, frozen=True):
    """All of them, by address."""

    new: tuple[Page, ...] = ()
    changed: tuple[Changed, ...] = ()
    gone: tuple[Page, ...] = ()

    @property
    def all(self) -> tuple[tuple[Page | Changed, ...], ...]:
        """Each list."""
        return self.new, self.changed, self.gone


WAYS: dict[str, Callable[[Item, Item], bool]] = {
    WITHDRAWN: lambda old, new: old.status != new.status == WITHDRAWN,
    AGAIN: lambda old, new: new.status != old.status == WITHDRAWN,
    "moved": lambda old, new: old.address != new.address,
    "title": lambda old, new: old.title != new.title,
    "date": lambda old, new: old.published != new.published,
    "told again": lambda old, new: old.updated != new.updated,
    "event": lambda old, new: (old.kind, old.event) != (new.kind, new.event),
    "category or tags": lambda old, new: (old.category, old.tags) != (new.category, new.tags),
    "translations": lambda old, new: old.translations != new.translations,
    "text": lambda old, new: old.digest != new.digest,
}
"""In which ways an edition can be another; what the text says is last, for it is in most others."""


def pages(
    old: Iterable[Item],
    new: Iterable[Item],
    standing: Sequence[Standing],
    standing_now: Sequence[Standing],
) -> Pages:
    """The pages that differ; `old` and `new` may lack what is the same in both."""
    before = {item.guid: item for item in old}
    after = {item.guid: item for item in new}
    pages_before = {(page.id, page.language): page for page in standing}
    pages_after = {(page.id, page.language): page for page in standing_now}
    was_there = {item.address for item in before.values()}
    is_there = {item.address for item in after.values()}
    fresh = (after[guid] for guid in after.keys() - before.keys())
    gone = (before[guid] for guid in before.keys() - after.keys())
    fresh_pages = (pages_after[key] for key in pages_after.keys() - pages_before.keys())
    gone_pages = (pages_before[key] for key in pages_before.keys() - pages_after.keys())
    changed = [
        *(_changed(before[guid], item) for guid, item in after.items() if guid in before),
        *(_changed_page(pages_before[k], p) for k, p in pages_after.items() if k in pages_before),
    ]
    return Pages(
        _sorted((one for one in fresh if one.address not in was_there), fresh_pages),
        tuple(sorted(one for one in changed if one)),
        _sorted((one for one in gone if one.address not in is_there), gone_pages),
    )


def _sorted(items: Iterable[Item], standing: Iterable[Standing]) -> tuple[Page, ...]:
    return tuple(sorted([*map(_page, items), *map(_page, standing)]))


def _page(one: Item | Standing) -> Page:
    return Page(one.address, one.title, one.language)


def _changed(old: Item, new: Item) -> Changed | None:
    ways = tuple(way for way, is_so in WAYS.items() if is_so(old, new))
    return _described(old, new, ways) if ways else None


def _changed_page(old: Standing, new: Standing) -> Changed | None:
    ways = {
        "moved": old.address != new.address,
        "title": old.title != new.title,
        "text": old.digest != new.digest,
    }
    found = tuple(way for way, is_so in ways.items() if is_so)
    return _described(old, new, found) if found else None


def _described(old: Item | Standing, new: Item | Standing, ways: tuple[str, ...]) -> Changed:
    return Changed(
        _page(new),
        ways,
        old.address if old.address != new.address else "",
        old.title if old.title != new.title else "",
    )
