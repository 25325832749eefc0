"""Verbs at work on a content folder in hand, as the command line calls them."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from plugins.building.opening import workplace
from plugins.model.notice import ChangeKind
from plugins.speaking import speech
from plugins.writing import change, move, new, translate
from plugins.writing.asking import Clerk
from plugins.writing.new import Wish
from plugins.writing.verb import Done, Holding, carry_out
from tests.building.contents import Content
from tests.building.running import ROOT
from tests.reading.content import lines_of

AS_OF = "2009-06-01T10:20:30+07:00"
"""Now, unless a test gives another instant."""

NOW = "2009-06-01 10:20"


class Desk:
    """A content folder, at which one verb after the other is done."""

    def __init__(self, folder: Path, content: Content | None = None, as_of: str = AS_OF) -> None:
        self.folder = folder / "content"
        self.cache = folder / "cache"
        self.settings: dict[str, Any] = {"AS_OF": as_of, "WORKERS": 1}
        (content or Content()).write(self.folder)

    def do(self, verb: Callable[[Holding], Done], *, asks: bool = False) -> int:
        """The exit code of a verb."""
        folders = {"PATH": str(self.folder), "CACHE_PATH": str(self.cache)}
        folders["OUTPUT_PATH"] = str(self.folder.parent / "output")
        place = workplace(ROOT / "pelicanconf.py", **self.settings, **folders)
        return carry_out(place, Clerk(speech("en"), asks=asks), verb)

    def new(
        self,
        title: str = "Họp báo",
        lang: str = "",
        name: str = "",
        event: bool = False,
        asks: bool = False,
        **values: str,
    ) -> int:
        """`inv new`."""
        wish = Wish(title, lang, event, name, values)
        return self.do(partial(new.new, wish=wish), asks=asks)

    def translate(self, path: str, to: str = "", asks: bool = False, done: bool = False) -> int:
        """`inv translate`."""
        verb = partial(translate.translate, given=path, to=to, is_done=done)
        return self.do(verb, asks=asks)

    def move(self, path: str, to: str = "", name: str = "", folder: str = "") -> int:
        """`inv move`."""
        return self.do(partial(move.move, given=path, to=to, name=name, folder=folder))

    def withdraw(self, path: str, *reasons: str, asks: bool = False) -> int:
        """`inv withdraw`."""
        return self.do(partial(change.withdraw, given=path, reasons=reasons), asks=asks)

    def correct(
        self,
        path: str,
        *notes: str,
        kind: ChangeKind = ChangeKind.CORRECTION,
        asks: bool = False,
    ) -> int:
        """`inv correct`."""
        return self.do(partial(change.correct, given=path, notes=notes, kind=kind), asks=asks)

    def files(self) -> dict[str, bytes]:
        """All files by path, hidden ones too, but for the registries."""
        return {
            path.relative_to(self.folder).as_posix(): path.read_bytes()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file() and path.suffix != ".toml"
        }

    def text(self, path: str) -> str:
        """What a file says."""
        return (self.folder / path).read_bytes().decode()

    def put(self, path: str, text: str | bytes) -> None:
        """Write a file by hand."""
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).write_bytes(text.encode() if isinstance(text, str) else text)

    def faults(self) -> list[str]:
        """What the project's own check finds wrong, but for advice."""
        return [line for line in lines_of(self.folder) if not line.startswith("advice: ")]
