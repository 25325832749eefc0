"""Builds: by the command as a webmaster runs it, or within this process, which is quicker."""

import json
import os
import re
import shutil
import sys
from pathlib import Path
from subprocess import PIPE, CompletedProcess, Popen
from tempfile import TemporaryDirectory
from typing import Any

import pelican
from blinker import ANY
from pelican.settings import read_settings

from plugins.building.generator import STAGES
from plugins.building.opening import Workplace, workplace
from tests.building.contents import AS_OF, Content, an_archive

ROOT = Path(__file__).parents[2]
PLUGINS = read_settings(str(ROOT / "pelicanconf.py"))["PLUGINS"]
WITHOUT_SEARCH = [name for name in PLUGINS if not name.endswith(".search")]
MANY = (".pictures", ".home", ".feeds", ".calendars", ".embeds", ".search", ".manifest")
FEW_STAGES = [name for name in PLUGINS if not name.endswith(MANY)]
"""What puts out files of every order, and not many of each."""

GIVEN = {"AS_OF": AS_OF, "WORKERS": 1}
"""Settings of every trial that does not give others."""

COMPILED = TemporaryDirectory()

Tree = dict[str, bytes | None]
"""What a folder holds by path, hidden files too; folders end with a slash and hold nothing."""


def tree(folder: Path) -> Tree:
    """All files of a folder with their bytes, and all its folders."""
    return {
        f"{path.relative_to(folder).as_posix()}{'/' * path.is_dir()}": (
            None if path.is_dir() else path.read_bytes()
        )
        for path in sorted(folder.rglob("*"))
    }


def times(folder: Path) -> dict[str, int]:
    """When each file was written, in nanoseconds."""
    return {
        path.relative_to(folder).as_posix(): path.stat().st_mtime_ns
        for path in folder.rglob("*")
        if path.is_file()
    }


def difference(one: Tree, other: Tree) -> list[str]:
    """The paths at which two trees differ, each with how."""
    return [
        *(f"only in the first: {path}" for path in sorted(one.keys() - other.keys())),
        *(f"only in the second: {path}" for path in sorted(other.keys() - one.keys())),
        *(f"not the same: {p}" for p in sorted(one.keys() & other.keys()) if one[p] != other[p]),
    ]


LISTING = re.compile(
    r"(?:vi|en)/(?:tags/|feeds/|search/|embed/(?:[^/]+/){0,2}|\d{4}/(?:\d\d/)?|(?:bulletins|events|(?:tag|category)/[^/]+)/(?:\d{4}/(?:\d\d/)?)?)?"
    r"index\.html"
)


def rank(path: str) -> int:
    """When a file of the site is put in place: 0 what pages show, 1 pages, 2 the index, 3 listings,
    4 feeds.
    """
    if path.endswith((".xml", ".ics", ".atom", "feed.json", ".opml")) or path == "robots.txt":
        return 4
    if re.fullmatch(r"archive(?:/\d{4})?\.json|trial/parts\.txt", path):
        return 4
    if re.match(r"(?:vi|en)/search/.+/", path):
        return 2
    if not path.endswith(".html"):
        return 0
    return 3 if LISTING.fullmatch(path) else 1


def arguments(content: Path, out: Path, cache: Path, **settings: Any) -> list[str]:
    """Pelican's arguments; the instant is `AS_OF` and one process builds unless it is given."""
    given = {"CACHE_PATH": str(cache)} | GIVEN | settings
    extra = [f"{key}={json.dumps(value)}" for key, value in given.items()]
    return [str(content), "-o", str(out), "--fatal", "errors", "-e", *extra]


def start(
    content: Path,
    out: Path,
    cache: Path,
    root: Path = ROOT,
    variables: dict[str, str] | None = None,
    **settings: Any,
) -> Popen[str]:
    """Start a build by the command, as a group of processes.

    `root` is the repository, `variables` are of the environment.
    """
    with_templates(cache)
    command = [sys.executable, "-m", "pelican", *arguments(content, out, cache, **settings)]
    return Popen(
        [*command, "-s", "pelicanconf.py"],
        cwd=root,
        env=os.environ | {"COLUMNS": "500"} | (variables or {}),
        stdout=PIPE,
        stderr=PIPE,
        encoding="utf-8",
        start_new_session=True,
    )


def run(content: Path, out: Path, cache: Path, **others: Any) -> CompletedProcess[str]:
    """Build by the command, and wait until it ends, well or not."""
    process = start(content, out, cache, **others)
    said, complained = process.communicate(timeout=120)
    return CompletedProcess(process.args, process.returncode, said, complained)


def build(content: Path, out: Path, cache: Path, **others: Any) -> str:
    """Build by the command, which must end well; gives what it said."""
    done = run(content, out, cache, **others)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout


def with_templates(cache: Path) -> None:
    """Give a new cache the templates that were compiled before: that takes longer than a build."""
    if cache.is_file():
        return
    cache.mkdir(parents=True, exist_ok=True)
    if not (cache / "templates").exists():
        (cache / "templates").symlink_to(COMPILED.name)


def counts(said: str) -> dict[str, int]:
    """The numbers of a build's last line, by what they count."""
    words = "sources|read|re-read|files built|unchanged|removed"
    return {what: int(number) for number, what in re.findall(rf"(\d+) ({words})\b", said)}


def build_here(content: Path, out: Path, cache: Path, **settings: Any) -> None:
    """Build as `pelican.main` does, without its log and its exit: what is raised is raised.

    Stages of an earlier build in this process have left.
    """
    forget_stages()
    with_templates(cache)
    given = [*arguments(content, out, cache, **settings), "-s", str(ROOT / "pelicanconf.py")]
    instance, _ = pelican.get_instance(pelican.parse_arguments(given))
    instance.run()


def forget_stages() -> None:
    """Stages of an earlier build in this process leave."""
    for outputs in list(STAGES.receivers_for(ANY)):
        STAGES.disconnect(outputs)


class Trial:
    """A content in hand with its folders, and the settings that it is built with."""

    def __init__(self, folder: Path, content: Content | None = None, **settings: Any) -> None:
        self.content = content or an_archive()
        self.settings = settings
        self.source, self.out, self.cache = folder / "content", folder / "output", folder / "cache"
        self._clean = folder / "clean"

    @property
    def folders(self) -> tuple[Path, Path, Path]:
        """Content, output, cache; the content as it is in hand."""
        return self.content.write(self.source), self.out, self.cache

    @property
    def workplace(self) -> Workplace:
        """Where the verbs work that do not build, with the content as it is in hand."""
        return workplace(ROOT / "pelicanconf.py", **self.given)

    @property
    def given(self) -> dict[str, Any]:
        """All settings that are this trial's own, with the content as it is in hand."""
        content, out, cache = self.folders
        folders = {"PATH": str(content), "OUTPUT_PATH": str(out), "CACHE_PATH": str(cache)}
        return GIVEN | self.settings | folders

    def build(self) -> None:
        """Build within this process, with the content as it is in hand."""
        build_here(*self.folders, **self.settings)

    def build_as_it_is(self) -> None:
        """Build within this process, with the content folder as it is."""
        build_here(self.source, self.out, self.cache, **self.settings)

    def run(self, **others: Any) -> str:
        """Build by the command; gives what it said."""
        return build(*self.folders, **self.settings | others)

    def tree(self) -> Tree:
        """The output folder."""
        return tree(self.out)

    def clean(self) -> Tree:
        """What a clean build gives, within this process, in another output folder."""
        source, _, _ = self.folders
        build_here(source, self._clean / "output", self._clean / "cache", **self.settings)
        found = tree(self._clean / "output")
        shutil.rmtree(self._clean)
        return found

    def untouched(self, before: Tree) -> list[str]:
        """How the output folder differs from what it was before."""
        return difference(before, self.tree())
