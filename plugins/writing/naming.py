"""From what a webmaster writes on the command line to a place in the content folder.

A path may be written from the folder where she is or from the content folder, with or without its
language; it never leads out of the content folder, and nothing here reads a file.
"""

import os
import re
from collections.abc import Iterable
from pathlib import Path
from posixpath import basename, dirname

from plugins.model.problem import said
from plugins.reading.header import nearest
from plugins.reading.library import PAGES
from plugins.reading.values import NOTICE_ID, STEM, slugify
from plugins.writing.asking import Clerk

LONGEST_STEM = 80
"""Characters of a file's name that is made from a title."""

_FOLDER = re.compile(r"[0-9]{4}/(?:0[1-9]|1[0-2])")


def shown(content: Path, path: str) -> str:
    """A path of the content folder as it can be typed from here."""
    return (Path(_from_here(content)) / path).as_posix()


def stem_of(content: Path, given: str, stems: Iterable[str], clerk: Clerk) -> str:
    """The stem of the notice that a path names, one of `stems`. Raises `Refused`."""
    inner = inside(content, given, clerk)
    bare = _bare(inner)
    if bare.startswith(f"{PAGES}/"):
        raise clerk.refusal(
            said(
                "{path} is a standing page. Pages have no status, no history and no id: edit the"
                " file.",
                path=given,
            )
        )
    known = sorted(stems)
    for stem in (inner, bare, f"{_below(content)}/{bare}"):
        if stem in known:
            return stem
    near = nearest(bare, [stem for stem in known if NOTICE_ID.fullmatch(stem)])
    if near:
        raise clerk.refusal(
            said("There is no notice {path}. Is it {near}?", path=given, near=shown(content, near))
        )
    raise clerk.refusal(said("There is no notice {path}.", path=given))


def new_stem(content: Path, given: str, old: str, clerk: Clerk) -> str:
    """The stem that a path names for a notice that is moved from `old`: a folder of a month keeps
    its name. Raises `Refused`.
    """
    inner = inside(content, given, clerk)
    stem = f"{inner}/{basename(old)}" if _FOLDER.fullmatch(inner) else _bare(inner)
    if not NOTICE_ID.fullmatch(stem):
        name = slugify(basename(stem)) or basename(old)
        folder = dirname(stem) if _FOLDER.fullmatch(dirname(stem)) else dirname(old)
        raise clerk.refusal(
            said(
                "{path} is not the place of a notice. Write it like “{example}”.",
                path=given,
                example=f"{folder}/{name}",
            )
        )
    return stem


def inside(content: Path, given: str, clerk: Clerk) -> str:
    """A path relative to the content folder, without a slash at its end. Raises `Refused`."""
    path, parts = Path(given).as_posix(), Path(given).parts
    is_inside = not Path(given).is_absolute() or path.startswith(f"{content.as_posix()}/")
    if not parts or not is_inside or ".." in parts or "\\" in given or "\0" in given:
        raise clerk.refusal(
            said(
                "“{path}” is not a path in the content folder. Write it like “{example}”.",
                path=given,
                example="2008/03/hoi-nghi",
            )
        )
    for prefix in (content.as_posix(), _from_here(content), content.name):
        if path.startswith(f"{prefix}/"):
            return path.removeprefix(f"{prefix}/")
    return path


def name_of(title: str) -> str:
    """A file's name from a title: cut at a word's end; nothing if the title has no letters."""
    name = slugify(title)
    if len(name) <= LONGEST_STEM:
        return name
    return name[: LONGEST_STEM + 1].rpartition("-")[0] or name[:LONGEST_STEM]


def is_name(text: str) -> bool:
    """Whether a text can be a file's name without its language, and part of an address."""
    return STEM.fullmatch(text) is not None


def is_folder(text: str) -> bool:
    """Whether a text names the folder of a month."""
    return _FOLDER.fullmatch(text) is not None


def _from_here(content: Path) -> str:
    here = os.path.relpath(content, Path.cwd().resolve())
    return content.as_posix() if here.startswith("..") else here


def _below(content: Path) -> str:
    """The folder of the content where she is; nothing outside it."""
    here = Path.cwd().resolve()
    return here.relative_to(content).as_posix() if here.is_relative_to(content) else ""


def _bare(path: str) -> str:
    """A path without its language and its ending."""
    folder, name = dirname(path), basename(path)
    bare = name[: -len(".md")].rpartition(".")[0] if name.endswith(".md") else name
    return f"{folder}/{bare}" if folder else bare
