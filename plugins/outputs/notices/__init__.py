"""Notice pages: one for each edition, with its life, its facts, its files and its neighbours.

Reads the archive and the bodies. Writes `<language>/<year>/<month>/<slug>/index.html`.
"""

from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

from blinker import signal
from markupsafe import Markup
from msgspec import Struct

from plugins.model.archive import CATEGORY, TAG, Archive, Attachment
from plugins.model.notice import Edition, Kind, Phase, digest, is_behind
from plugins.model.output import Order, Output, Press, Words, file_of
from plugins.model.taxonomy import Term
from plugins.outputs.notices.banners import Banner, Life, banners
from plugins.outputs.notices.citation import citation, letter
from plugins.outputs.notices.invitations import InvitationView, invitation
from plugins.outputs.notices.related import RelatedView, beside, related, related_view
from plugins.outputs.notices.schema import article, breadcrumbs, event_data, graph, publisher
from plugins.outputs.views.bodies import Target, html_of, targets
from plugins.outputs.views.facts import (
    ChangeLine,
    Fact,
    changes,
    document_facts,
    origin_facts,
    tag_of,
)
from plugins.outputs.views.files import FileView, attached, file_view, linked
from plugins.outputs.views.frame import COPY, Frame, Link, footer_of, frame, versioned
from plugins.outputs.views.occasions import Occasion, occasion_of
from plugins.outputs.views.phases import ClockView, clock
from plugins.outputs.views.succession import Predecessor, Succession
from plugins.outputs.views.variants import PictureView, Shown, card, lead_of, picture_view

TEMPLATE = "notice.html"
REPEATED = 80
"""Characters by which a summary is known to be the text's own beginning."""

LONG = 3
"""Changes that are shown; a longer history is folded."""

_CARD = attrgetter("card")
_AGES = Life(), Life(is_old=True)


class NoticeView(Struct, frozen=True):
    """What `notice.html` prints."""

    frame: Frame
    kind: str
    title: str
    origin: tuple[Fact, ...]
    history: str
    category: Link | None
    banners: tuple[Banner, ...]
    summary: str
    body: Markup
    lead: PictureView | None
    invitation: InvitationView | None
    clock: ClockView | None
    data: Markup
    document: tuple[Fact, ...]
    document_files: tuple[FileView, ...]
    files: tuple[FileView, ...]
    tags: tuple[Link, ...]
    changes: tuple[ChangeLine, ...]
    folded: str
    source: str
    source_tag: str
    newer: Link | None
    older: Link | None
    related: tuple[RelatedView, ...]
    citation: str
    letter: str
    script: str
    oembed: str


class Around(NamedTuple):
    """What a notice page shows of the archive around its edition."""

    siblings: tuple[tuple[str, str], ...]
    newer: Edition | None
    older: Edition | None
    category: Term | None
    tags: tuple[Term, ...]
    beside: Sequence[Edition]
    before: tuple[Predecessor, ...]
    life: Life
    links: tuple[Target, ...]
    files: tuple[Attachment, ...]
    picture: Shown | None
    phase: Phase | None
    footer: tuple[tuple[str, str], ...]


class Row(NamedTuple):
    """The notices of a language, newest first, with what all their pages are made from."""

    archive: Archive
    editions: Sequence[Edition]
    beside: Mapping[str, Sequence[Edition]]
    succession: Succession
    footer: tuple[tuple[str, str], ...]

    def around(self, place: int) -> Around:
        """What lies around the edition at a place."""
        archive, edition = self.archive, self.editions[place]
        taxonomy = archive.taxonomy
        return Around(
            siblings=tuple((e.language, e.address) for e in archive.siblings[edition.id]),
            newer=self.editions[place - 1] if place else None,
            older=self.editions[place + 1] if place + 1 < len(self.editions) else None,
            category=taxonomy.categories.get(edition.category),
            tags=tuple(taxonomy.tags[tag] for tag in edition.tags),
            beside=self.beside[edition.id],
            before=self.succession.before(edition),
            life=_life(archive, self.succession, edition),
            links=targets(archive, edition),
            files=attached(archive, edition),
            picture=lead_of(archive, edition),
            phase=archive.phase(edition),
            footer=self.footer,
        )


def outputs(archive: Archive) -> Iterator[Output]:
    """One output for each public edition."""
    succession = Succession(archive)
    taxonomy = archive.taxonomy
    of_category = {key: digest(term) for key, term in taxonomy.categories.items()}
    of_tag = {key: digest(term) for key, term in taxonomy.tags.items()}
    for language in archive.site.languages:
        editions = archive.editions(language)
        footer = footer_of(archive, language)
        row = Row(archive, editions, beside(archive, language), succession, footer)
        shared = digest(footer)
        cards = [b"", *map(_CARD, editions), b""]
        for place, edition in enumerate(editions):
            key = digest(
                shared,
                edition.digest,
                cards[place],
                cards[place + 2],
                of_category.get(edition.category),
                b"".join([of_tag[tag] for tag in edition.tags]),
                b"".join(map(_CARD, row.beside[edition.id])),
                [sibling.address for sibling in archive.siblings[edition.id]],
                _life(archive, succession, edition),
                _of_few(archive, succession, edition),
            )
            yield Output(file_of(edition.address), key, Order.PAGE, render, (edition, row, place))


def _of_few(archive: Archive, succession: Succession, edition: Edition) -> tuple[object, ...]:
    """What only some editions have, as far as their pages depend on it."""
    if not (edition.body.links or edition.document or edition.event or edition.picture):
        return ()
    return (
        targets(archive, edition),
        attached(archive, edition),
        succession.before(edition),
        lead_of(archive, edition),
        archive.phase(edition),
    )


def _life(archive: Archive, succession: Succession, edition: Edition) -> Life:
    is_old = archive.is_old(edition)
    if edition.is_original and not edition.document:
        return _AGES[is_old]
    original = archive.siblings[edition.id][0]
    behind = is_behind(edition, original)
    return Life(
        succession.after(edition),
        is_old,
        (original.address, original.language) if behind else None,
    )


def render(press: Press, edition: Edition, row: Row, place: int) -> bytes:
    """The page of an edition, which is at a place of its row."""
    around = row.around(place)
    site, language = press.site, edition.language
    words = press.words(language)
    crumbs = _crumbs(words, edition)
    files = linked(press, edition, around.files)
    shown = tuple(file_view(press, words, file) for file in files)
    picture = site.absolute(card(around.picture)[0]) if around.picture else ""
    occasion = _occasion(press, edition, around)
    invited = invitation(press, words, edition, around.phase, occasion) if occasion else None
    view = NoticeView(
        frame=frame(
            press,
            language,
            edition.title,
            dict(around.siblings),
            around.footer,
            description=edition.summary,
            crumbs=crumbs,
            kind="article",
            image=picture,
        ),
        kind=words.text("Event") if edition.kind is Kind.EVENT else words.text("Bulletin"),
        title=edition.title,
        origin=tuple(origin_facts(press, words, edition)),
        history="#Changes" if edition.major_changes else "",
        category=_term_link(press, CATEGORY, around.category, language),
        banners=tuple(banners(press, words, edition, around.life)),
        summary="" if _repeats(edition.summary, edition.body.excerpt) else edition.summary,
        body=Markup(html_of(press, edition, around.links)),  # noqa: S704 (sanitised at reading)
        lead=picture_view(press, edition.picture, around.picture),
        invitation=invited,
        clock=clock(press, words, [invited.phase]) if invited else None,
        data=_data(
            press, edition, around, occasion, [_home(words, language), *crumbs], files, picture
        ),
        document=_document_facts(press, words, edition, around),
        document_files=shown if edition.document else (),
        files=() if edition.document else shown,
        tags=tuple(
            Link(term.label[language], site.href(f"/{language}/{TAG}/{term.slug[language]}/"))
            for term in sorted(around.tags, key=lambda term: words.order(term.label[language]))
        ),
        changes=tuple(changes(press, words, edition)),
        folded=_folded(words, len(edition.changes)),
        source=edition.provenance,
        source_tag=tag_of(press, edition, "Source"),
        newer=_link(press, around.newer),
        older=_link(press, around.older),
        related=_related(press, words, edition, around),
        citation=citation(press, words, edition),
        letter=letter(press, words, edition),
        script=versioned(press, COPY, "static/copy.js"),
        oembed=site.absolute(f"{edition.address}oembed.json") if site.has("embeds") else "",
    )
    return press.page(TEMPLATE, language, view)


def _repeats(summary: str, excerpt: str) -> bool:
    """Whether a summary says no more than the beginning of the text below it."""
    return excerpt.startswith(summary[:REPEATED].rstrip(" .…"))


def _crumbs(words: Words, edition: Edition) -> list[tuple[str, str]]:
    year, month, home = edition.day.year, edition.day.month, f"/{edition.language}/"
    return [
        (str(year), f"{home}{year}/"),
        (words.month(year, month), f"{home}{year}/{month:02d}/"),
    ]


def _home(words: Words, language: str) -> tuple[str, str]:
    return words.text("Home"), f"/{language}/"


def _term_link(press: Press, name: str, term: Term | None, language: str) -> Link | None:
    if not term:
        return None
    return Link(term.label[language], press.site.href(f"/{language}/{name}/{term.slug[language]}/"))


def _link(press: Press, other: Edition | None) -> Link | None:
    return Link(other.title, press.site.href(other.address)) if other else None


def _occasion(press: Press, edition: Edition, around: Around) -> Occasion | None:
    if not edition.event:
        return None
    terms = (around.category, *around.tags) if around.category else around.tags
    return occasion_of(press, edition, terms)


def _document_facts(
    press: Press, words: Words, edition: Edition, around: Around
) -> tuple[Fact, ...]:
    if not edition.document:
        return ()
    return tuple(document_facts(press, words, edition, edition.document, around.before))


def _related(
    press: Press, words: Words, edition: Edition, around: Around
) -> tuple[RelatedView, ...]:
    elsewhere = [other.address for other in (around.newer, around.older) if other]
    found = related(edition, around.beside, elsewhere)
    return tuple(related_view(press, words, other) for other in found)


def _folded(words: Words, number: int) -> str:
    """What a long history is folded under."""
    if number <= LONG:
        return ""
    return words.count("Show {number} change", "Show all {number} changes", number)


def _data(
    press: Press,
    edition: Edition,
    around: Around,
    occasion: Occasion | None,
    crumbs: Sequence[tuple[str, str]],
    files: Sequence[Attachment],
    picture: str,
) -> Markup:
    """The notice for programs."""
    here = edition.title, edition.address
    nodes = [
        article(press, edition, around.siblings, around.category, around.tags, picture, files),
        breadcrumbs(press, press.site.absolute(edition.address), [*crumbs, here]),
        publisher(press, edition.language),
    ]
    if occasion:
        nodes.insert(1, event_data(occasion, picture))
    return graph(nodes)


def register() -> None:
    """Pelican's hook for plugins."""
    signal("archive_outputs").connect(outputs)
