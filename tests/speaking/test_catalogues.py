"""Tests of `plugins/speaking`: whatever the code says, each language that the verbs speak has."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import NamedTuple

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from plugins import speaking
from plugins.model.problem import Problem, said
from plugins.speaking import LANGUAGES, WRITTEN, Trouble, speech

ROOT = Path(__file__).parents[2]
FOR_READERS = ROOT / "plugins/outputs"
"""What is said there is said to readers, by the catalogues of the theme."""

CODE = sorted(
    file
    for file in [*ROOT.glob("*.py"), *(ROOT / "plugins").rglob("*.py")]
    if not file.is_relative_to(FOR_READERS)
)
OTHERS = [language for language in LANGUAGES if language != WRITTEN]


SIZES = {"said": 1, "text": 1, "count": 2, "Trouble": 1, "Unreached": 1, "Misunderstood": 1}
"""How many forms those take that say something; a trouble of its own hands its words on."""
SIZES["__init__"] = 1


class Saying(NamedTuple):
    """A place of the code where something is said: its forms (one, or one and many), and the
    fields that are given, or none if the code settles them later.
    """

    where: str
    forms: tuple[str, ...]
    given: frozenset[str] | None


def sayings(file: Path) -> Iterator[Saying]:
    """What a module says: `said("…")`, `.text("…")`, `.count("…", "…", number)`, troubles."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        name = "" if name == "said" else name  # a method of what is said later
        if isinstance(node.func, ast.Name):
            name = node.func.id
        size = SIZES.get(name, 0)
        texts = [arg.value for arg in node.args[:size] if isinstance(arg, ast.Constant)]
        where = f"{file.relative_to(ROOT)}:{node.lineno}"
        assert name != "said" or texts, f"{where}: said() needs its words on the spot"
        if not size or len(texts) < size or not all(isinstance(text, str) for text in texts):
            continue
        names = [keyword.arg for keyword in node.keywords]
        if name == "__init__" and not str(texts[0]).endswith("."):
            continue  # of another exception
        given = {name for name in names if name} | ({"number"} if name == "count" else set())
        yield Saying(where, tuple(texts), None if None in names else frozenset(given))


CONSTANTS = {
    node.value
    for file in CODE
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    if isinstance(node, ast.Constant)
}
"""Every text of the code: some messages stand in tables."""

SAID = [saying for file in CODE for saying in sayings(file)]


def fields(text: str) -> set[str]:
    """The names of the fields of a message."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def catalogue(language: str) -> list[Message]:
    """The messages of a language, without its head."""
    file = Path(speaking.__file__).with_name(f"{language}.po")
    with file.open("rb") as source:
        return [message for message in read_po(source) if message.id]


def forms(message: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    """The forms of a message or of its translation."""
    return (message,) if isinstance(message, str) else tuple(message or ())


def test_something_is_said() -> None:
    """The search finds problems, messages of verbs and numbers of things."""
    assert len([saying for saying in SAID if saying.where.startswith("plugins/reading/")]) > 100
    assert {len(saying.forms) for saying in SAID} == {1, 2}


def test_what_is_said_has_its_fields() -> None:
    """A message is given the fields that stand in it, all and no other."""
    wrong = [
        saying.where
        for saying in SAID
        if saying.given is not None and saying.given != set().union(*map(fields, saying.forms))
    ]
    assert wrong == []


@pytest.mark.parametrize("language", OTHERS)
def test_each_message_is_in_each_language(language: str) -> None:
    """A language has all that the code says, with both forms of a number, and nothing else."""
    known = {forms(message.id) for message in catalogue(language)}
    assert {saying.forms for saying in SAID} - known == set(), "add these"
    assert {text for message in known for text in message} - CONSTANTS == set(), (
        "nothing says these"
    )


@pytest.mark.parametrize("language", OTHERS)
def test_each_message_is_there_once(language: str) -> None:
    """A catalogue has no message twice, of which one would never be read."""
    file = Path(speaking.__file__).with_name(f"{language}.po")
    lines = [x for x in file.read_text("utf-8").splitlines() if x.startswith("msgid ")]
    assert [line for line, number in Counter(lines).items() if number > 1] == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_keeps_the_fields(language: str) -> None:
    """A translation has words, and the fields of its message."""
    for message in catalogue(language):
        translated = forms(message.string)
        assert translated, message.id
        for text in translated:
            assert text.strip(), message.id
            assert fields(text) == fields(forms(message.id)[-1]), message.id


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_keeps_what_is_to_be_written(language: str) -> None:
    """Dates that are shown as examples are the same in every language."""
    for message in catalogue(language):
        for date in ("2008-03-21 16:44", "2008-03-20 08:00", "2009-11-20 10:00", "2008/03/"):
            for form in forms(message.string):
                assert (date in form) == (date in forms(message.id)[0]), message.id


def test_a_problem_is_told_in_a_language() -> None:
    """Path, line and key stay; message and remedy are the language's, with their fields."""
    problem = Problem(
        "2008/03/a.vi.md",
        4,
        "Title",
        said("The title has {number} characters.", number=130),
        said("Up to {most} are read at a glance.", most=120),
    )
    assert speech("en").problem(problem) == str(problem)
    assert speech("vi").problem(problem) == (
        "2008/03/a.vi.md:4: Title: Tiêu đề dài 130 ký tự."
        " Tối đa 120 ký tự thì đọc lướt qua là nắm được."
    )


def test_braces_of_a_value_stay() -> None:
    """A value that holds braces is told as it is: nothing is filled into it."""
    problem = Problem("a", 1, "x", said("“{value}” has no time of day.", value="{0}{x}"), said("."))
    assert "“{0}{x}”" in str(problem)
    assert "“{0}{x}”" in speech("vi").problem(problem)


def test_a_trouble_within_a_trouble_is_told_in_a_language() -> None:
    """Such as why a hand-over stopped, and how far it was."""
    inner = Trouble("Nothing was published.")
    outer = Trouble("{path} cannot be read: {error}.", path="a", error=inner)
    assert outer.said(speech("vi")) == "Không đọc được a: Chưa xuất bản gì.."
