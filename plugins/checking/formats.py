"""How problems are told: to people, to programs, to a pull request."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from plugins.model.problem import Level, Problem
from plugins.speaking import Speech

Format = Callable[[list[Problem], Speech, str], Iterator[str]]
"""Lines for standard output; the last argument is the way to the content from the repository."""

_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_COMMANDS = {Level.FAULT: "error", Level.ADVICE: "warning"}


def text(problems: list[Problem], words: Speech, _: str) -> Iterator[str]:
    """A line each, as a build tells it: `path:line: key: what is wrong. What to write instead.`"""
    for problem in problems:
        line = words.problem(problem)
        if problem.level == Level.ADVICE:
            line = words.text("advice: {problem}", problem=line)
        yield visible(line)


def json_list(problems: list[Problem], words: Speech, _: str) -> Iterator[str]:
    """A list of objects; paths are those below the content folder."""
    told = [
        {
            "path": problem.path,
            "line": problem.line,
            "key": problem.key,
            "level": str(problem.level),
            "message": words.say(problem.message),
            "remedy": words.say(problem.remedy),
        }
        for problem in problems
    ]
    whole = json.dumps(told, ensure_ascii=False, indent=1)
    yield whole.encode(errors="backslashreplace").decode()


def github(problems: list[Problem], words: Speech, prefix: str) -> Iterator[str]:
    """Workflow commands of GitHub Actions, which it shows beside the lines of a pull request: of a
    step the first ten faults and the first ten pieces of advice, so faults come first.
    """
    for problem in sorted(problems, key=lambda problem: problem.level != Level.FAULT):
        command = _COMMANDS[Level(problem.level)]
        path = f"{prefix}/{problem.path}" if prefix else problem.path
        place = f"file={_property(path)},line={problem.line},title={_property(problem.key)}"
        message = f"{words.say(problem.message)} {words.say(problem.remedy)}"
        yield f"::{command} {place}::{_data(message)}"


FORMATS: dict[str, Format] = {"text": text, "json": json_list, "github": github}


def from_repository(content: Path) -> str:
    """The way to the content folder from the root of its git repository; its name outside one."""
    folder = content.resolve()
    for root in (folder, *folder.parents):
        if (root / ".git").exists():
            way = folder.relative_to(root).as_posix()
            return "" if way == "." else way
    return folder.name


def visible(line: str) -> str:
    """A line without signs that a terminal would obey: text of a source is quoted in it."""
    return _UNSEEN.sub(lambda sign: f"\\u{ord(sign[0]):04x}", line)


def _data(message: str) -> str:
    """Escaped as the toolkit of GitHub Actions does it (`@actions/core`, command.ts)."""
    return message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")
