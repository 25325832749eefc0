"""What publish, rollback and the targets say, in each language that the verbs speak."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from plugins import publishing
from plugins.publishing.targets import Trouble
from plugins.speaking import LANGUAGES, WRITTEN, speech

ROOM = Path(publishing.__path__[0])
MODULES = [*ROOM.glob("targets/*.py"), ROOM / "publish.py", ROOM / "rollback.py"]


def messages() -> Iterator[str]:
    """The texts that these modules hand to `Trouble` and to a `Speech`."""
    for module in MODULES:
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = getattr(node.func, "id", "") or getattr(node.func, "attr", "")
                value = node.args[0].value
                if name in ("Trouble", "__init__", "text", "count") and isinstance(value, str):
                    yield value


@pytest.mark.parametrize("language", [name for name in LANGUAGES if name != WRITTEN])
def test_every_message_is_translated_with_its_fields(language: str) -> None:
    """No field is lost, and none is made up."""
    known = speech(language)._messages
    found = list(messages())
    assert len(found) > 35
    for message in found:
        assert message in known, message
        for form in known[message]:
            assert set(re.findall(r"{\w+}", form)) == set(re.findall(r"{\w+}", message)), message


def test_a_fault_within_a_fault_is_translated_too() -> None:
    """Such as why a hand-over stopped, and how far it was."""
    inner = Trouble("Nothing was published.")
    outer = Trouble("{path} cannot be read: {error}.", path="a", error=inner)
    assert outer.said(speech("vi")) == "Không đọc được a: Chưa công bố gì.."
