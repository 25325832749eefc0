"""A task of invoke that takes any number of words, for which invoke itself has no form."""

import sys
from collections.abc import Sequence
from typing import Any

from invoke.parser.argument import Argument
from invoke.tasks import Task


class TaskOfWords(Task[Any]):
    """A task whose body has a parameter `words`: all words after its name that are no flags.

    invoke gives each word to an argument of its own; so it is told of as many as there are words.
    """

    def get_arguments(self, ignore_unknown_help: bool | None = None) -> list[Argument]:
        """An argument for each word on the command line, then the flags."""
        found = super().get_arguments(ignore_unknown_help)
        flags = [argument for argument in found if argument.name != "words"]
        given = words(sys.argv[1:], self.name, flags)
        return [
            *(Argument(name=f"word-{n}", positional=True) for n in range(len(given))),
            *flags,
        ]

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the body with the words as one list."""
        names = sorted((name for name in kwargs if name.startswith("word-")), key=_number)
        found = [kwargs.pop(name) for name in names]
        return super().__call__(*args, words=found, **kwargs)


def words(given: Sequence[str], task: str, flags: Sequence[Argument]) -> list[str]:
    """The words after the name of a task that are neither flags nor their values."""
    if task not in given:
        return []
    with_value = {_dashed(name) for flag in flags if flag.takes_value for name in flag.names}
    found, is_value = [], False
    for word in given[given.index(task) + 1 :]:
        if word == "--":
            break
        if not is_value and not word.startswith("-"):
            found.append(word)
        is_value = word in with_value and not is_value
    return found


def _dashed(name: str) -> str:
    return f"-{name}" if len(name) == 1 else f"--{name}"


def _number(name: str) -> int:
    return int(name.rpartition("-")[2])
