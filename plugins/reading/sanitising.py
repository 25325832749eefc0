"""What the HTML of a body may hold: an allow-list with its reasons, enforced by nh3."""

import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser

import nh3

TAGS = {
    **dict.fromkeys(("h2", "h3", "h4", "h5", "h6"), "sections; h1 is the title's"),
    **dict.fromkeys(("p", "br", "hr", "div", "span"), "blocks and breaks"),
    **dict.fromkeys(("ul", "ol", "li", "dl", "dt", "dd"), "lists"),
    **dict.fromkeys(("blockquote", "q", "cite"), "quotations"),
    **dict.fromkeys(("strong", "em", "b", "i", "u", "s", "small", "mark"), "emphasis"),
    **dict.fromkeys(("sup", "sub", "abbr", "del", "ins", "time", "bdi"), "meaning in the line"),
    **dict.fromkeys(("code", "pre", "kbd", "samp", "var"), "text of machines"),
    **dict.fromkeys(("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"), "tables"),
    **dict.fromkeys(("a", "img", "figure", "figcaption"), "links and pictures"),
    **dict.fromkeys(("details", "summary"), "long annexes that open on demand"),
}

ATTRIBUTES = {
    "*": {
        "id": "targets of links to a section",
        "class": "marks of Markdown extensions (footnotes, alignment)",
        "lang": "words in another language are read aloud rightly",
        "dir": "words in a script that runs the other way",
        "title": "expansions of abbreviations",
    },
    "a": {"href": "the link", "hreflang": "the language it leads to", "download": "a file"},
    "img": {"src": "the picture", "alt": "what it shows"},
    "ol": {
        "start": "a list that goes on",
        "type": "letters or Roman numerals",
        "reversed": "a list that counts down",
    },
    "li": {"value": "an item that is cited by its number"},
    "td": {"colspan": "a cell over columns", "rowspan": "a cell over rows", "headers": "as of th"},
    "th": {
        "colspan": "a heading over columns",
        "rowspan": "a heading over rows",
        "headers": "the headings above it, for readers who hear the table",
        "scope": "what the heading heads",
        "abbr": "its short form, for readers who hear the table",
    },
    "time": {"datetime": "the date for programs"},
    "del": {"datetime": "when it was struck out"},
    "ins": {"datetime": "when it was added"},
    "details": {"open": "shown at first"},
}

SCHEMES = {"http", "https", "mailto", "tel"}
"""Where a link may lead besides the site itself."""

_CONTENT_TOO = {"script", "style", "iframe", "object", "noscript", "template", "svg", "math"}
_URLS = {"href", "src"}
_RAW = re.compile(r"<[A-Za-z/!?]")


def cleaner(attribute: Callable[[str, str, str], str | None]) -> nh3.Cleaner:
    """A sanitiser; `attribute(element, name, value)` settles each value that is allowed."""
    return nh3.Cleaner(
        tags=set(TAGS),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        attribute_filter=attribute,
        clean_content_tags=_CONTENT_TOO,
        url_schemes=SCHEMES,
        link_rel=None,
    )


def plain() -> nh3.Cleaner:
    """A sanitiser that leaves no tag at all."""
    return nh3.Cleaner(tags=set(), clean_content_tags=_CONTENT_TOO)


def may_be_removed(text: str, before: str, after: str) -> bool:
    """Whether the sanitiser may have taken something away.

    What Markdown itself writes is well formed, so that counting tells; not so the HTML of a text.
    """
    counts = any(before.count(sign) != after.count(sign) for sign in "<=")
    return counts or _RAW.search(text) is not None


Found = tuple[tuple[str, ...], tuple[str, ...]]
"""Of one tag: the names of what is removed, and words by which it may be found in the text."""


class _Inspector(HTMLParser):
    """Finds in HTML what the allow-list does not hold."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Found] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag that is not allowed, or its attributes that are not."""
        text = self.get_starttag_text() or f"<{tag}"
        if tag not in TAGS:
            self.found.append(((f"<{tag}>",), (text,)))
            return
        allowed = ATTRIBUTES["*"].keys() | ATTRIBUTES.get(tag, {}).keys()
        names, needles = [], [text]
        for name, value in attrs:
            if name not in allowed:
                names.append(f"{name}=")
            elif name in _URLS and value and not _leads_somewhere(value):
                names.append(f"{name}={value[:40]}")
                needles.append(value)
        if names:
            self.found.append((tuple(names), tuple(needles)))

    def handle_comment(self, data: str) -> None:
        """A comment."""
        self.found.append((("<!-- -->",), (f"<!--{data}",)))

    def handle_pi(self, data: str) -> None:
        """A processing instruction."""
        self.found.append((("<? >",), (f"<?{data}",)))

    def handle_decl(self, decl: str) -> None:
        """A declaration."""
        self.found.append((("<! >",), (f"<!{decl}",)))

    def parse_marked_section(self, i: int, report: int = 1) -> int:  # noqa: ARG002 (its own)
        """A marked section: a bogus comment (HTML Standard, 13.2.5.42). The parser's own method
        knows a few, and fails on all others.
        """
        end = self.parse_bogus_comment(i, report=False)
        if end >= 0:
            self.found.append((("<![ ]>",), (self.rawdata[i:end],)))
        return end


def _leads_somewhere(value: str) -> bool:
    scheme, colon, _ = "".join(value.split()).partition(":")
    return not colon or "/" in scheme or "#" in scheme or scheme.lower() in SCHEMES


def removed(html: str) -> Iterator[Found]:
    """What the sanitiser takes away from `html`, tag by tag."""
    inspector = _Inspector()
    inspector.feed(html)
    inspector.close()
    yield from inspector.found
