"""Tests of `plugins/checking/formats.py`."""

import json
from pathlib import Path

from plugins.checking.formats import FORMATS, from_repository
from plugins.model.problem import Level, Problem, said
from plugins.speaking import speech

FAULT = Problem(
    "2008/03/a,b:c.vi.md", 4, "Title", said("It is “{word}”.", word="50%\nof"), said("No.")
)
ADVICE = Problem("2008/03/b.vi.md", 1, "file", said("Old."), said("New."), Level.ADVICE)
PROBLEMS = [FAULT, ADVICE]


def told(form: str, problems: list[Problem], language: str = "en") -> list[str]:
    """What a format prints, of the content in a folder `content` of its repository."""
    return list(FORMATS[form](problems, speech(language), "content"))


def test_text_is_what_a_build_says() -> None:
    """A line each; what a terminal would obey is shown as what it is."""
    escape = Problem("a", 1, "file", said("{line}", line="\x1b[31mred\x9b"), said("."))
    assert told("text", [ADVICE, escape]) == [
        "advice: 2008/03/b.vi.md:1: file: Old. New.",
        "a:1: file: \\u001b[31mred\\u009b .",
    ]
    assert told("text", [ADVICE], "vi") == ["gợi ý: 2008/03/b.vi.md:1: file: Old. New."]


def test_json_is_a_list() -> None:
    """An object each, with these fields and no other; nothing is an empty list."""
    assert json.loads("\n".join(told("json", PROBLEMS))) == [
        {
            "path": "2008/03/a,b:c.vi.md",
            "line": 4,
            "key": "Title",
            "level": "fault",
            "message": "It is “50%\nof”.",
            "remedy": "No.",
        },
        {
            "path": "2008/03/b.vi.md",
            "line": 1,
            "key": "file",
            "level": "advice",
            "message": "Old.",
            "remedy": "New.",
        },
    ]
    assert json.loads("".join(told("json", []))) == []


def test_github_is_told_by_workflow_commands() -> None:
    """One line a problem, faults first, with the escapes of the toolkit; paths are the
    repository's.
    """
    assert told("github", [ADVICE, FAULT]) == [
        "::error file=content/2008/03/a%2Cb%3Ac.vi.md,line=4,title=Title::It is “50%25%0Aof”. No.",
        "::warning file=content/2008/03/b.vi.md,line=1,title=file::Old. New.",
    ]


def test_the_way_from_the_repository(tmp_path: Path) -> None:
    """From the folder that holds `.git`, which is a file in a work tree; else the folder's name."""
    content = tmp_path / "one" / "content"
    content.mkdir(parents=True)
    assert from_repository(content).rpartition("/")[2] == "content"
    (tmp_path / ".git").touch()
    assert from_repository(content) == "one/content"
    (content / ".git").mkdir()
    assert from_repository(content) == ""
