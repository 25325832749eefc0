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
    event_facts,
    tag_of,
)
from plugins.outputs.frame import Frame, Link, footer_of, frame
from plugins.outputs.occasions import occasion_of
from plugins.outputs.schema import event_data, script
from plugins.outputs.variants import PictureView, Shown, card, lead_of, picture_view

TEMPLATE = "notice.html"
REPEATED = 80
"""Characters by which a summary is known to be the text's own beginning."""


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
    lead: PictureView | None
    facts: tuple[Fact, ...]
    calendar: str
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
    picture: Shown | None
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
                picture=lead_of(archive, edition),
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


def render(press: Press, edition: Edition, around: Around) -> bytes:
    """The page of an edition."""
    site, language = press.site, edition.language
    words = press.words(language)
    view = NoticeView(
        frame=frame(
            press,
            language,
            edition.title,
            dict(around.siblings),
            around.footer,
            description=edition.summary,
            crumbs=_crumbs(words, edition),
            image=site.absolute(card(around.picture)[0]) if around.picture else "",
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
        lead=picture_view(press, edition.picture, around.picture),
        facts=_event_facts(press, words, edition, around.phase),
        calendar=_calendar(press, edition),
        data=_data(press, edition, around),
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


def _event_facts(
    press: Press, words: Words, edition: Edition, phase: Phase | None
) -> tuple[Fact, ...]:
    if not edition.event or not phase:
        return ()
    return tuple(event_facts(press, words, edition, edition.event, phase))


def _calendar(press: Press, edition: Edition) -> str:
    """Where the event is for calendars."""
    has_one = edition.event and press.site.has("calendars")
    return press.site.href(f"{edition.address}event.ics") if has_one else ""


def _data(press: Press, edition: Edition, around: Around) -> Markup:
    """The event for programs."""
    if not edition.event:
        return Markup()
    terms = (around.category, *around.tags) if around.category else around.tags
    picture = press.site.absolute(card(around.picture)[0]) if around.picture else ""
    return script(event_data(occasion_of(press, edition, terms), picture))


def register() -> None:
    """Pelican's hook for plugins."""
    signal("archive_outputs").connect(outputs)
