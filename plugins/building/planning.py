"""The plan of a build: which outputs there are to be, and which of them are to be made."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from functools import cache

from plugins.model.inventory import OURS
from plugins.model.output import Output
from plugins.model.problem import Faults, Problem, Said, said

_OURS = f"{OURS}/"


def plan(outputs: Iterable[Output]) -> dict[str, Output]:
    """The outputs by path. Two that want one path are a fault."""
    planned: dict[str, Output] = {}
    problems = []
    for output in outputs:
        if output.path in planned:
            problems += [
                _clash(one, said("Two parts of the site want {path}.", path=output.path))
                for one in (output, planned[output.path])
            ]
        planned[output.path] = output
    if problems:
        raise Faults(problems)
    return planned


def misplaced(paths: Set[str]) -> Iterator[tuple[str, Said]]:
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


def check_places(planned: Mapping[str, Output]) -> None:
    """Raises `Faults` if a file of the plan stands where it may not."""
    problems = [_clash(planned[path], wrong) for path, wrong in misplaced(planned.keys())]
    if problems:
        raise Faults(problems)


def lasting(planned: Mapping[str, Output], known: Mapping[str, bytes]) -> dict[str, bytes]:
    """What is still known where that which all keys share is another."""
    return {o.path: o.key for o in planned.values() if o.lasting and known.get(o.path) == o.key}


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
