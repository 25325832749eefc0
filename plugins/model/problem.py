"""A problem: what is wrong in which line of a source, and what to write instead."""

from enum import StrEnum

from msgspec import Struct


class Level(StrEnum):
    """How grave a problem is: a fault stops the build, an advice does not."""

    FAULT = "fault"
    ADVICE = "advice"


class Said(Struct, frozen=True, order=True, array_like=True):
    """A sentence as the code has it, in English, and what fills its `{fields}`: a language is put
    in when it is told (see `plugins.speaking`).
    """

    template: str
    fields: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return self.template.format(**dict(self.fields))


def said(template: str, /, **fields: object) -> Said:
    """A sentence with these fields."""
    return Said(template, tuple((name, str(value)) for name, value in fields.items()))


class Problem(Struct, frozen=True, order=True, array_like=True):
    """One problem of one source.

    `path` is relative to the content folder, `line` counts from 1, `key` is a header's key or
    `body`, `file`. `message` and `remedy` are whole sentences.
    """

    path: str
    line: int
    key: str
    message: Said
    remedy: Said
    level: str = Level.FAULT

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.key}: {self.message} {self.remedy}"


class Faults(Exception):
    """The content has faults; nothing was built. Holds every fault of every file, sorted."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__(f"{len(self.problems)} faults in the content")
