"""The words in which the verbs speak to webmasters: English as the code has it, others by gettext.

`<language>.po` beside this file holds the messages of a language; `{name}` fields are filled in
after the translation.
"""

from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

from plugins.model.problem import Problem, Said

WRITTEN = "en"
"""The language in which the code has its messages."""

LANGUAGES = (WRITTEN, *sorted(file.stem for file in Path(__file__).parent.glob("*.po")))


class Speech:
    """A language that the verbs speak."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._messages = {} if language == WRITTEN else _messages(language)

    def text(self, message: str, /, **fields: object) -> str:
        """`message` in this language, with its fields filled in."""
        return self._messages.get(message, (message,))[0].format(**fields)

    def say(self, sentence: Said) -> str:
        """A sentence of a problem in this language."""
        return self.text(sentence.template, **dict(sentence.fields))

    def problem(self, problem: Problem) -> str:
        """A problem as a line: path, line, key, what is wrong, what to write instead."""
        message, remedy = self.say(problem.message), self.say(problem.remedy)
        return f"{problem.path}:{problem.line}: {problem.key}: {message} {remedy}"

    def count(self, one: str, many: str, number: int, **fields: object) -> str:
        """The form of a message for a `{number}` of things; it may have other fields, too."""
        if self.language == WRITTEN:
            form = one if number == 1 else many
        else:
            form = self._messages.get(one, (many,))[-1]
        return form.format(number=f"{number:,}", **fields)


class Trouble(Exception):
    """A verb cannot do what it was asked to. `message` is in English with `{name}` fields, as
    `Speech.text` takes it; a field may be another trouble.
    """

    def __init__(self, message: str, /, **fields: object) -> None:
        self.message, self.fields = message, fields
        super().__init__(message.format(**fields))

    def said(self, speech: Speech) -> str:
        """The message in a language."""
        fields = {
            name: value.said(speech) if isinstance(value, Trouble) else value
            for name, value in self.fields.items()
        }
        return speech.text(self.message, **fields)


@cache
def speech(language: str) -> Speech:
    """The speech of one of `LANGUAGES`."""
    return Speech(language)


def _messages(language: str) -> dict[str, tuple[str, ...]]:
    with Path(__file__).with_name(f"{language}.po").open("rb") as file:
        catalogue = read_po(file)
    found: dict[str, tuple[str, ...]] = {}
    for message in catalogue:
        one = message.id if isinstance(message.id, str) else message.id[0]
        forms = (
            (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
        )
        if one and all(forms):
            found[one] = forms
    return found
