"""Marks of addresses in the HTML of a body."""

from plugins.model.marks import LINK, MARK, mark
from plugins.reading.text import text_of


def test_a_mark_is_found_again() -> None:
    """What was marked is found in the HTML, with its attribute and its fragment."""
    html = f'<a class="b" href="{mark("2008/03/a.vi.md")}#muc">a</a> <img src="{mark("/b.png")}">'
    assert MARK.findall(html) == ["2008/03/a.vi.md", "/b.png"]
    assert LINK.findall(html) == [("href", "2008/03/a.vi.md", "#muc"), ("src", "/b.png", "")]


def test_no_text_holds_a_mark() -> None:
    """A mark cannot be forged: a source that holds its characters has a fault."""
    assert text_of("a.md", mark("a").encode())[1]
