"""Tests of `plugins/calling/arguments.py`: which words of a command line are paths."""

import pytest
from invoke.parser.argument import Argument

from plugins.calling.arguments import words

FLAGS = [
    Argument(names=("format", "o"), kind=str),
    Argument(names=("fix", "f"), kind=bool),
    Argument(names=("content", "c"), kind=str),
]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("check", []),
        ("check a.md b.md", ["a.md", "b.md"]),
        ("check a.md --fix b.md", ["a.md", "b.md"]),
        ("check --format json a.md -c content b.md", ["a.md", "b.md"]),
        ("check --format=json a.md", ["a.md"]),
        ("--search-root . check a.md", ["a.md"]),
        ("check a.md -- b.md", ["a.md"]),
        ("check build", ["build"]),  # a path, though a verb has that name
        ("check --format --fix a.md", ["a.md"]),  # what a flag lacks, invoke tells
        ("build a.md", []),
    ],
)
def test_words_that_are_paths(given: str, expected: list[str]) -> None:
    """All words after the verb's name but flags and what belongs to them."""
    assert words(given.split(), "check", FLAGS) == expected
