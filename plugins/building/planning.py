"""The plan of a build: which outputs there are to be, and which of them are to be made."""

from collections.abc import Collection, Iterable, Mapping, Set
from functools import cache

from plugins.model.inventory import OURS
from plugins.model.output import Output
from plugins.model.problem import Faults, Problem, Said, said

_OURS = f"{OURS}/"


def plan(outputs: Iterable[Output], known: Mapping[str, bytes]) -> dict[str, Output]:
    """The outputs by path. Two that want one path, or a file where a folder must be, are faults.

    `known` are the paths of a plan that had no fault: among the same paths there is none.
    """
    planned: dict[str, Output] = {}
    problems = []
    for output in outputs:
        if output.path in planned:
            problems += [
                _clash(one, said("Two parts of the site want {path}.", path=output.path))
                for one in (output, planned[output.path])
            ]
        planned[output.path] = output
    if planned.keys() != known.keys():
        problems += _clashes(planned)
    if problems:
        raise Faults(problems)
    return planned


def _clashes(planned: Mapping[str, Output]) -> list[Problem]:
    """Files where folders must be, and others that stand where none may."""
    bundles = _bundles(planned)
    files = planned.keys() - bundles
    folders = _folders(files)
    problems = [
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
    return problems


def lasting(planned: Mapping[str, Output], known: Mapping[str, bytes]) -> dict[str, bytes]:
    """What is still known where that which all keys share is another."""
    return {o.path: o.key for o in planned.values() if o.lasting and known.get(o.path) == o.key}


def held_by(planned: Mapping[str, Output], inventory: Mapping[str, str]) -> dict[str, list[str]]:
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


def files_of(paths: Collection[str], held: Mapping[str, list[str]]) -> set[str]:
    """The files of outputs with these paths; of bundles, those in place."""
    bundles = _bundles(paths)
    return set(paths).difference(bundles).union(*(held[path] for path in bundles))


def to_make(
    planned: Mapping[str, Output],
    known: Mapping[str, bytes],
    held: Mapping[str, list[str]],
    lacking: Set[str],
) -> list[Output]:
    """The outputs that are to be made, in the order in which they are put in place."""
    partial = {path for path, files in held.items() if not files or lacking & set(files)}
    found = [
        output
        for path, output in planned.items()
        if known.get(path) != output.key or path in lacking or path in partial
    ]
    return sorted(found, key=lambda output: (output.order, output.path))


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
