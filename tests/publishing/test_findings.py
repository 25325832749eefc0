"""Tests of `plugins/publishing/audit/finding.py`: what is told, and in which order."""

from plugins.publishing.audit.finding import Finding, told_once

DERIVED = ("en/archive/2009/feed.xml", "vi/calendar.ics", "vi/feed.atom", "vi/search/a.json")


def a_finding(path: str, message: str = "It links /x/.") -> Finding:
    """A dead link in a file."""
    return Finding(path, f"/{path}", "link-dead", message, "Mend it.")


def test_what_others_repeat_is_told_once() -> None:
    """Of the pages, or else of the first that says so; a page is never left out."""
    pages = [a_finding("vi/y/index.html"), a_finding("vi/z/index.html")]
    repeated = [a_finding(path) for path in DERIVED]
    alone = [a_finding(path, "It links /a/.") for path in DERIVED]
    assert told_once(sorted([*repeated, *alone, *pages])) == [*pages, alone[0]]


def test_a_file_that_repeats_nothing_is_told() -> None:
    """Such as the manifest, or a style sheet."""
    found = [a_finding("vi/index.html"), a_finding("archive.json")]
    assert told_once(found) == found
