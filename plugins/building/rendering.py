"""From outputs to files: those whose key is new are rendered aside, then moved into place."""

import os
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import ExitStack, closing
from functools import partial
from itertools import chain
from typing import NamedTuple

from plugins.building.ledger import Ledger, Note
from plugins.building.placing import Journal, Move, Place, Staged, State
from plugins.building.planning import (
    Clash,
    Planned,
    both,
    changed_of,
    check_places,
    clashes,
    holdings_of,
    lasting,
    plan,
    planned_of,
)
from plugins.building.report import Report
from plugins.building.standing import Standing
from plugins.building.workers import FEW, Prepared, Shared, beside, spread
from plugins.model.inventory import INVENTORY, Inventory
from plugins.model.output import NOTHING, Output, Press
from plugins.model.problem import Faults, Problem, said
from plugins.model.site import Site

LITTLE = 80
"""Outputs of a stage that a process makes sooner than it has found others to make them."""

MANY = 200
"""Files for which a disk may take long: a process of its own makes their folders ahead, and has
what was made put on the disk while this one finds out what is to be moved and removed.
"""


class Rendered(NamedTuple):
    """What a build did: paths written, files in all, files removed, strangers replaced."""

    written: list[str]
    files: int
    removed: int
    strangers: list[str]


class Found(NamedTuple):
    """What a build finds in its place: the site's inventory, and, when asked, those of its files
    that are not there.
    """

    place: Place
    inventory: Inventory
    lacking: Callable[[], Set[str]]


class Done(NamedTuple):
    """An output that was rendered aside: its files, and what is to be remembered of its parts."""

    files: list[Staged]
    note: Note | None


class Errand(NamedTuple):
    """An output that is made by a process that has not seen the archive, and what it must be told
    besides: what all outputs share, as the press and the ledger know it.
    """

    site: Site
    common: bytes
    output: Output


Planner = Callable[[], Iterable[Output]]
"""Plans the outputs of a stage, each time that it is asked."""

Runner = Prepared[Errand, Done]
"""Runs an errand, one."""


class _Plan(NamedTuple):
    """The paths of all outputs; those that are `gone` since; those that changed; what was made of
    them already. `outputs` lacks what another process planned and did not make; `known` are the
    keys that are trusted.
    """

    paths: Set[str]
    gone: set[str]
    changed: set[str]
    outputs: dict[str, Output]
    done: dict[str, Done]
    known: Mapping[str, bytes]


class _Share(NamedTuple):
    """The share of one of two processes: what it planned, and made of it already. Of the other one
    come those outputs only that it made.
    """

    planned: Planned
    outputs: dict[str, Output]
    done: dict[str, Done]


def render(
    stages: Sequence[Planner],
    press: Press,
    found: Found,
    standing: Standing,
    ledger: Ledger,
    state: State,
    workers: int,
    report: Report,
    runner: Runner,
) -> Rendered:
    """Bring the output folder to what these stages plan from `state`. Where a site is brought up to
    date, `runner` makes a bundle meanwhile.
    """
    place, inventory = found.place, found.inventory.files
    known, same = _known(ledger, found, state)
    make = partial(made, press, place, standing)
    with place.staging(), closing(runner), ExitStack() as processes:
        ahead = _Ahead(runner, press.site, state.common, known if same and workers > 1 else {})
        try:
            planned = (
                _by_two(stages, known, ahead, make, processes, workers)
                if same
                else _anew(stages, known, inventory)
            )
        except Exception as error:
            clashing = clashes(_outputs(stages))  # whatever else fails: that is the webmaster's
            raise clashing if clashing.problems else error from None
        report.phase(report.words.text("planning"))
        holdings = holdings_of(planned.paths, inventory)
        wanted = planned.changed | holdings.outputs_of(found.lacking() | holdings.absent)
        outputs = planned.outputs if wanted <= planned.outputs.keys() else plan(_outputs(stages))
        pending = sorted((outputs[path] for path in wanted), key=_when_moved)
        begun = planned.done.keys() | ahead.begun.keys()
        rest = [output for output in pending if output.path not in begun]
        done = planned.done | _spread(rest, make, workers, report) | ahead.done()
        processes.enter_context(beside(os.sync, workers if len(rest) > MANY else 1))
        moves = [move for output in pending for move in _moves(output, done[output.path].files)]
        if not same:
            ready = planned.known.keys() - wanted
            moves += [Move(path, "", planned.known[path]) for path in sorted(ready)]
        going = holdings.beyond | holdings.files_of(wanted)
        marks = _marks(inventory, going, done.values())
        fresh = [move.path for move in moves if move.aside]
        strangers = [path for path in fresh if path not in inventory and not place.lacks(path)]
        moves.append(place.stage_inventory(Inventory(state.whole, marks)))
        removals = sorted(going - marks.keys())
        removals += _copies(removals, marks, place, report)
        _no_obstacles(fresh, removals, place)
    notes = {path: one.note for path, one in done.items() if one.note}
    ledger.remember_parts(str(place.folder), state.common, notes)
    gone = tuple(sorted(planned.gone))
    journal = Journal(tuple(moves), tuple(removals), gone, state, afresh=not same)
    place.promise(journal)
    written = keep(journal, place, ledger, workers)
    return Rendered(written, len(marks), len(removals), strangers)


def _known(ledger: Ledger, found: Found, state: State) -> tuple[dict[str, bytes], bool]:
    """The keys of the outputs in place; whether what all keys share is the same.

    Keys are trusted only if the ledger knows the site that is in place: another ledger may have
    built there in between.
    """
    folder = str(found.place.folder)
    if not ledger.has(f"whole:{folder}", found.inventory.whole):
        return {}, False
    return ledger.outputs(folder), ledger.has(f"common:{folder}", state.common)


def _outputs(stages: Iterable[Planner]) -> Iterator[Output]:
    return chain.from_iterable(stage() for stage in stages)


def _anew(
    stages: Iterable[Planner], known: Mapping[str, bytes], inventory: Mapping[str, str]
) -> _Plan:
    """The plan where nothing is known, or only what lasts. Raises `Clash`."""
    outputs = plan(_outputs(stages))
    check_places(outputs.keys())
    lasts = lasting(outputs, known, inventory)
    gone = known.keys() - outputs.keys()
    return _Plan(outputs.keys(), gone, changed_of(outputs, lasts), outputs, {}, lasts)


def _by_two(
    stages: Sequence[Planner],
    known: Mapping[str, bytes],
    ahead: "_Ahead",
    make: Callable[[Output], Done],
    processes: ExitStack,
    workers: int,
) -> _Plan:
    """The plan by two processes that share out the stages; the other one ends with `processes`.
    Raises `Clash`: among paths that are known there is none.
    """
    shared = processes.enter_context(closing(Shared(stages)))
    elsewhere = partial(_share_elsewhere, shared.from_last, known, make)
    other = processes.enter_context(beside(elsewhere, workers))
    mine = _share_of(shared.from_first(), known, make, ahead.looking_at)
    its = other()
    paths, gone = both(known, mine.planned, its.planned)
    changed = mine.planned.changed | its.planned.changed
    if not changed <= known.keys():
        check_places(paths)
    return _Plan(paths, gone, changed, mine.outputs | its.outputs, mine.done | its.done, known)


def _share_of(
    stages: Iterable[Planner],
    known: Mapping[str, bytes],
    make: Callable[[Output], Done],
    looking: Callable[[Iterable[Output]], Iterable[Output]] = iter,
) -> _Share:
    """Plan these stages, and make what little has changed of each."""
    outputs: dict[str, Output] = {}
    changed: set[str] = set()
    done: dict[str, Done] = {}
    number = 0
    for stage in stages:
        planned = plan(looking(stage()))
        others = changed_of(planned, known)
        done |= _little(planned, others, make)
        outputs |= planned
        changed |= others
        number += len(planned)
    if len(outputs) < number:
        raise Clash
    return _Share(planned_of(outputs, known, changed), outputs, done)


def _share_elsewhere(
    stages: Callable[[], Iterable[Planner]],
    known: Mapping[str, bytes],
    make: Callable[[Output], Done],
) -> _Share:
    """As `_share_of`, for another process: of outputs, those that were made, without arguments."""
    share = _share_of(stages(), known, make)
    bare = {path: share.outputs[path]._replace(arguments=()) for path in share.done}
    return share._replace(outputs=bare)


def _little(
    outputs: Mapping[str, Output], changed: Set[str], make: Callable[[Output], Done]
) -> dict[str, Done]:
    """Make the outputs of a stage that changed: none if they are many, and no bundle, which takes
    as long as many.
    """
    files = [outputs[path] for path in changed if not outputs[path].is_bundle]
    if len(files) > LITTLE:
        return {}
    return {output.path: make(output) for output in sorted(files, key=_when_made)}


class _Ahead:
    """The bundle that is made beside the planning: after an edit there is one, as a rule, which
    takes as long as all the rest. Where nothing is known of a site, there is none.
    """

    def __init__(
        self, runner: Runner, site: Site, common: bytes, known: Mapping[str, bytes]
    ) -> None:
        self._runner = runner
        self._site = site
        self._common = common
        self._known = known
        self.begun: dict[str, Callable[[], Done]] = {}

    def looking_at(self, outputs: Iterable[Output]) -> Iterator[Output]:
        """The outputs; the first bundle is begun that stands in place under another key."""
        for output in outputs:
            is_other = self._known.get(output.path, output.key) != output.key
            if is_other and output.is_bundle and not self.begun:
                errand = Errand(self._site, self._common, output)
                self.begun[output.path] = self._runner.begin(errand)
            yield output

    def done(self) -> dict[str, Done]:
        """What became of them, by path."""
        return {path: result() for path, result in self.begun.items()}


def _moves(output: Output, files: list[Staged]) -> list[Move]:
    """What is to be moved of an output, and its key for the ledger."""
    if not output.is_bundle:
        return [Move(file.path, file.aside, output.key) for file in files]
    moves = [Move(file.path, file.aside, b"") for file in files]
    return [*moves, Move(output.path, "", output.key)]


def _marks(inventory: Mapping[str, str], going: Set[str], done: Iterable[Done]) -> dict[str, str]:
    """The marks of the files in place that do not go, and of those that were made."""
    marks = dict(inventory)
    for path in going:
        marks.pop(path, None)
    marks.update((file.path, file.mark) for one in done for file in one.files)
    return marks


def _copies(removals: list[str], paths: Collection[str], place: Place, report: Report) -> list[str]:
    """Copies that other plugins made of files that go: what is withdrawn is nowhere (law 5)."""
    copies = [f"{path}{ending}" for path in removals for ending in (".gz", ".br", ".zst")]
    found = [copy for copy in copies if copy not in paths and not place.lacks(copy)]
    if found:
        report.say(
            report.words.text(
                "{number} compressed copies are removed with their files.", number=len(found)
            )
        )
    return found


def _no_obstacles(paths: list[str], removals: list[str], place: Place) -> None:
    """Before anything is moved: no file of somebody else's stands where a folder must be."""
    problems = [
        Problem(
            obstacle,
            1,
            "output",
            said("It is not this archive's, and is in the way of the site."),
            said("Move it out of the output folder."),
        )
        for obstacle in place.obstacles(paths, removals)
    ]
    if problems:
        raise Faults(problems)


def is_built(state: State, found: Found, ledger: Ledger) -> bool:
    """Whether the site in place was built from this very state, and no file of it is missing."""
    if found.inventory.whole != state.whole:
        return False
    return ledger.has(f"whole:{found.place.folder}", state.whole) and not found.lacking()


def keep(journal: Journal, place: Place, ledger: Ledger, workers: int) -> list[str]:
    """Do what a journal says, and let the ledger know; gives the paths that were written.

    The journal stays until `place.done()`: whoever wants to be told of these paths is told again
    if a kill comes between.
    """
    ahead = workers if len(journal.moves) > MANY else 1
    with beside(partial(place.make_folders, journal), ahead):  # whoever moves makes what lacks
        for _ in place.keep(journal):
            pass
    folder = str(place.folder)
    if journal.afresh:
        ledger.forget_outputs(folder)
    ledger.put(f"common:{folder}", journal.state.common)
    ledger.put(f"whole:{folder}", journal.state.whole)
    built = {move.path: move.key for move in journal.moves if move.key}
    ledger.remember_outputs(folder, built, [*journal.removals, *journal.gone])
    ledger.commit()
    return [move.path for move in journal.moves if move.aside and move.path != INVENTORY]


def _when_moved(output: Output) -> tuple[int, str]:
    return output.order, output.path


def _spread(
    outputs: list[Output], make: Callable[[Output], Done], workers: int, report: Report
) -> dict[str, Done]:
    """Make outputs, by all processes: few are made sooner here, but not bundles."""
    few = 2 if any(output.is_bundle for output in outputs) else FEW
    ordered = sorted(outputs, key=_when_made)
    results = spread(partial(_make, make), ordered, workers, few, kind=_language)
    return dict(report.track(report.words.text("Building"), results, len(outputs)))


def _make(make: Callable[[Output], Done], output: Output) -> tuple[str, Done]:
    return output.path, make(output)


def _language(output: Output) -> str:
    """The language of an output; of one of none, its name."""
    return output.path.partition("/")[0]


def _when_made(output: Output) -> tuple[str, bool, int, str, str]:
    """What shares most stands together, a language, a stage; what takes longest comes first: its
    bundles, its feeds.
    """
    stage = output.render.__module__
    return _language(output), not output.is_bundle, -output.order, stage, output.path


def made(press: Press, place: Place, standing: Standing, output: Output) -> Done:
    """Render an output aside."""
    try:
        rendered = output.made(press, standing.of(output.path) if output.in_parts else NOTHING)
    except sqlite3.DatabaseError:
        raise  # of the ledger, which is made anew then
    except Exception as error:
        raise RuntimeError(f"{output.path} cannot be rendered: {error!r}") from error
    try:
        staged = [place.stage(path, data) for path, data in rendered.files.items()]
        return Done(staged, standing.note(staged[0], rendered.notes) if output.in_parts else None)
    except OSError as error:
        raise OSError(error.errno, f"{output.path} cannot be written: {error}") from error
