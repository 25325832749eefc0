"""The verbs that write as the command line calls them: each gives its exit code."""

from collections.abc import Mapping, Sequence
from functools import partial

from plugins.building.opening import Workplace
from plugins.model.notice import ChangeKind
from plugins.speaking import Speech, Trouble
from plugins.writing import change
from plugins.writing import move as moving
from plugins.writing import new as making
from plugins.writing import translate as translating
from plugins.writing.asking import Clerk
from plugins.writing.verb import carry_out

_KINDS = {
    (False, False): ChangeKind.CORRECTION,
    (True, False): ChangeKind.MINOR,
    (False, True): ChangeKind.MAJOR,
}
"""What a correction is if it is said to be minor, to be major."""


def new(
    place: Workplace,
    words: Speech,
    title: str,
    language: str,
    name: str,
    given: Mapping[str, str],
    fields: Sequence[str],
    *,
    is_event: bool,
) -> int:
    """Make a notice; `fields` are further keys, as a header has them."""
    more = [(key.strip(), value) for key, _, value in (field.partition(":") for field in fields)]
    values = {key: value for key, value in given.items() if value} | dict(more)
    wish = making.Wish(title, language, is_event, name, values)
    return carry_out(place, Clerk(words), partial(making.new, wish=wish))


def translate(place: Workplace, words: Speech, path: str, to: str, *, is_done: bool) -> int:
    """Make a translation, or mark one as up to date."""
    verb = partial(translating.translate, given=path, to=to, is_done=is_done)
    return carry_out(place, Clerk(words), verb)


def move(place: Workplace, words: Speech, given: Sequence[str], name: str, folder: str) -> int:
    """Move a notice to a path, or to another name or another folder; `given` are its path and the
    new one, if there is one.
    """
    if not 1 <= len(given) <= 2:
        raise Trouble("Name the notice, and where it goes: inv move PATH 2008/03/hoi-nghi.")
    path, to = (*given, "")[:2]
    verb = partial(moving.move, given=path, to=to, name=name, folder=folder)
    return carry_out(place, Clerk(words), verb)


def withdraw(place: Workplace, words: Speech, path: str, reasons: Sequence[str]) -> int:
    """Withdraw a notice."""
    verb = partial(change.withdraw, given=path, reasons=reasons)
    return carry_out(place, Clerk(words), verb)


def correct(
    place: Workplace,
    words: Speech,
    path: str,
    notes: Sequence[str],
    *,
    is_minor: bool,
    is_major: bool,
) -> int:
    """Tell a correction."""
    kind = _KINDS.get((is_minor, is_major))
    if kind is None:
        raise Trouble("A change is minor or major, not both.")
    verb = partial(change.correct, given=path, notes=notes, kind=kind)
    return carry_out(place, Clerk(words), verb)
