"""Notice pages: one for each edition, with its life, its facts, its files and its neighbours.

Reads the archive and the bodies. Writes `<language>/<year>/<month>/<slug>/index.html`.
"""

from collections.abc import Iterator, Sequence

from blinker import signal
from markupsafe import Markup
from msgspec import Struct

from plugins.model.archive import CATEGORY, TAG, Archive, Attachment
from plugins.model.notice import Edition, Kind
from plugins.model.output import Order, Output, Press, Words, file_of
from plugins.model.taxonomy import Term
from plugins.outputs.notices.around import Around, Row, rows
from plugins.outputs.notices.banners import Banner, banners
from plugins.outputs.notices.citation import citation, letter
from plugins.outputs.notices.invitations import InvitationView, invitation
from plugins.outputs.notices.related import RelatedView, related, related_view
from plugins.outputs.notices.schema import article, event_data
from plugins.outputs.views.bodies import html_of
from plugins.outputs.views.facts import (
    ChangeLine,
    Fact,
    changes,
    document_facts,
    origin_facts,
    tag_of,
)
from plugins.outputs.views.files import FileView, file_view, linked
from plugins.outputs.views.frame import COPY, Frame, Image, Link, frame, versioned
from plugins.outputs.views.graph import Data, publisher
from plugins.outputs.views.occasions import Occasion, occasion_of
from plugins.outputs.views.phases import ClockView, clock
from plugins.outputs.views.variants import PictureView, Shown, card, picture_view
from plugins.outputs.views.wording import repeats

TEMPLATE = "notice.html"
LONG = 3
"""Changes that are shown; a longer history is folded."""


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


def outputs(archive: Archive) -> Iterator[Output]:
    """One output for each public edition."""
    for row in rows(archive):
        for place, (edition, key) in enumerate(zip(row.editions, row.keys(), strict=True)):
            yield Output(file_of(edition.address), key, Order.PAGE, render, (edition, row, place))


def render(press: Press, edition: Edition, row: Row, place: int) -> bytes:
    """The page of an edition, which is at a place of its row."""
    around = row.around(place)
    few = around.few
    site, language = press.site, edition.language
    words = press.words(language)
    crumbs = _crumbs(words, edition)
    files = linked(press, edition, few.files)
    shown = tuple(file_view(press, words, file) for file in files)
    picture = site.absolute(card(few.picture)[0]) if few.picture else ""
    occasion = _occasion(press, edition, around)
    invited = invitation(press, words, edition, few.phase, occasion) if occasion else None
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
            image=_image(edition, picture, few.picture),
            nodes=_nodes(press, edition, around, occasion, files, picture),
        ),
        kind=words.text("Event") if edition.kind is Kind.EVENT else words.text("Bulletin"),
        title=edition.title,
        origin=tuple(origin_facts(press, words, edition)),
        history="#Changes" if edition.major_changes else "",
        category=_term_link(press, CATEGORY, around.category, language),
        banners=tuple(banners(press, words, edition, around.life)),
        summary="" if repeats(edition.summary, edition.body.excerpt) else edition.summary,
        body=Markup(html_of(press, edition, few.links)),  # noqa: S704 (sanitised at reading)
        lead=picture_view(press, edition.picture, few.picture),
        invitation=invited,
        clock=clock(press, words, [invited.phase]) if invited else None,
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


def _crumbs(words: Words, edition: Edition) -> list[tuple[str, str]]:
    year, month, home = edition.day.year, edition.day.month, f"/{edition.language}/"
    return [
        (str(year), f"{home}{year}/"),
        (words.month(year, month), f"{home}{year}/{month:02d}/"),
    ]


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
    return tuple(document_facts(press, words, edition, edition.document, around.few.before))


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


def _nodes(
    press: Press,
    edition: Edition,
    around: Around,
    occasion: Occasion | None,
    files: Sequence[Attachment],
    picture: str,
) -> list[Data]:
    """The notice for programs."""
    nodes = [
        article(press, edition, around.siblings, around.category, around.tags, picture, files),
        publisher(press, edition.language),
    ]
    return [*nodes, event_data(occasion, picture)] if occasion else nodes


def _image(edition: Edition, address: str, picture: Shown | None) -> Image | None:
    """The lead picture, as other sites show it; `address` is absolute."""
    if not (picture and edition.picture):
        return None
    _, width, height = card(picture)
    return Image(address, width, height, edition.picture.alt)


def register() -> None:
    """Pelican's hook for plugins."""
    signal("archive_outputs").connect(outputs)
