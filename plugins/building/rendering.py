"""From outputs to files: those whose key is new are rendered aside, then moved into place."""

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Set
from contextlib import ExitStack
from functools import cache, partial
from typing import NamedTuple

from plugins.building.ledger import Ledger, Note
from plugins.building.placing import Journal, Move, Place, Staged, State
from plugins.building.report import Report
from plugins.building.standing import Standing
from plugins.building.workers import FEW, beside, spread
from plugins.model.inventory import INVENTORY, OURS, Inventory
from plugins.model.output import NOTHING, Output, Press
from plugins.model.problem import Faults, Problem, Said, said

_OURS = f"{OURS}/"

MANY = 200
"""Moves whose folders are worth a process that makes them ahead: a disk may take long for each."""


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


class _Done(NamedTuple):
    """An output that was rendered aside: its files, and what is to be remembered of its parts."""

    files: list[Staged]
    note: Note | None


def render(
    outputs: Iterable[Output],
    press: Press,
    found: Found,
    standing: Standing,
    ledger: Ledger,
    state: State,
    workers: int,
    report: Report,
) -> Rendered:
    """Bring the output folder to these outputs, which are planned from `state` as they are asked
    for.

    Keys are trusted only if the ledger knows the site that is in place: another ledger may have
    built there in between.
    """
    place, inventory = found.place, found.inventory.files
    folder = str(place.folder)
    trusted = ledger.has(f"whole:{folder}", found.inventory.whole)
    same = trusted and ledger.has(f"common:{folder}", state.common)
    known = ledger.outputs(folder) if trusted else {}
    make = partial(_made, press, place, standing)
    with place.staging(), ExitStack() as forks:
        ahead = _Ahead(make, known if same else {}, workers, forks)
        planned = plan(ahead.looking_at(outputs))
        report.phase(report.words.text("planning"))
        known = known if same else _lasting(planned, known)
        held = _held(planned, inventory)
        files = _files(planned, held)
        lacking = found.lacking() | (files - inventory.keys())
        pending = _pending(planned, known, held, lacking)
        batches = _batches([output for output in pending if output.path not in ahead.begun])
        made = spread(partial(_make, make), batches, workers, few=2, kind=_language)
        batched = report.track(report.words.text("Building"), made, len(batches))
        done = dict(pair for batch in batched for pair in batch) | ahead.done()
        moves = [move for output in pending for move in _moves(output, done[output.path].files)]
        if not same:
            ready = known.keys() - {output.path for output in pending}
            moves += [Move(path, "", known[path]) for path in sorted(ready)]
        kept = files - _files({o.path: o for o in pending}, held)
        marks = {path: mark for path, mark in inventory.items() if path in kept}  # in its order
        marks.update((file.path, file.mark) for one in done.values() for file in one.files)
        fresh = [move.path for move in moves if move.aside]
        strangers = [path for path in fresh if path not in inventory and not place.lacks(path)]
        moves.append(place.stage_inventory(Inventory(state.whole, marks)))
        removals = sorted(inventory.keys() - marks.keys())
        removals += _copies(removals, marks, place, report)
        _no_obstacles(fresh, removals, place)
    notes = {path: one.note for path, one in done.items() if one.note}
    ledger.remember_parts(folder, state.common, notes)
    journal = Journal(tuple(moves), tuple(removals), state, afresh=not same)
    place.promise(journal)
    written = keep(journal, place, ledger, workers)
    return Rendered(written, len(marks), len(removals), strangers)


class _Ahead:
    """Bundles that are made beside the planning: after an edit there is one, as a rule, which takes
    as long as all the rest. Where nothing is known of a site, there is none.
    """

    def __init__(
        self,
        make: Callable[[Output], _Done],
        known: Mapping[str, bytes],
        workers: int,
        forks: ExitStack,
    ) -> None:
        self._make = make
        self._known = known
        self._workers = workers
        self._forks = forks
        self.begun: dict[str, Callable[[], _Done]] = {}

    def looking_at(self, outputs: Iterable[Output]) -> Iterator[Output]:
        """The outputs; those are begun that stand in place under another key."""
        for output in outputs:
            is_other = self._known.get(output.path, output.key) != output.key
            if is_other and output.is_bundle and len(self.begun) < self._workers - 1:
                work = beside(partial(self._make, output), self._workers)
                self.begun[output.path] = self._forks.enter_context(work)
            yield output

    def done(self) -> dict[str, _Done]:
        """What became of them, by path."""
        return {path: result() for path, result in self.begun.items()}


def _lasting(planned: Mapping[str, Output], known: Mapping[str, bytes]) -> dict[str, bytes]:
    """What is still known where that which all keys share is another."""
    return {o.path: o.key for o in planned.values() if o.lasting and known.get(o.path) == o.key}


def _pending(
    planned: Mapping[str, Output],
    known: Mapping[str, bytes],
    held: Mapping[str, list[str]],
    lacking: Set[str],
) -> list[Output]:
    """The outputs that are to be made, in the order in which they are put in place."""
    found = [
        o for o in planned.values() if known.get(o.path) != o.key or _is_lacking(o, held, lacking)
    ]
    return sorted(found, key=lambda output: (output.order, output.path))


def _held(planned: Mapping[str, Output], inventory: Mapping[str, str]) -> dict[str, list[str]]:
    """The files that each bundle has in place."""
    held: dict[str, list[str]] = {path: [] for path in _bundles(planned)}

    @cache
    def bundle_of(folder: str) -> list[str] | None:
        if not folder or folder in held:
            return held.get(folder)
        return bundle_of(folder[: folder.rfind("/", 0, -1) + 1])

    for path in inventory.keys() - planned.keys():
        files = bundle_of(path[: path.rfind("/") + 1])
        if files is not None:
            files.append(path)
    return held


def _is_lacking(output: Output, held: Mapping[str, list[str]], lacking: Set[str]) -> bool:
    """Whether a file of an output is not in place."""
    if not output.is_bundle:
        return output.path in lacking
    return not held[output.path] or not lacking.isdisjoint(held[output.path])


def _files(outputs: Mapping[str, Output], held: Mapping[str, list[str]]) -> set[str]:
    """The files of outputs; of bundles, those in place."""
    bundles = _bundles(outputs)
    return (outputs.keys() - bundles).union(*(held[path] for path in bundles))


def _moves(output: Output, files: list[Staged]) -> list[Move]:
    """What is to be moved of an output, and its key for the ledger."""
    if not output.is_bundle:
        return [Move(file.path, file.aside, output.key) for file in files]
    moves = [Move(file.path, file.aside, b"") for file in files]
    return [*moves, Move(output.path, "", output.key)]


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
    ledger.remember_outputs(folder, built, journal.removals)
    ledger.commit()
    return [move.path for move in journal.moves if move.aside and move.path != INVENTORY]


def plan(outputs: Iterable[Output]) -> dict[str, Output]:
    """The outputs by path. Two that want one path, or a file where a folder must be, are faults."""
    planned: dict[str, Output] = {}
    problems = []
    for output in outputs:
        if output.path in planned:
            problems += [
                _clash(one, said("Two parts of the site want {path}.", path=output.path))
                for one in (output, planned[output.path])
            ]
        planned[output.path] = output
    bundles = _bundles(planned)
    files = planned.keys() - bundles
    folders = _folders(files)
    problems += [
        _clash(planned[path], said("This file stands where the site has a folder."))
        for path in (folders | _folders(bundles)) & files
    ]
    problems += [
        _clash(planned[path], said("This file stands in a folder that is made as a whole."))
        for bundle in bundles
        if bundle[:-1] in folders
        for path in files
        if path.startswith(bundle)
    ]
    problems += [
        _clash(planned[path], said("This place is the archive's own."))
        for path in planned
        if path.startswith(_OURS)
    ]
    if problems:
        raise Faults(problems)
    return planned


def _bundles(outputs: Mapping[str, Output]) -> set[str]:
    """The paths of bundles."""
    return {path for path, output in outputs.items() if output.is_bundle}


def _folders(paths: Iterable[str]) -> set[str]:
    """The folders above paths, and of a bundle its own."""
    found: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found


def _clash(output: Output, message: Said) -> Problem:
    """A fault of the source that an output is made of; of its path, if it is made of none."""
    sources = (getattr(argument, "source", "") for argument in output.arguments)
    path = next(filter(None, sources), output.path)
    return Problem(
        path,
        1,
        "address",
        message,
        said("Give the alias, the attachment or the slug that leads there another name."),
    )


def _language(batch: list[Output]) -> str:
    """The language of outputs; of those of none, the name of the first."""
    return batch[0].path.partition("/")[0]


def _when_made(output: Output) -> tuple[str, bool, int, str, str]:
    """What shares most stands together, a language, a stage; what takes longest comes first: its
    bundles, its feeds.
    """
    language, stage = output.path.partition("/")[0], output.render.__module__
    return language, not output.is_bundle, -output.order, stage, output.path


def _batches(pending: list[Output]) -> list[list[Output]]:
    """The outputs that a process makes in one go. Of few, all but the bundles share most, and each
    bundle takes as long as they do.
    """
    outputs = sorted(pending, key=_when_made)
    if len(outputs) >= FEW:
        return [[output] for output in outputs]
    bundles = [[output] for output in outputs if output.is_bundle]
    others = [output for output in outputs if not output.is_bundle]
    return [*bundles, others] if others else bundles


def _make(make: Callable[[Output], _Done], batch: list[Output]) -> list[tuple[str, _Done]]:
    """Render outputs aside: their paths, and what became of each."""
    return [(output.path, make(output)) for output in batch]


def _made(press: Press, place: Place, standing: Standing, output: Output) -> _Done:
    """Render an output aside."""
    try:
        made = output.made(press, standing.of(output.path) if output.in_parts else NOTHING)
    except sqlite3.DatabaseError:
        raise  # of the ledger, which is made anew then
    except Exception as error:
        raise RuntimeError(f"{output.path} cannot be rendered: {error!r}") from error
    try:
        staged = [place.stage(path, data) for path, data in made.files.items()]
        return _Done(staged, standing.note(staged[0], made.notes) if output.in_parts else None)
    except OSError as error:
        raise OSError(error.errno, f"{output.path} cannot be written: {error}") from error
