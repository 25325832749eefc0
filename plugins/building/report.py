"""What the webmaster is told during a build: progress, problems, one line at the end."""

import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from plugins.model.problem import Faults, Problem, Said
from plugins.speaking import WRITTEN, Speech, speech

Item = TypeVar("Item")

SHOWN = 20
"""Kinds of advice that are printed; faults are printed all."""


class Report:
    """Speaks to a console; a progress bar is drawn on a terminal only."""

    def __init__(self, console: Console, words: Speech | None = None) -> None:
        self._console = console
        self.words = words or speech(WRITTEN)
        self._began = time.monotonic()
        self._phases: list[str] = []
        self._last = self._began

    def say(self, text: str) -> None:
        """A line."""
        self._console.print(text, markup=False, highlight=False, soft_wrap=True)

    def track(self, doing: str, items: Iterable[Item], total: int) -> Iterator[Item]:
        """The items as they come, with a bar; on no terminal, one line for many items."""
        if not self._console.is_terminal:
            if total > 1000:
                self.say(f"{doing}: {total:,}")
            yield from items
            return
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, console=self._console, transient=True) as progress:
            yield from progress.track(items, total=total, description=doing)

    def phase(self, name: str) -> None:
        """A phase is over; its time is told in the summary."""
        now = time.monotonic()
        self._phases.append(f"{name} {now - self._last:.1f}")
        self._last = now

    def faults(self, faults: Faults) -> None:
        """Every fault, one a line, on standard error."""
        for problem in faults.problems:
            print(self.words.problem(problem), file=sys.stderr)
        told = self.words.count(
            "{number} fault. Nothing was built; the output folder is as it was.",
            "{number} faults. Nothing was built; the output folder is as it was.",
            len(faults.problems),
        )
        print(told, file=sys.stderr)

    def advices(self, problems: list[Problem], file: Path) -> None:
        """Advice: each kind once, with its first place; all of it in a file."""
        kinds: dict[Said, list[Problem]] = {}
        for problem in sorted(set(problems)):
            kinds.setdefault(problem.message, []).append(problem)
        lines = [self.words.problem(problem) for some in kinds.values() for problem in some]
        file.write_text("".join(f"{line}\n" for line in lines), "utf-8")
        for first, *others in list(kinds.values())[:SHOWN]:
            advice = self.words.text("advice: {problem}", problem=self.words.problem(first))
            more = self.words.text("({number} more like this)", number=len(others))
            self.say(f"{advice} {more}" if others else advice)
        if len(kinds) > SHOWN or any(len(some) > 1 for some in kinds.values()):
            self.say(self.words.text("All advice is in {file}.", file=file))

    def strangers(self, paths: list[str]) -> None:
        """Files of somebody else that stood where an output belongs."""
        if paths:
            told = self.words.text(
                "{number} files in the output folder were not this archive's and were replaced:"
                " {paths}",
                number=f"{len(paths):,}",
                paths=", ".join(paths[:5]),
            )
            self.say(told if len(paths) <= 5 else f"{told} …")

    def summary(self, counts: str) -> None:
        """The line at the end."""
        total = time.monotonic() - self._began
        self.say(
            self.words.text(
                "{counts} in {total} s ({phases}).",
                counts=counts,
                total=f"{total:.2f}",
                phases=", ".join(self._phases),
            )
        )
