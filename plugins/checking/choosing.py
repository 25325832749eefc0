"""The paths that a webmaster, a shell or git gives: which files of the content they mean."""

import os
from pathlib import Path
from typing import NamedTuple
from unicodedata import normalize

from plugins.model.problem import Said, said


class Chosen(NamedTuple):
    """Paths below the content folder, in composed Unicode: files, or folders with all that is in
    them; none means everything. `strange` says what could not be understood.
    """

    paths: frozenset[str]
    strange: tuple[Said, ...] = ()

    def has(self, path: str) -> bool:
        """Whether a path of a problem is among them."""
        if not self.paths:
            return True
        name = normalize("NFC", path)
        folders = (name[:index] for index, sign in enumerate(name) if sign == "/")
        return name in self.paths or any(folder in self.paths for folder in folders)


def chosen(given: list[str], content: Path, here: Path) -> Chosen:
    """What `given` means to someone who works in the folder `here`."""
    paths, strange = set(), []
    for name in given:
        found = _below(name, content, here)
        if isinstance(found, Said):
            strange.append(found)
        else:
            paths.add(found)
    everything = "." in paths
    return Chosen(frozenset() if everything else frozenset(paths), tuple(strange))


def _below(name: str, content: Path, here: Path) -> str | Said:
    """The path of a file below the content folder; it need not be one that is read."""
    try:
        where = next(filter(os.path.lexists, _forms(here / name)), None)
    except ValueError:  # a name that holds a zero byte
        where = None
    if where is None:
        return said("There is no file {path}.", path=name)
    real = where.resolve() if where.name in ("", "..") else where.parent.resolve() / where.name
    for root in (content.resolve(), content.absolute()):
        if real.is_relative_to(root):
            return normalize("NFC", real.relative_to(root).as_posix())
    return said("{path} is not in the content folder, {content}.", path=name, content=content)


def _forms(path: Path) -> list[Path]:
    """A path as it is given, and in both forms of Unicode: disks and programs differ."""
    return [path, Path(normalize("NFC", str(path))), Path(normalize("NFD", str(path)))]
