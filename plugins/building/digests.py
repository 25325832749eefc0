"""Digests of what all outputs share: the code, the theme, the packages that they go through."""

import sys
from collections.abc import Iterable
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
    packages = "".join(f"{name} {version(name)}\n" for name in PACKAGES)
    inside = (file for folder in folders for file in (PLUGINS / folder).rglob("*.*"))
    files = (file for file in inside if file.suffix in (".py", ".toml"))
    return _of_files(PLUGINS, files, f"{packages}{python_version()}\n".encode())


def of_modules(names: Iterable[str]) -> bytes:
    """Modules wherever they lie: stages may come from other packages."""
    found = blake2b(digest_size=16)
    for name in sorted(names):
        found.update(name.encode())
        found.update(Path(sys.modules[name].__file__ or "").read_bytes())
    return found.digest()


def of_theme(theme: Path) -> bytes:
    """Every file of a theme."""
    return _of_files(theme, (file for file in theme.rglob("*") if file.is_file()), b"")


def _of_files(root: Path, files: Iterable[Path], start: bytes) -> bytes:
    found = blake2b(start, digest_size=16)
    for file in sorted(files):
        data = file.read_bytes()
        found.update(f"{file.relative_to(root).as_posix()} {len(data)}\n".encode())
        found.update(data)
    return found.digest()
