"""The archive: what is published at an instant, shelved by language, listing and time."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from functools import cached_property
from itertools import groupby
from operator import attrgetter

from msgspec import Struct
from msgspec.structs import replace

from plugins.model.agenda import Agenda, Month
from plugins.model.notice import (
    OLD_AFTER,
    ChangeKind,
    Edition,
    Kind,
    Notice,
    Page,
    Phase,
    Status,
    digest,
    digest_of,
    old_since,
)
from plugins.model.site import Site
from plugins.model.taxonomy import Taxonomy, Term


class Form(StrEnum):
    """What a file is to those who show it."""

    FILE = "file"
    PICTURE = "picture"
    MOVING = "moving"
    TOO_LARGE = "too large"
    BROKEN = "broken"


class Attachment(Struct, frozen=True, array_like=True):
    """A file of the content folder that a published notice links.

    `path` is composed Unicode, `file` is as the disk has it; pictures have a size in pixels, as
    they are seen: a camera that lay on its side is allowed for.
    """

    path: str
    file: str
    size: int
    digest: bytes
    width: int = 0
    height: int = 0
    form: Form = Form.FILE

    @property
    def address(self) -> str:
        """Its address, the same in every language."""
        return "/" + self.path


_YEAR, _MONTH = attrgetter("day.year"), attrgetter("day.year", "day.month")


class Shelf:
    """The editions of one listing in one language, newest first: all, the events, by year."""

    def __init__(self) -> None:
        self.editions: list[Edition] = []

    @cached_property
    def events(self) -> list[Edition]:
        """Those that announce an event."""
        return [edition for edition in self.editions if edition.event]

    @cached_property
    def years(self) -> dict[int, list[Edition]]:
        """Those of each year in which something was published."""
        return {year: list(group) for year, group in groupby(self.editions, _YEAR)}

    @cached_property
    def months(self) -> set[tuple[int, int]]:
        """The months, with their years, in which something was published."""
        return {month for month, _ in groupby(self.editions, _MONTH)}


class Listing:
    """What a page lists and a feed follows: all notices, a kind, a category or a tag.

    It exists in every language as soon as it holds an edition in one (law 6).
    """

    __slots__ = ("name", "shelves", "term")

    def __init__(self, name: str, languages: Iterable[str], term: Term | None = None) -> None:
        self.name = name
        self.term = term
        self.shelves = {language: Shelf() for language in languages}

    def address(self, language: str) -> str:
        """Where its page is; its feeds lie beside it."""
        if self.term:
            return f"/{language}/{self.name}/{self.term.slug[language]}/"
        return f"/{language}/{self.name}/" if self.name else f"/{language}/"

    def former(self, language: str) -> list[str]:
        """Where its page was under slugs that it has no more."""
        slugs = self.term.formerly(language) if self.term else []
        return [f"/{language}/{self.name}/{slug}/" for slug, _ in slugs]

    def calendar(self, language: str) -> str:
        """Where the calendar of its events is; nothing if it holds none in any language.

        All events of a language are one calendar, at its root.
        """
        if self.name not in (EVENTS, TAG, CATEGORY):
            return ""
        if not any(shelf.events for shelf in self.shelves.values()):
            return ""
        place = self.address(language) if self.term else f"/{language}/"
        return f"{place}calendar.ics"

    @property
    def addresses(self) -> dict[str, str]:
        """Where its page is in each language."""
        return {language: self.address(language) for language in self.shelves}

    @property
    def years(self) -> list[int]:
        """The years in which it holds an edition in any language, newest first."""
        return sorted({y for shelf in self.shelves.values() for y in shelf.years}, reverse=True)

    @property
    def months(self) -> list[tuple[int, int]]:
        """The months, with their years, in which it holds an edition in any language."""
        found = set[tuple[int, int]]().union(*(shelf.months for shelf in self.shelves.values()))
        return sorted(found, reverse=True)


ALL, BULLETINS, EVENTS, TAG, CATEGORY = "", "bulletins", "events", "tag", "category"
_OF_KIND = {Kind.BULLETIN: BULLETINS, Kind.EVENT: EVENTS}


class Archive:
    """All that is public at `as_of`, and nothing else: stages cannot see the rest (law 5).

    `siblings` are the public editions of each notice by its id, as `public` gives them.
    """

    def __init__(
        self,
        site: Site,
        taxonomy: Taxonomy,
        siblings: Mapping[str, tuple[Edition, ...]],
        pages: Iterable[Page],
        attachments: Mapping[str, Attachment],
        as_of: datetime,
    ) -> None:
        self.site = site
        self.taxonomy = taxonomy
        self._as_of = as_of
        self._year = as_of.astimezone(UTC).year
        self.attachments = attachments
        self.siblings = siblings
        self.pages: dict[str, dict[str, Page]] = {}
        for page in pages:
            self.pages.setdefault(page.id, {})[page.language] = page
        self.listings = self._shelve()

    def _shelve(self) -> dict[tuple[str, str], Listing]:
        editions = [edition for public in self.siblings.values() for edition in public]
        editions.sort(key=attrgetter("id"))
        editions.sort(key=attrgetter("date"), reverse=True)
        found: dict[str, dict[str, dict[str, list[Edition]]]] = {
            language: {name: defaultdict(list) for name in (ALL, *_OF_KIND.values(), CATEGORY, TAG)}
            for language in self.site.languages
        }
        for edition in editions:
            lists = found[edition.language]
            lists[ALL][""].append(edition)
            lists[_OF_KIND[edition.kind]][""].append(edition)
            if edition.category:
                lists[CATEGORY][edition.category].append(edition)
            by_tag = lists[TAG]
            for tag in edition.tags:
                by_tag[tag].append(edition)
        keys = {(name, "") for name in (ALL, *_OF_KIND.values())}
        keys |= {(name, key) for lists in found.values() for name in lists for key in lists[name]}
        return {(name, key): self._listing(name, key, found) for name, key in sorted(keys)}

    def _listing(
        self, name: str, key: str, found: Mapping[str, Mapping[str, Mapping[str, list[Edition]]]]
    ) -> Listing:
        terms = {TAG: self.taxonomy.tags, CATEGORY: self.taxonomy.categories}
        term = terms[name][key] if name in terms else None
        listing = Listing(name, self.site.languages, term)
        for language, lists in found.items():
            listing.shelves[language].editions = lists[name].get(key, [])
        return listing

    def phase(self, edition: Edition) -> Phase | None:
        """Where an event stands. This and `is_old` are all that can be asked of the instant, so
        that outputs change only when an event, a publication or the age of a notice falls due.
        """
        return self._phases[edition.source] if edition.event else None

    def phases(self, editions: Iterable[Edition]) -> dict[str, Phase]:
        """Where the events among some editions stand, by the path of their source."""
        return {e.source: self._phases[e.source] for e in editions if e.event}

    @cached_property
    def _phases(self) -> dict[str, Phase]:
        return {
            edition.source: edition.event.phase(self._as_of, self.site.zone)
            for public in self.siblings.values()
            for edition in public
            if edition.event
        }

    @cached_property
    def agendas(self) -> dict[str, Agenda]:
        """The events of each language by the days on which they take place."""
        shelves = self.listings[EVENTS, ""].shelves
        return {lang: Agenda(shelf.events, self.site.zone) for lang, shelf in shelves.items()}

    @property
    def event_years(self) -> list[int]:
        """The years in which an event begins, in any language, newest first."""
        return sorted({year for agenda in self.agendas.values() for year in agenda.years})[::-1]

    @property
    def event_months(self) -> list[Month]:
        """The months in which an event takes place, in any language, newest first."""
        return sorted({month for agenda in self.agendas.values() for month in agenda.months})[::-1]

    def is_old(self, edition: Edition) -> bool:
        """Whether a reader is to be told how old a notice is (see `old_since`)."""
        years = self._year - edition.date.year
        return old_since(edition) <= self._as_of if years == OLD_AFTER else years > OLD_AFTER

    def digest(self) -> bytes:
        """Stands for everything that a stage can see, the site's settings aside."""
        editions = [e for public in self.siblings.values() for e in public]
        return digest(
            self.taxonomy,
            b"".join([edition.digest for edition in editions]),
            [self.phase(edition) for edition in editions if edition.event],
            bytes(map(self.is_old, editions)),
            [page.digest for versions in self.pages.values() for page in versions.values()],
            list(self.attachments.values()),
        )

    def editions(self, language: str) -> list[Edition]:
        """All public editions of a language, newest first."""
        return self.listings[ALL, ""].shelves[language].editions

    def of(self, name: str) -> list[Listing]:
        """The listings of a name: every tag, every category."""
        return [listing for (its_name, _), listing in self.listings.items() if its_name == name]

    @cached_property
    def by_source(self) -> dict[str, Edition | Page]:
        """What is public, by the path of its source."""
        found: dict[str, Edition | Page] = {
            edition.source: edition for public in self.siblings.values() for edition in public
        }
        for versions in self.pages.values():
            found.update({page.source: page for page in versions.values()})
        return found


def public(notices: Iterable[Notice], as_of: datetime) -> dict[str, tuple[Edition, ...]]:
    """The editions that are public at `as_of`, by the id of their notice."""
    found = ((notice.id, _published(notice, as_of)) for notice in notices)
    return {its_id: editions for its_id, editions in found if editions}


def _published(notice: Notice, as_of: datetime) -> tuple[Edition, ...]:
    """The editions of a notice that are public at `as_of`: none before the original is."""
    original = notice.editions[0]
    if original.status is Status.DRAFT or original.date > as_of:
        return ()
    return tuple(
        _as_of(edition, as_of)
        for edition in notice.editions
        if edition.status is not Status.DRAFT and edition.date <= as_of
    )


def _as_of(edition: Edition, as_of: datetime) -> Edition:
    """An edition without the changes that are dated later; a withdrawal is one of them."""
    changes = tuple(change for change in edition.changes if change.at <= as_of)
    if len(changes) == len(edition.changes):
        return edition
    status = edition.status
    if not any(change.kind is ChangeKind.WITHDRAWN for change in changes):
        status = Status.PUBLISHED
    shown = replace(
        edition,
        changes=changes,
        status=status,
        card=digest(edition.card, status),
    )
    return replace(shown, digest=digest_of(shown))
