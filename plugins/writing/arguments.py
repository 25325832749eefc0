"""A positional argument that may lack, which invoke does not know: it wants each of them.

`@task(klass=Verb, positional=["path", "to"])` with a default for `to` takes `verb PATH` as well as
`verb PATH TO`.
"""

from typing import Any

from invoke.parser import parser
from invoke.parser.argument import Argument
from invoke.tasks import Task

_Machine: Any = parser.ParseMachine
_complete = _Machine.complete_context


class Verb(Task[Any]):
    """A task whose positional arguments may have defaults."""

    def get_arguments(self, ignore_unknown_help: bool | None = None) -> list[Argument]:
        """The arguments; one that may lack gets its default when the command line has ended."""
        arguments = super().get_arguments(ignore_unknown_help)
        for argument in arguments:
            if argument.positional and argument.default is not None:
                vars(argument)["lacking"] = argument.default
                argument.default = None
        return arguments


def _complete_with_defaults(machine: Any) -> None:
    """As invoke does when the arguments of a verb end; those that may lack have defaults then."""
    for argument in machine.context.missing_positional_args if machine.context else ():
        if "lacking" in vars(argument):
            argument.set_value(vars(argument)["lacking"], cast=False)
    _complete(machine)


_Machine.complete_context = _complete_with_defaults
