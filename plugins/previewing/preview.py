"""What is shown now: the last good snapshot, and what has been wrong since it was taken."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from secrets import token_hex
from typing import NamedTuple

from msgspec import Struct

from plugins.building.gathering import judged, told_problems
from plugins.building.opening import Workplace
from plugins.model.output import Output, Press, file_of
from plugins.model.problem import Level, Problem
from plugins.model.site import Site
from plugins.previewing.memory import Memory
from plugins.previewing.snapshot import Snapshot, Stage, Waiting
from plugins.speaking import Speech


class Fault(Struct, frozen=True):
    """A fault of the content, in words: `place` is `path:line`."""

    place: str
    text: str


class News(Struct, frozen=True):
    """What a browser is told: whether its page has changed and where it is now, what is not public
    yet by address, what is wrong.
    """

    has_changed: bool
    address: str
    waiting: dict[str, str]
    heading: str
    faults: tuple[Fault, ...]


class Shown(NamedTuple):
    """A file, and what stands for the bytes that it was made of."""

    data: bytes
    key: str


class Preview:
    """Makes files when they are asked for. One thread may use it."""

    def __init__(
        self,
        place: Workplace,
        memory: Memory,
        stages: list[Stage],
        press: Callable[[Site], Press],
        clock: Callable[[], datetime],
        speech: Speech,
    ) -> None:
        self._place = place
        self._memory = memory
        self._stages = stages
        self._make_press = press
        self._clock = clock
        self._speech = speech
        self._stage_of: dict[str, int] = {}
        self._made: dict[str, tuple[str, Mapping[str, bytes]]] = {}
        self._faults: list[Problem] = []
        self._snapshot: Snapshot | None = None
        self._before: Snapshot | None = None
        self._good: Snapshot | None = None
        self._press: Press | None = None
        self._generation = ""
        self._renew()
        self.judge()

    def take(self, paths: Iterable[str]) -> None:
        """Files of the content folder were saved. What is wrong between notices, `judge` says."""
        self._memory.take(paths)
        self._renew()

    def take_theme(self) -> None:
        """The theme was changed: everything may look otherwise."""
        self._press = None
        self._renew()

    def file(self, path: str) -> Shown | None:
        """A file of the site, if there is one."""
        output = self._output(path)
        if not output or not self._press:
            return None
        key = self._key(output)
        made, files = self._made.get(output.path, ("", {}))
        if made != key:
            files = output.made(self._press).files
            self._made[output.path] = key, files
        return Shown(files[path], key) if path in files else None

    def news(self, address: str, key: str) -> News:
        """What the browser must know that shows the page of an address, made of `key`."""
        output = self._output(file_of(address))
        moved = "" if output else self._moved(address)
        return News(
            has_changed=bool(moved) or bool(output and self._key(output) != key),
            address=moved or address,
            waiting=self._waiting(),
            heading=self._speech.text("What is shown is the last good state.")
            if self._snapshot
            else self._speech.text("There is nothing to show until this is mended."),
            faults=tuple(self._told(fault) for fault in self._faults),
        )

    def _told(self, fault: Problem) -> Fault:
        message, remedy = self._speech.say(fault.message), self._speech.say(fault.remedy)
        return Fault(f"{fault.path}:{fault.line}", f"{fault.key}: {message} {remedy}")

    def judge(self) -> None:
        """Look for what is wrong between notices; that takes longer than to show a page."""
        self._faults = _faults(judged(self._memory.material, self._place.content))
        if self._faults and self._good:
            self._snapshot = self._good
        elif not self._faults:
            self._good = self._snapshot

    def _renew(self) -> None:
        """Take a new snapshot, if nothing is wrong with the files themselves."""
        material = self._memory.material
        self._faults = _faults(told_problems(material))
        if self._faults:
            return
        if self._press is None or self._press.site != material.site:
            self._press = self._make_press(material.site)
            self._generation = token_hex(4)
            self._made.clear()
        self._before = self._snapshot
        self._snapshot = Snapshot(material, self._stages, self._clock())

    def _output(self, path: str) -> Output | None:
        if not self._snapshot:
            return None
        output, self._stage_of[path] = self._snapshot.output(path, self._stage_of.get(path, 0))
        return output

    def _key(self, output: Output) -> str:
        return f"{self._generation}.{output.key.hex()}"

    def _moved(self, address: str) -> str:
        """Where the notice is now that stood at an address before the last save."""
        if not self._before or not self._snapshot:
            return ""
        return self._snapshot.address_of(self._before.source_at(address))

    def _waiting(self) -> dict[str, str]:
        waiting = self._snapshot.waiting if self._snapshot else {}
        return {address: self._worded(one) for address, one in waiting.items()}

    def _worded(self, waiting: Waiting) -> str:
        if waiting.is_draft:
            return self._speech.text("Draft")
        at = waiting.at.astimezone(self._memory.material.site.zone)
        return self._speech.text("To appear on {at}", at=f"{at:%Y-%m-%d %H:%M}")


def _faults(problems: Iterable[Problem]) -> list[Problem]:
    return sorted({problem for problem in problems if problem.level == Level.FAULT})
