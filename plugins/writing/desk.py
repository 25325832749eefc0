"""The verbs that write as the command line calls them: each gives its exit code."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from plugins.building.opening import workplace
from plugins.building.settings import SettingsError
from plugins.model.notice import ChangeKind
from plugins.model.problem import said
from plugins.speaking import LANGUAGES, WRITTEN, speech
from plugins.writing import change
from plugins.writing import move as moving
from plugins.writing import new as making
from plugins.writing import translate as translating
from plugins.writing.asking import Clerk
from plugins.writing.verb import Done, Holding, carry_out

CONF = "pelicanconf.py"

_KINDS = {
    (False, False): ChangeKind.CORRECTION,
    (True, False): ChangeKind.MINOR,
    (False, True): ChangeKind.MAJOR,
}
"""What a correction is if it is said to be minor, to be major."""


def new(
    content: str,
    speak: str,
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
    return _do(content, speak, partial(making.new, wish=wish))


def translate(content: str, speak: str, path: str, to: str) -> int:
    """Make a translation, or mark one as up to date."""
    return _do(content, speak, partial(translating.translate, given=path, to=to))


def move(content: str, speak: str, path: str, to: str, name: str, folder: str) -> int:
    """Move a notice to a path, or to another name or another folder."""
    return _do(content, speak, partial(moving.move, given=path, to=to, name=name, folder=folder))


def withdraw(content: str, speak: str, path: str, reasons: Sequence[str]) -> int:
    """Withdraw a notice."""
    return _do(content, speak, partial(change.withdraw, given=path, reasons=reasons))


def correct(
    content: str, speak: str, path: str, notes: Sequence[str], *, is_minor: bool, is_major: bool
) -> int:
    """Tell a correction."""
    kind = _KINDS.get((is_minor, is_major))

    def verb(holding: Holding) -> Done:
        if kind is None:
            raise holding.clerk.refusal(said("A change is minor or major, not both."))
        return change.correct(holding, path, notes, kind)

    return _do(content, speak, verb)


def _do(content: str, speak: str, verb: Callable[[Holding], Done]) -> int:
    clerk = Clerk(speech(speak if speak in LANGUAGES else WRITTEN))
    if speak not in LANGUAGES:
        clerk.note(said("The verbs speak {languages}.", languages=", ".join(LANGUAGES)))
        return 1
    if not Path(content).is_dir():
        clerk.note(said("There is no folder {path}.", path=content))
        return 1
    try:
        place = workplace(CONF, PATH=content)
    except SettingsError as error:
        clerk.show(str(error))
        return 1
    return carry_out(place, clerk, verb)
