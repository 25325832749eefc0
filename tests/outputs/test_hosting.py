"""Tests of `plugins/outputs/hosting.py`; what servers make of it is in `tests/consumers`."""

from pathlib import Path

import pytest

from plugins.outputs.hosting import MEDIA_TYPES, headers_of, is_text, rules
from plugins.reading.whole import SAFE
from tests.consumers.headers_file import blocks


def test_every_attachment_has_a_media_type() -> None:
    """What a notice may link is served as what it is."""
    assert set(SAFE) - MEDIA_TYPES.keys() == set()


def test_every_ending_has_a_rule() -> None:
    """A file whose ending is known is never taken for a page."""
    patterns = {pattern for rule in rules(("vi",)) for pattern in rule.patterns}
    known = {pattern.rpartition("*")[2] for pattern in patterns}
    assert MEDIA_TYPES.keys() - known == set()


def test_the_file_keeps_the_limits_of_hosts(site: Path) -> None:
    """Cloudflare reads 100 rules at most, of lines of 2,000 characters, one rule for a pattern."""
    text = (site / "_headers").read_text(encoding="utf-8")
    patterns = [block.pattern for block in blocks(text)]
    assert len(patterns) <= 100
    assert len(patterns) == len(set(patterns))
    assert max(len(line) for line in text.splitlines()) <= 2000


def test_many_languages_fit() -> None:
    """A third, a fifth, a tenth language does not pass the limit."""
    patterns = [p for rule in rules(tuple(f"l{n}" for n in range(10))) for p in rule.patterns]
    assert len(patterns) <= 100


def test_a_rule_lacks_no_header_of_the_widest() -> None:
    """Where a later rule replaces an earlier one, none of the earlier one's headers may be left."""
    first, *others = (headers_of(rule).keys() for rule in rules(("vi", "en")))
    assert all(first <= names for names in others)


def test_nothing_of_this_machine_is_in_them(site: Path) -> None:
    """The files are the same wherever the site is built (law 1)."""
    for name in ("_headers", "nginx.conf"):
        assert str(site) not in (site / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("media", "expected"),
    [
        ("application/rss+xml", True),
        ("text/calendar; charset=utf-8", True),
        ("image/svg+xml", True),
        ("application/pdf", False),
        ("font/woff2", False),
        # has “xml” in its name, and is a zip
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", False),
    ],
)
def test_texts_are_told_from_the_rest(media: str, expected: bool) -> None:
    """Only what becomes smaller is compressed."""
    assert is_text(media) is expected
