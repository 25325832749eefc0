"""What an original says to those who translate it: its words, and how they have changed."""

import subprocess
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

from plugins.reading.header import split
from plugins.reading.text import text_of
from plugins.reading.values import KEYS
from plugins.reading.wording import TRANSLATED, digest_of_words

MOST_VERSIONS = 100
"""Versions of a file in which its old words are looked for."""

_SECONDS = 20


def words_of(text: str) -> str:
    """The digest of the words of a source's text."""
    found = split("", _plain(text.encode()), tuple(KEYS))
    return digest_of_words(found.fields, found.body)


def changed_since(content: Path, path: str, digest: str, text: str) -> list[str]:
    """How the words of a source differ from those that had a digest, as lines of a diff; nothing
    if git does not know them.
    """
    for old in _versions(content, path):
        if words_of(old) == digest:
            return [*unified_diff(_words(old), _words(text), n=1, lineterm="")][2:]
    return []


def _words(text: str) -> list[str]:
    """What is to be translated, line by line."""
    found = split("", _plain(text.encode()), tuple(KEYS))
    fields = [f"{field.key}: {field.text}" for field in found.fields if field.key in TRANSLATED]
    return [*fields, *found.body.split("\n")]


def _plain(data: bytes) -> str:
    return text_of("a.md", data)[0]


def _versions(content: Path, path: str) -> Iterator[str]:
    """The texts that a source had, newest first, as far as git knows; nothing without git."""
    listed = _git(content, "rev-list", f"--max-count={MOST_VERSIONS}", "HEAD", "--", path)
    for commit in listed.decode("ascii", "replace").split():
        data = _git(content, "cat-file", "blob", f"{commit}:./{path}")
        if data:
            yield data.decode("utf-8", "replace")


def _git(content: Path, *words: str) -> bytes:
    """What git's plumbing prints, which runs no program of a repository's configuration."""
    try:
        done = subprocess.run(
            ["git", "--literal-pathspecs", *words],
            cwd=content,
            capture_output=True,
            check=False,
            stdin=subprocess.DEVNULL,
            timeout=_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired):
        return b""
    return done.stdout if done.returncode == 0 else b""
