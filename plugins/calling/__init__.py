"""How verbs are called: with a workplace and a speech, and an exit code for all that goes wrong.

`tasks.py` names the verbs and their arguments; each is a function of a workplace and a speech that
gives its exit code. What several of them may meet is told here, in one line and not as a traceback.
"""

import linecache
import sys
import traceback
from collections.abc import Callable
from io import TextIOWrapper
from pathlib import Path

from rich.console import Console

from plugins.building.opening import Workplace, workplace
from plugins.building.report import Report
from plugins.building.settings import SettingsError
from plugins.model.problem import Faults
from plugins.speaking import LANGUAGES, WRITTEN, Speech, Trouble, speech

Verb = Callable[[Workplace, Speech], int]

WELL, WRONG, MISUNDERSTOOD = 0, 1, 2
"""Exit codes: the last one is for settings and arguments that nobody understands."""


class Misunderstood(Trouble):
    """Arguments that no verb understands."""


def call(verb: Verb, conf: str | Path, content: str, language: str = "") -> int:
    """The exit code of a verb in a content folder, by a settings file.

    It speaks the language that is asked for, or that of the setting `SPEECH`.
    """
    _speak_utf8()
    words = speech(language if language in LANGUAGES else WRITTEN)
    try:
        place = _place(conf, content, language)
        words = speech(place.settings.speech)
        return verb(place, words)
    except SettingsError as error:
        return _failed(str(error), MISUNDERSTOOD)
    except Trouble as trouble:
        code = MISUNDERSTOOD if isinstance(trouble, Misunderstood) else WRONG
        return _failed(trouble.said(words), code)
    except Faults as faults:
        Report(Console(stderr=True), words).faults(faults)
        return WRONG
    except KeyboardInterrupt:
        return _failed(words.text("Interrupted."), WRONG)


def _place(conf: str | Path, content: str, language: str) -> Workplace:
    if language not in ("", *LANGUAGES):
        raise Misunderstood("The verbs speak {languages}.", languages=", ".join(LANGUAGES))
    if not Path(content).is_dir():
        raise Misunderstood("There is no folder {path}.", path=content)
    if not Path(conf).is_file():
        raise Misunderstood("There is no file {path}.", path=conf)
    spoken = {"SPEECH": language} if language else {}
    try:
        return workplace(conf, PATH=str(Path(content).absolute()), **spoken)
    except SettingsError:
        raise
    except Exception as error:
        if (where := _in_settings(error, Path(conf).absolute().parent)) is None:
            raise
        raise _unreadable(error, *where) from error


def _in_settings(error: Exception, folder: Path) -> tuple[Path, int] | None:
    """The file and the line in the folder of the settings at which they went wrong, if they did."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [(Path(frame.filename), frame.lineno or 1) for frame in frames]
    if isinstance(error, SyntaxError) and error.filename:
        return Path(error.filename), error.lineno or 1
    return next((place for place in reversed(places) if place[0].parent == folder), None)


def _unreadable(error: Exception, file: Path, line: int) -> Misunderstood:
    return Misunderstood(
        "{file}:{line}: The settings cannot be read here: “{text}” ({error}). Mend this line, or"
        " the one above it.",
        file=file.name,
        line=line,
        text=linecache.getline(str(file), line).strip(),
        error=error.msg if isinstance(error, SyntaxError) else error,
    )


def _failed(message: str, code: int) -> int:
    print(message, file=sys.stderr)
    return code


def _speak_utf8() -> None:
    """Print in UTF-8 whatever the system prefers: names and texts are Vietnamese. Of a name that is
    none, the bytes are shown.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
