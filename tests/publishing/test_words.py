"""Everything that this room says is said in every language that verbs speak."""

import ast
from pathlib import Path

import pytest

from plugins import publishing
from plugins.publishing.audit.wording import RULES
from plugins.publishing.diff import promises, telling
from plugins.speaking import LANGUAGES, WRITTEN, speech

ROOM = Path(publishing.__file__).parent
MODULES = [ROOM / "status.py", *sorted(ROOM.glob("audit/*.py")), *sorted(ROOM.glob("diff/*.py"))]


def said_in(file: Path) -> set[str]:
    """The messages that stand as they are in a module: of `text`, `count`, `Unreached`."""
    calls = (n for n in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(n, ast.Call))
    named = ((getattr(c.func, "attr", getattr(c.func, "id", "")), c.args) for c in calls)
    names = {"text", "count", "Unreached", "_listed"}
    return {
        args[0].value
        for name, args in named
        if name in names and args and isinstance(args[0], ast.Constant)
    }


MESSAGES = {message for file in MODULES for message in said_in(file)}
MESSAGES |= {text for rule in RULES.values() for text in rule}
MESSAGES |= {text for rule in promises._RULES.values() for text in (rule.one, rule.remedy)}
MESSAGES |= {*telling._LISTS.values(), *telling._WAYS.values(), *telling._KINDS.values()}


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != WRITTEN])
def test_no_word_is_left_in_english(language: str) -> None:
    """Each message has a translation with the same fields."""
    known = speech(language)._messages
    assert len(MESSAGES) > 80
    assert sorted(MESSAGES - known.keys()) == []
    fields = {
        message: {f"{{{part.split('}')[0]}}}" for part in message.split("{")[1:]}
        for message in MESSAGES
    }
    wrong = [m for m in MESSAGES if any(field not in known[m][-1] for field in fields[m])]
    assert wrong == []
