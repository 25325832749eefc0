"""A feed document before its format: which entries it holds, what it says of itself.

Three kinds: the newest of a listing; a whole year of a language (RFC 5005, archived feeds); and
the feed of a slug that a tag or a category had, whose last entry names the new one.
"""

from datetime import UTC, date, datetime
from typing import NamedTuple

from markupsafe import Markup
from msgspec import Struct

from plugins.model.archive import ALL
from plugins.model.output import Press
from plugins.model.taxonomy import Term
from plugins.outputs.feeds.entries import SINCE, Entry
from plugins.outputs.views.frame import LOGO
from plugins.outputs.views.wording import listing_label

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed changed that never had an entry."""


Data = bytes | memoryview
"""An entry as a format writes it; of a document in place, without a copy of it."""


class Followed(NamedTuple):
    """What a document follows: a listing in a language. `address` is that of its page."""

    language: str
    name: str
    term: Term | None
    address: str


class Around(NamedTuple):
    """Where the documents beside this one lie, if there are any: folders of this site."""

    current: str = ""
    older: str = ""
    newer: str = ""


ALONE = Around()


class Document(Struct, frozen=True):
    """A feed, whatever its format; addresses are absolute, those of folders end with a slash.

    `own` is the folder in which the formats lie side by side, `home` the page that lists the
    same; `current`, `older` and `newer` are folders like `own`.
    """

    id: str
    title: str
    description: str
    tag: str
    own: str
    home: str
    publisher: str
    rights: str
    icon: str
    hub: str
    updated: datetime
    is_archive: bool = False
    current: str = ""
    older: str = ""
    newer: str = ""


def document(
    press: Press,
    followed: Followed,
    folder: str,
    updated: datetime,
    around: Around = ALONE,
) -> Document:
    """The document in `folder`, which was updated by its newest entry, or when it began."""
    site, language = press.site, followed.language
    words = press.words(language)
    title = _title(press, followed)
    description = followed.term.description[language] if followed.term else ""
    key = followed.term.key if followed.term else ""
    path = "/".join(filter(None, (language, followed.name, key)))
    return Document(
        id=f"tag:{site.tag_authority},{SINCE}:{path}",
        title=title,
        description=description or site.tagline[language] or title,
        tag=words.tag,
        own=site.absolute(folder),
        home=site.absolute(followed.address),
        publisher=site.publisher[language],
        rights=site.rights.get(language) or site.publisher[language],
        icon=site.absolute(f"/{LOGO}"),
        hub=site.websub_hub,
        updated=updated,
        is_archive=bool(around.current),
        current=site.absolute(around.current) if around.current else "",
        older=site.absolute(around.older) if around.older else "",
        newer=site.absolute(around.newer) if around.newer else "",
    )


def moved(press: Press, followed: Followed, slug: str, day: date) -> Entry:
    """The last entry of the feed of a slug that was given up on a day."""
    site, language = press.site, followed.language
    words = press.words(language)
    label = followed.term.label[language] if followed.term else ""
    url = site.absolute(followed.address)
    title = words.text("This feed goes on at a new address: {label}", label=label)
    text = words.text("Follow the new feed; this one stays as it is.")
    html = Markup('<p>{} <a href="{}">{}</a></p>').format(text, url, label)
    at = datetime(day.year, day.month, day.day, tzinfo=site.zone)
    return Entry(
        id=f"tag:{site.tag_authority},{SINCE}:{language}/{followed.name}/{slug}/moved",
        url=url,
        tag=words.tag,
        title=title,
        day=words.day(day),
        when="",
        state="",
        summary=text,
        html=str(html),
        published=at,
        updated=at,
        author=site.publisher[language],
        subjects=(),
        alternates=(),
        enclosures=(),
        picture="",
        number="",
        event=None,
        removed=None,
    )


def _title(press: Press, followed: Followed) -> str:
    """The feed of all notices is called as the site is."""
    language, site = followed.language, press.site.name[followed.language]
    label = listing_label(followed.name, followed.term, language, press.words(language))
    return site if followed.name == ALL else f"{label} – {site}"
