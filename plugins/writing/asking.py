"""How the verbs that write talk with the webmaster: what they made, what they ask, why they refuse.

What was made is printed on standard output, so that a path can be handed on; all else, questions
too, on standard error. Nothing is asked unless somebody sits at a terminal.
"""

import sys
from collections.abc import Callable
from unicodedata import normalize

from plugins.model.problem import Said, said
from plugins.reading.values import Unreadable
from plugins.speaking import Speech

Check = Callable[[str], object]
"""Raises `Unreadable` for an answer that cannot be taken."""


class Refused(Exception):
    """Nothing was written; the text says why."""


class Clerk:
    """Talks in one language; `asks` says whether there is somebody who can answer."""

    def __init__(self, words: Speech, *, asks: bool | None = None) -> None:
        self.words = words
        self.asks = _at_a_terminal() if asks is None else asks

    def made(self, line: str) -> None:
        """A line of what was made or done."""
        print(line)

    def did(self, sentence: Said) -> None:
        """What was done, in words."""
        print(self.words.say(sentence))

    def note(self, sentence: Said) -> None:
        """A remark beside what was made."""
        self.show(self.words.say(sentence))

    def show(self, line: str) -> None:
        """A line beside what was made, as it is."""
        print(line, file=sys.stderr)

    def refusal(self, sentence: Said) -> Refused:
        """Why nothing is written."""
        return Refused(self.words.say(sentence))

    def ask(self, question: Said, check: Check = str, *, needed: bool = True) -> str:
        """An answer that `check` takes; an empty one only if none is needed.

        Raises `Refused` when the input ends.
        """
        while True:
            print(f"{self.words.say(question)} ", end="", file=sys.stderr, flush=True)
            line = sys.stdin.readline()
            if not line:
                self.show("")
                raise self.refusal(said("Nothing was written."))
            answer = plain(line)
            if not answer and not needed:
                return ""
            try:
                check(answer)
            except Unreadable as fault:
                self.show(f"{self.words.say(fault.message)} {self.words.say(fault.remedy)}")
                continue
            if answer:
                return answer

    def agrees(self, question: Said) -> bool:
        """Whether the answer begins as the word for yes does."""
        answer = self.ask(question, needed=False).casefold()
        return bool(answer) and answer[0] in {"y", self.words.text("yes")[0]}


def plain(text: str) -> str:
    """What was typed, as a value of one line: composed Unicode, single spaces, none around it."""
    return " ".join(normalize("NFC", text).split())


def _at_a_terminal() -> bool:
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))
