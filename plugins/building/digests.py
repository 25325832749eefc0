"""Digests of what all outputs share: the code, the theme, the packages that they go through."""

import os
import sys
from collections.abc import Iterable
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from platform import python_version

PLUGINS = Path(__file__).parents[1]
PACKAGES = (
    "babel",
    "feedgen",
    "icalendar",
    "jinja2",
    "lxml",
    "markdown",
    "msgspec",
    "nh3",
    "pagefind",
    "pagefind-bin",
    "pelican",
    "pillow",
)
"""Packages whose version the bytes may depend on."""


def of_code(*folders: str) -> bytes:
    """The archive's own code in these folders of `plugins/`, its data (`.toml`), and the packages
    below it.
    """
    return _of_files([f"{PLUGINS}/{folder}" for folder in folders], (".py", ".toml"), _packages())


@cache
def _packages() -> bytes:
    packages = "".join(f"{name} {version(name)}\n" for name in PACKAGES)
    return f"{packages}{python_version()}\n".encode()


def of_modules(names: Iterable[str]) -> bytes:
    """Modules wherever they lie: stages may come from other packages."""
    found = blake2b(digest_size=16)
    for name in sorted(names):
        found.update(name.encode())
        found.update(Path(sys.modules[name].__file__ or "").read_bytes())
    return found.digest()


def of_theme(theme: Path) -> bytes:
    """Every file of a theme."""
    return _of_files([str(theme)], ("",), b"")


def _of_files(folders: Iterable[str], endings: tuple[str, ...], start: bytes) -> bytes:
    """All files of folders whose names end so; wherever the folders lie, it is the same."""
    found = blake2b(start, digest_size=16)
    for above in folders:
        found.update(b"/\n")
        for folder, inside, names in os.walk(above):
            inside.sort()
            for path in sorted(f"{folder}/{name}" for name in names if name.endswith(endings)):
                if not os.path.isfile(path):  # noqa: PTH113 (called for each file)
                    continue  # a link that leads nowhere, as some editors make
                with open(path, "rb", buffering=0) as file:  # noqa: PTH123 (as above)
                    data = file.read()
                found.update(f"{path[len(above) :]} {len(data)}\n".encode())
                found.update(data)
    return found.digest()
