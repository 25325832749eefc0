"""Tests of `theme/locale`: every message is there in every language, and no other."""

import string
from pathlib import Path
from unicodedata import is_normalized

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from tests.conftest import ROOT

LOCALE = ROOT / "theme/locale"
LANGUAGES = sorted(folder.name for folder in LOCALE.iterdir())

KEYWORDS = {"_": None, "text": None, "count": (1, 2)}
"""`_("…")` in templates; `words.text("…")` and `words.count("…", "…", number)` in stages."""

PLACES = [
    (ROOT / "theme/templates", "**.html", "jinja2"),
    (ROOT / "plugins/outputs", "**.py", "python"),
]


def used() -> set[str | tuple[str, ...]]:
    """Every message that a template or a stage uses: a text, or the two forms of a number."""
    return {
        found[2]
        for folder, files, method in PLACES
        for found in extract_from_dir(folder, [(files, method)], keywords=KEYWORDS)
    }


def catalogue(language: str) -> Catalog:
    """The words of a language; a line that is no gettext is an error."""
    with (LOCALE / language / "messages.po").open("rb") as file:
        return read_po(file, abort_invalid=True)


def messages(language: str) -> list[Message]:
    """The messages of a language, without the head of the file."""
    return [message for message in catalogue(language) if message.id]


def fields(text: str) -> set[str | None]:
    """The fields in braces."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def forms(text: object) -> list[str]:
    """The forms of a message: one, or one for each plural."""
    return [text] if isinstance(text, str) else list(text)


def test_messages_are_found_in_templates_and_in_stages() -> None:
    """The extractors see both kinds of messages, and numbers."""
    assert {"Skip to content", "Coming events", ("{number} notice", "{number} notices")} <= used()
    assert len(used()) > 50


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated(language: str) -> None:
    """Whatever the interface says, it says in each language; no translation waits for a look."""
    there = {message.id for message in messages(language)}
    assert used() - there == set()
    empty = [m.id for m in messages(language) if m.fuzzy or not all(forms(m.string))]
    assert empty == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_is_unused(language: str) -> None:
    """What the interface no longer says is not kept, not even as a comment."""
    assert {message.id for message in messages(language)} - used() == set()
    assert list(catalogue(language).obsolete) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_fields_are_those_of_the_message(language: str) -> None:
    """A translation fills in what the message fills in."""
    wrong = [
        message.id
        for message in messages(language)
        for form in forms(message.string)
        if fields(form) != fields(forms(message.id)[-1])
    ]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_have_all_plurals(language: str) -> None:
    """A message with a number has as many forms as the language has plurals."""
    found = catalogue(language)
    assert str(found.locale) == language
    for message in messages(language):
        if message.pluralizable:
            assert len(forms(message.string)) == found.num_plurals


def test_the_catalogues_are_in_one_order() -> None:
    """The same messages stand in the same order, so that two files can be read side by side."""
    orders = {language: [message.id for message in messages(language)] for language in LANGUAGES}
    assert len(LANGUAGES) > 1
    assert all(order == orders[LANGUAGES[0]] for order in orders.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_composed(language: str) -> None:
    """Catalogues are NFC, as all text of the site is."""
    for name in ("messages.po", "language.toml"):
        assert is_normalized("NFC", Path(LOCALE / language / name).read_text(encoding="utf-8"))
