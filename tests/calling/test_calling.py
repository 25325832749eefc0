"""Tests of `plugins/calling`: what verbs are given, and how they end."""

from pathlib import Path

import pytest

from plugins.building.opening import Workplace
from plugins.building.settings import SettingsError
from plugins.calling import MISUNDERSTOOD, WELL, WRONG, call
from plugins.model.problem import Faults, Problem, said
from plugins.speaking import Speech, Trouble
from tests.building.running import ROOT

CONF = ROOT / "pelicanconf.py"
CONTENT = str(ROOT / "content")

Captured = pytest.CaptureFixture[str]


def well(place: Workplace, words: Speech) -> int:
    """A verb that tells what it was given."""
    print(place.content, words.language)
    return WELL


@pytest.mark.parametrize(("language", "spoken"), [("", "en"), ("vi", "vi"), ("en", "en")])
def test_a_verb_speaks_as_it_is_asked_to(capsys: Captured, language: str, spoken: str) -> None:
    """The language of the call, or that of the setting."""
    assert call(well, CONF, CONTENT, language) == WELL
    assert capsys.readouterr().out == f"{Path(CONTENT).resolve()} {spoken}\n"


@pytest.mark.parametrize(
    ("content", "language", "complaint"),
    [
        (CONTENT, "fr", "The verbs speak en, vi."),
        ("nowhere", "", "There is no folder nowhere."),
        ("nowhere", "vi", "Không có thư mục nowhere."),
        (str(CONF), "", "There is no folder"),
    ],
)
def test_what_is_misunderstood(
    capsys: Captured, content: str, language: str, complaint: str
) -> None:
    """It is told in one line on standard error, and no verb begins."""
    assert call(well, CONF, content, language) == MISUNDERSTOOD
    printed = capsys.readouterr()
    assert printed.out == ""
    assert complaint in printed.err


@pytest.mark.parametrize(
    ("error", "code", "complaint"),
    [
        (Trouble("There is no {thing}.", thing="door"), WRONG, "There is no door.\n"),
        (SettingsError("PUBLISH is 7."), MISUNDERSTOOD, "PUBLISH is 7.\n"),
        (KeyboardInterrupt(), WRONG, "Interrupted.\n"),
        (
            Faults([Problem("a.md", 3, "Date", said("Wrong."), said("Mend it."))]),
            WRONG,
            "a.md:3: Date: Wrong. Mend it.\n",
        ),
    ],
)
def test_what_goes_wrong_is_told(
    capsys: Captured, error: BaseException, code: int, complaint: str
) -> None:
    """Nobody sees a traceback of what can be said in words."""

    def verb(_place: Workplace, _words: Speech) -> int:
        raise error

    assert call(verb, CONF, CONTENT) == code
    assert capsys.readouterr().err.startswith(complaint)
