"""The plan of a build: which outputs there are to be, and which of them are to be made."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from functools import cache

from plugins.model.inventory import OURS, is_mark
from plugins.model.output import Output
from plugins.model.problem import Faults, Problem, Said, said

_OURS = f"{OURS}/"


class Clash(Exception):
    """Outputs stand in each other's way; `clashes` tells which."""


def plan(outputs: Iterable[Output]) -> dict[str, Output]:
    """The outputs by path. Raises `Clash` if two want one path."""
    listed = list(outputs)
    planned = {output.path: output for output in listed}
    if len(planned) < len(listed):
        raise Clash
    return planned


def both(paths: Set[str], others: Set[str]) -> set[str]:
    """The paths of two plans. Raises `Clash` if both want one."""
    if not others.isdisjoint(paths):
        raise Clash
    return {*paths, *others}


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


def held_by(paths: Set[str], inventory: Mapping[str, str]) -> dict[str, list[str]]:
    """The files that each bundle among the paths has in place."""
    held: dict[str, list[str]] = {path: [] for path in _bundles(paths)}

    @cache
    def bundle_of(folder: str) -> list[str] | None:
        if not folder or folder in held:
            return held.get(folder)
        return bundle_of(folder[: folder.rfind("/", 0, -1) + 1])

    for path in inventory.keys() - paths:
        files = bundle_of(path[: path.rfind("/") + 1])
        if files is not None:
            files.append(path)
    return held


def files_of(paths: Collection[str], held: Mapping[str, list[str]]) -> set[str]:
    """The files of outputs with these paths; of bundles, those in place."""
    bundles = _bundles(paths)
    return set(paths).difference(bundles).union(*(held[path] for path in bundles))


def changed_of(outputs: Mapping[str, Output], known: Mapping[str, bytes]) -> set[str]:
    """The paths of the outputs that are known under another key, or not at all."""
    return {path for path, output in outputs.items() if known.get(path) != output.key}


def partial_of(paths: Set[str], held: Mapping[str, list[str]], lacking: Set[str]) -> set[str]:
    """The paths of the outputs of which a file is lacking."""
    bundles = {path for path, its in held.items() if not its or lacking & set(its)}
    return bundles.union(paths & lacking)


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
