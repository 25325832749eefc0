"""What an audit is told of the site beforehand: where it stands, what it must not say."""

from pathlib import Path

from msgspec import Struct

from plugins.building.gathering import Gathered
from plugins.building.opening import Workplace


class Brief(Struct, frozen=True):
    """`url` is the site's address; `secret` are words that stand in no file, each with the source
    that it is of; `page` and `file` are the most bytes of an HTML page and of any other file.
    `memory` is the folder in which the audit remembers.
    """

    url: str
    languages: tuple[str, ...]
    secret: dict[str, str]
    page: int
    file: int
    memory: Path
    workers: int


def brief_of(place: Workplace, gathered: Gathered) -> Brief:
    """What the content and the settings tell."""
    raise NotImplementedError
