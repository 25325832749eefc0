"""Notice pages: one for each edition, with its life, its facts and its neighbours.

Reads the archive and the bodies. Writes `<language>/<year>/<month>/<slug>/index.html`.
"""

from collections.abc import Iterator
from typing import NamedTuple

from blinker import signal
from markupsafe import Markup
from msgspec import Struct

from plugins.model.archive import CATEGORY, TAG, Archive
from plugins.model.notice import Edition, Kind, Phase, digest
from plugins.model.output import Order, Output, Press, Words, file_of
from plugins.model.taxonomy import Term
from plugins.outputs.bodies import Target, html_of, targets
from plugins.outputs.facts import (
    Banner,
    ChangeLine,
    Fact,
    banners,
    changes,
    document_facts,
    tag_of,
)
from plugins.outputs.frame import Frame, Link, footer_of, frame
from plugins.outputs.invitations import InvitationView, invitation
from plugins.outputs.occasions import Occasion, occasion_of
from plugins.outputs.phases import ClockView, clock
from plugins.outputs.schema import event_data, script

TEMPLATE = "notice.html"
REPEATED = 80
"""Characters by which a summary is known to be the text's own beginning."""


class Lead(Struct, frozen=True):
    """The lead picture."""

    src: str
    alt: str
    caption: str
    width: int
    height: int


class NoticeView(Struct, frozen=True):
    """What `notice.html` prints."""

    frame: Frame
    kind: str
    title: str
    iso: str
    day: str
    time: str
    category: Link | None
    banners: tuple[Banner, ...]
    summary: str
    body: Markup
    lead: Lead | None
    invitation: InvitationView | None
    clock: ClockView | None
    data: Markup
    document: tuple[Fact, ...]
    tags: tuple[Link, ...]
    changes: tuple[ChangeLine, ...]
    source: str
    source_tag: str
    newer: Link | None
    older: Link | None
    oembed: str


class Around(NamedTuple):
    """What a notice page shows of the archive around its edition."""

    siblings: tuple[tuple[str, str], ...]
    newer: tuple[str, str] | None
    older: tuple[str, str] | None
    category: Term | None
    tags: tuple[Term, ...]
    links: tuple[Target, ...]
    picture: tuple[str, int, int] | None
    phase: Phase | None
    footer: tuple[tuple[str, str], ...]


def outputs(archive: Archive) -> Iterator[Output]:
    """One output for each public edition."""
    taxonomy = archive.taxonomy
    digests = {
        id(t): digest(t) for table in (taxonomy.tags, taxonomy.categories) for t in table.values()
    }
    for language in archive.site.languages:
        footer = footer_of(archive, language)
        shared = digest(footer)
        editions = archive.editions(language)
        for index, edition in enumerate(editions):
            newer = editions[index - 1] if index else None
            older = editions[index + 1] if index + 1 < len(editions) else None
            category = taxonomy.categories.get(edition.category)
            tags = tuple(taxonomy.tags[tag] for tag in edition.tags)
            around = Around(
                siblings=tuple((e.language, e.address) for e in archive.siblings[edition.id]),
                newer=(newer.title, newer.address) if newer else None,
                older=(older.title, older.address) if older else None,
                category=category,
                tags=tags,
                links=targets(archive, edition) if edition.body.links else (),
                picture=_picture(archive, edition),
                phase=archive.phase(edition),
                footer=footer,
            )
            key = digest(
                shared,
                edition.digest,
                around.siblings,
                around.newer,
                around.older,
                [digests[id(term)] for term in (*tags, category) if term],
                around.links,
                around.picture,
                around.phase,
            )
            yield Output(file_of(edition.address), key, Order.PAGE, render, (edition, around))


def _picture(archive: Archive, edition: Edition) -> tuple[str, int, int] | None:
    if not edition.picture:
        return None
    attachment = archive.attachments[edition.picture.path]
    return attachment.address, attachment.width, attachment.height


def render(press: Press, edition: Edition, around: Around) -> bytes:
    """The page of an edition."""
    site, language = press.site, edition.language
    words = press.words(language)
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
            crumbs=_crumbs(words, edition),
        ),
        kind=words.text("Event") if edition.kind is Kind.EVENT else words.text("Bulletin"),
        title=edition.title,
        iso=edition.date.astimezone(site.zone).isoformat(timespec="minutes"),
        day=words.day(edition.day),
        time=words.time(edition.date),
        category=_term_link(press, CATEGORY, around.category, language),
        banners=tuple(banners(press, words, edition)),
        summary="" if _repeats(edition.summary, edition.body.excerpt) else edition.summary,
        body=Markup(html_of(press, edition, around.links)),  # noqa: S704 (sanitised at reading)
        lead=_lead(press, edition, around),
        invitation=invited,
        clock=clock(press, words, [invited.phase]) if invited else None,
        data=_data(press, occasion, around) if occasion else Markup(),
        document=tuple(document_facts(press, words, edition, edition.document))
        if edition.document
        else (),
        tags=tuple(
            Link(term.label[language], site.href(f"/{language}/{TAG}/{term.slug[language]}/"))
            for term in sorted(around.tags, key=lambda term: words.order(term.label[language]))
        ),
        changes=tuple(changes(press, words, edition)),
        source=edition.provenance,
        source_tag=tag_of(press, edition, "Source"),
        newer=Link(around.newer[0], site.href(around.newer[1])) if around.newer else None,
        older=Link(around.older[0], site.href(around.older[1])) if around.older else None,
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


def _term_link(press: Press, name: str, term: Term | None, language: str) -> Link | None:
    if not term:
        return None
    return Link(term.label[language], press.site.href(f"/{language}/{name}/{term.slug[language]}/"))


def _lead(press: Press, edition: Edition, around: Around) -> Lead | None:
    if not edition.picture or not around.picture:
        return None
    address, width, height = around.picture
    picture = edition.picture
    return Lead(press.site.href(address), picture.alt, picture.caption, width, height)


def _occasion(press: Press, edition: Edition, around: Around) -> Occasion | None:
    if not edition.event:
        return None
    terms = (around.category, *around.tags) if around.category else around.tags
    return occasion_of(press, edition, terms)


def _data(press: Press, occasion: Occasion, around: Around) -> Markup:
    """The event for programs."""
    picture = press.site.absolute(around.picture[0]) if around.picture else ""
    return script(event_data(occasion, picture))


def register() -> None:
    """Pelican's hook for plugins."""
    signal("archive_outputs").connect(outputs)
