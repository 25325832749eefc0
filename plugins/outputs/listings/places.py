"""Which page of which listing: what names it, what lies above it and beside it."""

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple, TypeVar

from plugins.model.archive import ALL, BULLETINS, EVENTS
from plugins.model.output import Press, Words
from plugins.model.taxonomy import Term
from plugins.outputs.views.frame import Frame, Link, frame

Time = TypeVar("Time", int, tuple[int, int])
"""A year, or a year and a month of it."""


class Place(NamedTuple):
    """A listing in a language: its addresses by language, and what names it."""

    language: str
    name: str
    term: Term | None
    addresses: dict[str, str]
    footer: tuple[tuple[str, str], ...]

    @property
    def top(self) -> str:
        """The address of its first page."""
        return self.addresses[self.language]


class Beside(NamedTuple):
    """A page of a time with the next newer and older one that are not empty."""

    here: tuple[int, ...]
    newer: tuple[int, ...] | None
    older: tuple[int, ...] | None


def beside(times: Sequence[Time], filled: Collection[Time]) -> Iterator[Beside]:
    """Each time, newest first, with those beside it in which the language has something."""
    older: list[Time | None] = []
    last = None
    for time in reversed(times):
        older.append(last)
        last = time if time in filled else last
    last = None
    for time, before in zip(times, reversed(older), strict=True):
        yield Beside(_parts(time) or (), _parts(last), _parts(before))
        last = time if time in filled else last


def _parts(time: int | tuple[int, int] | None) -> tuple[int, ...] | None:
    return (time,) if isinstance(time, int) else time


def path_of(time: tuple[int, ...]) -> str:
    """The part of an address that stands for a year, or a month: `2008/03/`."""
    return "".join(f"{part:02d}/" for part in time)


def time_words(words: Words, time: tuple[int, ...]) -> str:
    """A year, or a month, in words."""
    return words.month(time[0], time[1]) if len(time) > 1 else str(time[0])


def named(press: Press, place: Place, words: Words) -> tuple[str, str]:
    """The title and the description of a listing."""
    if place.term:
        return place.term.label[place.language], place.term.description[place.language]
    return {
        ALL: (press.site.name[place.language], press.site.tagline[place.language]),
        BULLETINS: (words.text("Bulletins"), words.text("What was announced, newest first.")),
        EVENTS: (words.text("Events"), words.text("What is to take place, and what took place.")),
    }[place.name]


def crumbs(place: Place, words: Words) -> list[tuple[str, str]]:
    """What lies above a listing's first page."""
    if place.term:
        return [(words.text("Topics"), f"/{place.language}/tags/")]
    return []


def frame_of_time(press: Press, place: Place, time: tuple[int, ...]) -> tuple[str, Frame]:
    """The title and the frame of a page of a year or a month."""
    words = press.words(place.language)
    name, description = named(press, place, words)
    above = crumbs(place, words)
    if place.name != ALL:
        above.append((name, place.top))
    if len(time) > 1:
        above.append((str(time[0]), place.top + path_of(time[:1])))
    said = time_words(words, time)
    title = said if place.name == ALL else f"{name} – {said}"
    addresses = {language: top + path_of(time) for language, top in place.addresses.items()}
    return title, frame(
        press,
        place.language,
        title,
        addresses,
        place.footer,
        description=description,
        crumbs=above,
    )


def neighbour(
    press: Press, words: Words, place: Place, time: tuple[int, ...] | None
) -> Link | None:
    """The way to another year or month, if there is one."""
    if time is None:
        return None
    return Link(time_words(words, time), press.site.href(place.top + path_of(time)))


def empty(words: Words, what: Sequence[object]) -> str:
    """What a page says that has nothing to show."""
    return "" if what else words.text("There are no notices here in this language.")
