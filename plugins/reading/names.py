"""What people call a key in their own language; the names are data, `names.toml`."""

import tomllib
from functools import cache
from pathlib import Path
from unicodedata import normalize


def key_named(name: str, known: tuple[str, ...]) -> str:
    """The one of the known keys that people call so, with or without marks; else nothing."""
    key = _names().get(_plain(name), "")
    return key if key in known else ""


@cache
def _names() -> dict[str, str]:
    tables = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return {
        _plain(name): key
        for table in tables.values()
        for key, names in table.items()
        for name in names
    }


def _plain(name: str) -> str:
    """Letters without marks, case, spaces and hyphens; NFD leaves đ whole."""
    letters = normalize("NFD", name.casefold().replace("đ", "d"))
    return "".join(letter for letter in letters if letter.isalpha())
