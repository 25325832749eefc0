"""The verb: tells every fault and every advice, and mends what is mechanical if it is asked to."""

import sys
from pathlib import Path

from rich.console import Console

from plugins.building.opening import Workplace
from plugins.building.report import Report
from plugins.calling import MISUNDERSTOOD, WELL, WRONG
from plugins.checking.choosing import chosen
from plugins.checking.findings import findings
from plugins.checking.fixing import fix
from plugins.checking.formats import FORMATS, from_repository, visible
from plugins.model.problem import Level, Problem
from plugins.speaking import Speech


def check(
    place: Workplace,
    words: Speech,
    paths: list[str],
    *,
    form: str = "text",
    strict: bool = False,
    mend: bool = False,
) -> int:
    """Print the problems of these paths, of everything without any, and give the exit code: 1 if
    there is a fault, or an advice with `strict`; 2 if a path or the format is not understood.
    """
    if form not in FORMATS:
        forms = ", ".join(FORMATS)
        return _misunderstood(
            words.text("There is no format “{form}”. Write one of {forms}.", form=form, forms=forms)
        )
    among = chosen(paths, place.content, Path.cwd())
    if among.strange:
        return _misunderstood(*(words.say(one) for one in among.strange))
    if mend:
        for line in fix(place, among, words):
            _complain(line)
    found = findings(place, Report(Console(stderr=True), words))
    told = [problem for problem in found if among.has(problem.path)]
    for line in FORMATS[form](told, words, from_repository(place.content)):
        print(line)
    _sum_up(told, found, words, to_people=form == "text")
    wrong = told if strict else _faults(told)
    return WRONG if wrong else WELL


def _faults(problems: list[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.level == Level.FAULT]


def _sum_up(told: list[Problem], found: list[Problem], words: Speech, *, to_people: bool) -> None:
    """How many there are, and that there are faults elsewhere: a build would tell them."""
    faults, others = len(_faults(told)), len(_faults(found)) - len(_faults(told))
    counts = (
        words.count("{number} fault", "{number} faults", faults),
        words.count("{number} piece of advice", "{number} pieces of advice", len(told) - faults),
    )
    (print if to_people else _complain)(", ".join(counts) + ".")
    if others:
        _complain(
            words.count(
                "{number} fault in another file stops the build, too.",
                "{number} faults in other files stop the build, too.",
                others,
            )
        )


def _misunderstood(*lines: str) -> int:
    for line in lines:
        _complain(line)
    return MISUNDERSTOOD


def _complain(line: str) -> None:
    print(visible(line), file=sys.stderr)
