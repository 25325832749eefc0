"""Small built sites of which every file says its version, and readers that look for mixed ones."""

import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from plugins.model.inventory import INVENTORY, Inventory, mark_of
from plugins.speaking import Trouble

WRITING = ("os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir", "os.symlink", "open")
"""What a process does to files, as `sys.audit` names it."""

KEPT = (INVENTORY, ".archive/journal", "private.txt")
"""Files of an output folder that are not the site."""


def a_site(folder: Path, version: str, *extra: str, same: int = 3) -> Inventory:
    """Write a site whose files say `version`; `same` files say the same in all versions."""
    files = {path: f"{path} {version}".encode() for path in ("index.html", "feed.atom", *extra)}
    files |= {f"lasting/{number}/index.html": b"lasting" for number in range(same)}
    files["archive.json"] = version.encode()
    for old in sorted(folder.rglob("*"), reverse=True):
        if old.is_dir():
            with suppress(OSError):
                old.rmdir()
        elif old.relative_to(folder).as_posix() not in {*files, *KEPT}:
            old.unlink()
    for path, data in files.items():
        target = folder / path
        if not target.is_file() or target.read_bytes() != data:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
    inventory = Inventory(version.encode(), {path: mark_of(data) for path, data in files.items()})
    (folder / ".archive").mkdir(exist_ok=True)
    (folder / INVENTORY).write_bytes(inventory.encoded)
    return inventory


def version_of(files: dict[str, bytes]) -> str:
    """The version of a whole site, with its paths; a mixed one fails."""
    version = files["archive.json"].decode()
    listed = sorted(files.keys() - {INVENTORY, ".archive/release"})
    for path in listed:
        if not path.startswith("lasting/") and path != "archive.json":
            assert files[path].decode() == f"{path} {version}"
    lines = files[INVENTORY].decode().split("\n")[1:-1]
    assert [line.partition("\t")[0] for line in lines] == listed
    return version


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def in_child(do: Callable[[], object]) -> int:
    """Do something in a process of its own: 0 if it was done, 1 if there was `Trouble`, minus the
    signal if it was killed.
    """
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    code = 70
    try:
        do()
        code = 0
    except Trouble:
        code = 1
    finally:
        os._exit(code)


def killed_at(number: int, do: Callable[[], object]) -> int:
    """Do something in a process that is killed before it touches files for the nth time."""
    left = [number]

    def count(event: str, arguments: tuple[object, ...]) -> None:
        if event in WRITING and (event != "open" or _writes(arguments)):
            left[0] -= 1
            if not left[0]:
                os.kill(os.getpid(), signal.SIGKILL)

    def run() -> None:
        sys.addaudithook(count)
        do()

    return in_child(run)


def _writes(arguments: tuple[object, ...]) -> bool:
    flags = arguments[2]
    return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR))
