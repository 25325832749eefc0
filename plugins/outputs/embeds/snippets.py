"""What a partner pastes: patterns with fields in braces, which the maker's script fills in too."""

import re
from html import escape

from msgspec import Struct

_FIELD = re.compile(r"\{(\w+)\}")

LINK = '<a href="{page}" hreflang="{tag}" lang="{tag}">{title}</a>'

# frameborder: a style sheet's `border: 0` is what strict policies of partners' pages block.
FRAME = (
    '<iframe src="{frame}" title="{title}" lang="{tag}" width="100%" height="480" frameborder="0"'
    ' loading="lazy" referrerpolicy="no-referrer"\n  sandbox="allow-popups'
    ' allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"></iframe>'
)

ELEMENT = (
    '<script src="{script}"\n  integrity="{integrity}"\n'
    '  crossorigin="anonymous" referrerpolicy="no-referrer" defer></script>\n'
    '<announcement-feed src="{page}feed.json" limit="{number}" heading-level="3">\n'
    f"  {LINK}\n"
    "</announcement-feed>"
)

STYLE = """\
announcement-feed {
  color-scheme: light dark;
  --announcement-feed-ink: light-dark(#1b1b1d, #ececea);
  --announcement-feed-quiet: light-dark(#55565c, #b1b2b6);
  --announcement-feed-link: light-dark(#14508c, #8fc1f5);
  --announcement-feed-line: light-dark(#d9d5cc, #3b3d43);
  --announcement-feed-paper: light-dark(#ffffff, #16171a);
  --announcement-feed-font: Georgia, serif;
}
announcement-feed::part(heading) {
  font-size: 1.25rem;
}
/* ::part(feed | heading | list | item | link | date | state | event) */"""

POLICY = "script-src {site}; connect-src {site}; frame-src {site}"
"""What a partner's Content-Security-Policy must allow; `site` is an origin."""


class Subject(Struct, frozen=True):
    """A listing to embed: `key` is the same in every language, `page` and `frame` are addresses,
    `label` is its name within the site, `title` elsewhere.
    """

    key: str
    label: str
    title: str
    page: str
    frame: str


def filled(pattern: str, subject: Subject, tag: str, number: int) -> str:
    """The snippet of a listing in the language `tag`, with so many notices."""
    fields = {
        "page": subject.page,
        "frame": subject.frame,
        "title": subject.title,
        "tag": tag,
        "number": str(number),
    }
    return _FIELD.sub(lambda field: escape(fields[field[1]]), pattern)
