"""The entry model: what every format of a feed says of an edition, so that all say the same."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from markupsafe import Markup, escape
from msgspec import Struct

from plugins.model.archive import CATEGORY, TAG, Archive, Attachment
from plugins.model.media import media_type
from plugins.model.notice import Change, Edition, digest
from plugins.model.output import Press, Words
from plugins.model.site import Site
from plugins.model.taxonomy import Term
from plugins.outputs.views.bodies import html_of, targets
from plugins.outputs.views.files import attached, linked
from plugins.outputs.views.occasions import Occasion, occasion_of
from plugins.outputs.views.wording import change_words, span_words, titled

LONGEST = 100_000
"""Bytes of HTML, escaped, that an entry holds at most; a longer text is read at its address."""

SINCE = 2026
"""The year in the ids of feeds (RFC 4151: one in which the authority's name was its own)."""


class Subject(Struct, frozen=True):
    """A category or a tag of an entry: its key and label; `scheme` says which (RFC 4287, 4.2.2)."""

    key: str
    label: str
    scheme: str


class Alternate(Struct, frozen=True):
    """The same notice in another language."""

    tag: str
    url: str


class Enclosure(Struct, frozen=True):
    """A file of the notice: its address, media type, and size in bytes."""

    url: str
    type: str
    size: int


class Removal(Struct, frozen=True):
    """Why a notice was removed altogether, in a language (BCP 47)."""

    reason: str
    tag: str


class Entry(Struct, frozen=True):
    """An edition as subscribers read it.

    `removed` says why, if nothing but the fact of its withdrawal is left; `updated` moves with
    major changes only; `day`, `when` and `state` are in words, the latter as far as the title does
    not say it.
    """

    id: str
    url: str
    tag: str
    title: str
    day: str
    when: str
    state: str
    summary: str
    html: str
    published: datetime
    updated: datetime
    author: str
    subjects: tuple[Subject, ...]
    alternates: tuple[Alternate, ...]
    enclosures: tuple[Enclosure, ...]
    picture: str
    number: str
    event: Occasion | None
    removed: Removal | None


class Entries:
    """The entries of an archive: their keys when feeds are planned, themselves when rendered.

    A key is digests, joined, of everything that an entry depends on.
    """

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        taxonomy = archive.taxonomy
        self._tags = {key: digest(term) for key, term in taxonomy.tags.items()}
        self._categories = {key: digest(term) for key, term in taxonomy.categories.items()}
        self._categories[""] = b""
        self._keys: dict[str, bytes] = {}
        for siblings in archive.siblings.values():
            addresses = b""
            if len(siblings) > 1:
                addresses = "".join([edition.address for edition in siblings]).encode()
            for edition in siblings:
                self._keys[edition.source] = self._key(edition, addresses)
        self._digests: dict[str, bytes] = {}

    def keys(self, editions: Iterable[Edition]) -> bytes:
        """The keys of editions, joined."""
        return b"".join([self._keys[edition.source] for edition in editions])

    def _key(self, edition: Edition, addresses: bytes) -> bytes:
        terms = [self._tags[tag] for tag in edition.tags]
        key = b"".join([edition.digest, self._categories[edition.category], *terms, addresses])
        if not (edition.body.links or edition.picture):
            return key
        archive = self._archive
        linked = [archive.attachments.get(link) for link in edition.body.links]
        picture = edition.picture and archive.attachments[edition.picture.path]
        return key + digest(targets(archive, edition), linked, picture)

    def terms(self, edition: Edition) -> list[Term]:
        """The category and the tags of an edition."""
        taxonomy = self._archive.taxonomy
        tags = [taxonomy.tags[tag] for tag in edition.tags]
        return [taxonomy.categories[edition.category], *tags] if edition.category else tags

    def digest(self, edition: Edition) -> bytes:
        """Stands for everything that an entry depends on: 16 bytes."""
        found = self._digests.get(edition.source)
        if found is None:
            found = self._digests[edition.source] = digest("entry", self._keys[edition.source])
        return found

    def of(self, press: Press, edition: Edition) -> Entry:
        """The entry of an edition."""
        site, language = press.site, edition.language
        words = press.words(language)
        withdrawal = edition.withdrawal
        files = linked(press, edition, attached(self._archive, edition))
        picture = edition.picture and self._archive.attachments[edition.picture.path]
        shown = picture if not withdrawal else None
        terms, event = self.terms(edition), edition.event
        occasion = occasion_of(press, edition, terms) if event else None
        issuer = edition.document.issuer if edition.document else ""
        return Entry(
            id=site.guid(edition.id, language),
            url=site.absolute(edition.address),
            tag=words.tag,
            title=titled(edition, words),
            day=words.day(edition.day),
            when=span_words(event.starts, event.ends, site, words) if event else "",
            state=occasion.state if occasion and occasion.title == occasion.name else "",
            summary=withdrawal.text if withdrawal else edition.summary or edition.title,
            html=_html(press, self._archive, edition),
            published=_local(edition.date, site),
            updated=_local(edition.updated, site),
            author=issuer or site.publisher[language],
            subjects=tuple(_subject(press, term, edition) for term in terms),
            alternates=tuple(
                Alternate(press.words(other.language).tag, site.absolute(other.address))
                for other in self._archive.siblings[edition.id]
                if other.language != language
            ),
            enclosures=tuple(_enclosures(press, [*files, shown] if shown else files)),
            picture=site.absolute(shown.address) if shown else "",
            number=edition.document.number if edition.document else "",
            event=occasion,
            removed=_removed(press, edition),
        )


def escaped_size(html: str) -> int:
    """The bytes of a text when it is escaped for XML or JSON, at most."""
    return len(html.encode()) + 5 * sum(map(html.count, "<>&\"'\n\\"))


def last_updated(editions: Iterable[Edition], site: Site, otherwise: datetime) -> datetime:
    """When subscribers were last to be told of one of these; `otherwise` if there is none."""
    last = max((edition.updated for edition in editions), default=None)
    return _local(last, site) if last else otherwise


def _removed(press: Press, edition: Edition) -> Removal | None:
    """Why a notice was removed altogether: its withdrawal left no text."""
    withdrawal = edition.withdrawal
    if withdrawal is None or edition.body.excerpt:
        return None
    return Removal(withdrawal.text, press.words(withdrawal.language).tag)


def _local(at: datetime, site: Site) -> datetime:
    """An instant in the site's zone; in UTC, where offsets had seconds, which no feed may have."""
    local = at.astimezone(site.zone)
    offset = local.utcoffset() or timedelta()
    return at.astimezone(UTC) if offset.seconds % 60 else local


def _html(press: Press, archive: Archive, edition: Edition) -> str:
    """The text of an entry: what changed last, then the body; of a withdrawal, the reason."""
    words = press.words(edition.language)
    if withdrawal := edition.withdrawal:
        return str(_told(press, words, withdrawal))
    html = html_of(press, edition, targets(archive, edition), absolute=True)
    if not html:
        html = str(Markup("<p>{}</p>").format(edition.summary))
    if 6 * len(html) > LONGEST and escaped_size(html) > LONGEST:
        url, more = press.site.absolute(edition.address), words.text("Read the whole text")
        short = Markup('<p>{}</p><p><a href="{}">{}</a></p>')
        html = str(short.format(edition.summary, url, more))
    major = edition.major_changes
    return f"{_told(press, words, major[-1])}{html}" if major else html


def _told(press: Press, words: Words, change: Change) -> Markup:
    """A change, as the first paragraph of an entry."""
    local = change.at.astimezone(press.site.zone)
    kind, day = change_words(change.kind, words), words.day(local.date())
    tag = press.words(change.language).tag
    text = escape(change.text)
    if tag != words.tag:
        text = Markup('<span lang="{}">{}</span>').format(tag, text)
    return Markup("<p><strong>{} ({}):</strong> {}</p>\n").format(kind, day, text)


def _subject(press: Press, term: Term, edition: Edition) -> Subject:
    name = CATEGORY if term.key == edition.category else TAG
    scheme = f"tag:{press.site.tag_authority},{SINCE}:{name}"
    return Subject(term.key, term.label[edition.language], scheme)


def _enclosures(press: Press, files: Sequence[Attachment]) -> list[Enclosure]:
    return [
        Enclosure(press.site.absolute(file.address), media_type(file.path), file.size)
        for file in files
    ]
