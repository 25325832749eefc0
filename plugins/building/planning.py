"""The plan of a build: which outputs there are to be, and which of them are to be made."""

from collections.abc import Iterable, Iterator, Mapping, Set
from functools import cache
from itertools import compress
from typing import NamedTuple

from plugins.model.inventory import OURS, is_mark
from plugins.model.output import Output
from plugins.model.problem import Faults, Problem, Said, said

_OURS = f"{OURS}/"
_NOT = bytes.maketrans(b"\0\1", b"\1\0")


class Clash(Exception):
    """Outputs stand in each other's way; `clashes` tells which."""


class Planned(NamedTuple):
    """What one of two processes planned: `there` has a byte for each path that is known, in their
    order, 1 for those planned and 0 for others; `changed` are known under another key, or new.
    """

    there: bytes
    changed: set[str]


def plan(outputs: Iterable[Output]) -> dict[str, Output]:
    """The outputs by path. Raises `Clash` if two want one path."""
    listed = list(outputs)
    planned = {output.path: output for output in listed}
    if len(planned) < len(listed):
        raise Clash
    return planned


def planned_of(
    outputs: Mapping[str, Output], known: Mapping[str, bytes], changed: set[str]
) -> Planned:
    """What a process planned that planned these outputs, of which these are `changed`."""
    return Planned(bytes(map(outputs.__contains__, known)), changed)


def both(known: Mapping[str, bytes], one: Planned, other: Planned) -> tuple[set[str], set[str]]:
    """The paths that two processes planned, and those that are known and none of them planned.
    Raises `Clash` if both want one.
    """
    bits, more = int.from_bytes(one.there), int.from_bytes(other.there)
    new, newer = one.changed - known.keys(), other.changed - known.keys()
    if bits & more or new & newer:
        raise Clash
    there = (bits | more).to_bytes(len(known))
    return {*compress(known, there), *new, *newer}, set(compress(known, there.translate(_NOT)))


def check_places(paths: Set[str]) -> None:
    """Raises `Clash` if a path is where it may not be; where some go, the others stay right."""
    if any(_misplaced(paths)):
        raise Clash


def clashes(outputs: Iterable[Output]) -> Faults:
    """All that is wrong with paths of outputs: two want one, or a file where a folder must be."""
    planned: dict[str, Output] = {}
    problems = []
    for output in outputs:
        if other := planned.get(output.path):
            wrong = said("Two parts of the site want {path}.", path=output.path)
            problems += [_clash(output, wrong), _clash(other, wrong)]
        planned[output.path] = output
    problems += [_clash(planned[path], wrong) for path, wrong in _misplaced(planned.keys())]
    return Faults(problems)


def _misplaced(paths: Set[str]) -> Iterator[tuple[str, Said]]:
    """Files where folders must be, and others that stand where none may, with what is wrong."""
    bundles = _bundles(paths)
    files = paths - bundles
    folders = _folders(files)
    for path in (folders | _folders(bundles)) & files:
        yield path, said("This file stands where the site has a folder.")
    for bundle in bundles:
        if bundle[:-1] in folders:
            for path in files:
                if path.startswith(bundle):
                    yield path, said("This file stands in a folder that is made as a whole.")
    for path in paths:
        if path.startswith(_OURS):
            yield path, said("This place is the archive's own.")


def lasting(
    planned: Mapping[str, Output], known: Mapping[str, bytes], inventory: Mapping[str, str]
) -> dict[str, bytes]:
    """What is still known where that which all keys share is another: not what has a mark that
    another version of the code gave it.
    """
    return {
        o.path: o.key
        for o in planned.values()
        if o.lasting and known.get(o.path) == o.key and is_mark(inventory.get(o.path, ""))
    }


class Holdings(NamedTuple):
    """The `paths` of a plan beside the site in place: `held` are the files in place of each bundle,
    by its path; `absent` are files that are planned and not in place, `beyond` those in place that
    are not planned.
    """

    paths: Set[str]
    held: Mapping[str, list[str]]
    absent: set[str]
    beyond: set[str]

    def files_of(self, paths: Iterable[str]) -> set[str]:
        """The files of outputs with these paths; of bundles, those in place."""
        return {file for path in paths for file in self.held.get(path, [path])}

    def outputs_of(self, files: Set[str]) -> set[str]:
        """The paths of outputs to which these files belong, and of bundles without a file."""
        bundles = {path for path, its in self.held.items() if not its or files & set(its)}
        return bundles | (self.paths & files)


def holdings_of(paths: Set[str], inventory: Mapping[str, str]) -> Holdings:
    """What the site in place holds of a plan: no bundle has the path of a file."""
    others = {path for path in paths if path not in inventory}
    held: dict[str, list[str]] = {path: [] for path in _bundles(others)}

    @cache
    def bundle_of(folder: str) -> list[str] | None:
        if not folder or folder in held:
            return held.get(folder)
        return bundle_of(folder[: folder.rfind("/", 0, -1) + 1])

    beyond = set()
    for path in [path for path in inventory if path not in paths]:
        files = bundle_of(path[: path.rfind("/") + 1])
        if files is None:
            beyond.add(path)
        else:
            files.append(path)
    return Holdings(paths, held, others - held.keys(), beyond)


def changed_of(outputs: Mapping[str, Output], known: Mapping[str, bytes]) -> set[str]:
    """The paths of the outputs that are known under another key, or not at all."""
    return {path for path, output in outputs.items() if known.get(path) != output.key}


def _bundles(paths: Iterable[str]) -> set[str]:
    """Those of bundles."""
    return {path for path in paths if path.endswith("/")}


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
