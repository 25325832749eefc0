"""From outputs to files: those whose key is new are rendered aside, then moved into place."""

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Set
from functools import partial
from typing import NamedTuple

from plugins.building.ledger import Ledger, Note
from plugins.building.placing import Journal, Move, Place, Staged, State
from plugins.building.planning import files_of, held_by, lasting, plan, to_make
from plugins.building.report import Report
from plugins.building.standing import Standing
from plugins.building.workers import FEW, beside, spread
from plugins.model.inventory import INVENTORY, Inventory
from plugins.model.output import NOTHING, Output, Press
from plugins.model.problem import Faults, Problem, said
from plugins.model.site import Site

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


Send = Callable[[Errand], Callable[[], Done]]
"""Begins an errand elsewhere; what it gives waits for what became of it."""


def render(
    outputs: Iterable[Output],
    press: Press,
    found: Found,
    standing: Standing,
    ledger: Ledger,
    state: State,
    workers: int,
    report: Report,
    send: Send | None = None,
) -> Rendered:
    """Bring the output folder to these outputs, which are planned from `state` as they are asked
    for. One of them may be sent on an errand meanwhile.

    Keys are trusted only if the ledger knows the site that is in place: another ledger may have
    built there in between.
    """
    place, inventory = found.place, found.inventory.files
    folder = str(place.folder)
    trusted = ledger.has(f"whole:{folder}", found.inventory.whole)
    same = trusted and ledger.has(f"common:{folder}", state.common)
    known = ledger.outputs(folder) if trusted else {}
    make = partial(made, press, place, standing)
    with place.staging():
        ahead = _Ahead(send, press.site, state.common, known if same else {})
        planned = plan(ahead.looking_at(outputs), known if same else {})
        report.phase(report.words.text("planning"))
        known = known if same else lasting(planned, known)
        held = held_by(planned, inventory)
        files = files_of(planned, held)
        lacking = found.lacking() | (files - inventory.keys())
        pending = to_make(planned, known, held, lacking)
        batches = _batches([output for output in pending if output.path not in ahead.begun])
        results = spread(partial(_make, make), batches, workers, few=2, kind=_language)
        batched = report.track(report.words.text("Building"), results, len(batches))
        done = dict(pair for batch in batched for pair in batch) | ahead.done()
        moves = [move for output in pending for move in _moves(output, done[output.path].files)]
        if not same:
            ready = known.keys() - {output.path for output in pending}
            moves += [Move(path, "", known[path]) for path in sorted(ready)]
        kept = files - files_of([o.path for o in pending], held)
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
    """The bundle that is made beside the planning: after an edit there is one, as a rule, which
    takes as long as all the rest. Where nothing is known of a site, there is none.
    """

    def __init__(
        self, send: Send | None, site: Site, common: bytes, known: Mapping[str, bytes]
    ) -> None:
        self._send = send
        self._site = site
        self._common = common
        self._known = known
        self.begun: dict[str, Callable[[], Done]] = {}

    def looking_at(self, outputs: Iterable[Output]) -> Iterator[Output]:
        """The outputs; the first bundle is begun that stands in place under another key."""
        for output in outputs:
            is_other = self._known.get(output.path, output.key) != output.key
            if is_other and output.is_bundle and self._send and not self.begun:
                errand = Errand(self._site, self._common, output)
                self.begun[output.path] = self._send(errand)
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


def _make(make: Callable[[Output], Done], batch: list[Output]) -> list[tuple[str, Done]]:
    """Render outputs aside: their paths, and what became of each."""
    return [(output.path, make(output)) for output in batch]


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
