"""Pages that list no notices: standing pages, the language chooser, all topics, not found.

Reads the archive and the bodies. Writes `<language>/<slug>/`, `/`, `<language>/tags/`, `404.html`
and `<language>/404.html`.
"""

from collections.abc import Iterator

from blinker import signal
from markupsafe import Markup
from msgspec import Struct

from plugins.model.archive import CATEGORY, TAG, Archive, Listing
from plugins.model.notice import Page, digest
from plugins.model.output import Order, Output, Press, file_of
from plugins.model.taxonomy import Term
from plugins.outputs.views.bodies import Target, html_of, targets
from plugins.outputs.views.frame import Frame, Link, footer_of, frame
from plugins.outputs.views.listed import TopicView

Footer = tuple[tuple[str, str], ...]
Counted = tuple[tuple[Term, int], ...]


class PageView(Struct, frozen=True):
    """What `page.html` prints."""

    frame: Frame
    title: str
    body: Markup


class TopicsView(Struct, frozen=True):
    """What `topics.html` prints."""

    frame: Frame
    title: str
    categories: tuple[TopicView, ...]
    tags: tuple[TopicView, ...]


class Door(Struct, frozen=True):
    """The way into one language, in its own words."""

    tag: str
    direction: str
    name: str
    site: str
    tagline: str
    href: str


class ChooserView(Struct, frozen=True):
    """What `chooser.html` prints."""

    frame: Frame
    doors: tuple[Door, ...]


class NotFound(Struct, frozen=True):
    """That a page is not found, in one language."""

    tag: str
    title: str
    text: str
    links: tuple[Link, ...]


class NotFoundView(Struct, frozen=True):
    """What `notfound.html` prints."""

    frame: Frame
    parts: tuple[NotFound, ...]


def outputs(archive: Archive) -> Iterator[Output]:
    """The pages of every language, and those that are for all."""
    languages = archive.site.languages
    footers = {language: footer_of(archive, language) for language in languages}
    for language in languages:
        footer = footers[language]
        for versions in archive.pages.values():
            if page := versions.get(language):
                yield _standing(archive, page, versions, footer)
        categories = _counted(archive.of(CATEGORY), language)
        tags = _counted(archive.of(TAG), language)
        yield Output(
            f"{language}/tags/index.html",
            digest(footer, categories, tags),
            Order.LISTING,
            render_topics,
            (language, categories, tags, footer),
        )
        yield Output(
            f"{language}/404.html",
            digest(footer),
            Order.PAGE,
            render_not_found,
            (language, (language,), footer),
        )
    first = languages[0]
    yield Output(
        "404.html",
        digest(footers[first]),
        Order.PAGE,
        render_not_found,
        (first, languages, footers[first]),
    )
    yield Output(
        "index.html", digest(footers[first]), Order.PAGE, render_chooser, (first, footers[first])
    )


def _standing(archive: Archive, page: Page, versions: dict[str, Page], footer: Footer) -> Output:
    addresses = {language: version.address for language, version in versions.items()}
    links = targets(archive, page)
    return Output(
        file_of(page.address),
        digest(page.digest, addresses, links, footer),
        Order.PAGE,
        render_page,
        (page, addresses, links, footer),
    )


def _counted(listings: list[Listing], language: str) -> Counted:
    return tuple(
        (listing.term, len(listing.shelves[language].editions))
        for listing in listings
        if listing.term
    )


def render_page(
    press: Press, page: Page, addresses: dict[str, str], links: tuple[Target, ...], footer: Footer
) -> bytes:
    """A standing page."""
    view = PageView(
        frame(press, page.language, page.title, addresses, footer, description=page.summary),
        page.title,
        Markup(html_of(press, page, links)),  # noqa: S704 (sanitised at reading)
    )
    return press.page("page.html", page.language, view)


def render_topics(
    press: Press, language: str, categories: Counted, tags: Counted, footer: Footer
) -> bytes:
    """All categories and tags, in the order of the language's alphabet."""
    words = press.words(language)
    title = words.text("Topics")
    addresses = {other: f"/{other}/tags/" for other in press.site.languages}

    def views(name: str, counted: Counted) -> tuple[TopicView, ...]:
        found = [
            TopicView(
                term.label[language],
                press.site.href(f"/{language}/{name}/{term.slug[language]}/"),
                count,
                term.description[language],
            )
            for term, count in counted
        ]
        return tuple(sorted(found, key=lambda topic: words.order(topic.label)))

    view = TopicsView(
        frame(press, language, title, addresses, footer),
        title,
        views(CATEGORY, categories),
        views(TAG, tags),
    )
    return press.page("topics.html", language, view)


def render_chooser(press: Press, language: str, footer: Footer) -> bytes:
    """The page that chooses a language; it is in all of them."""
    site = press.site
    addresses = {other: f"/{other}/" for other in site.languages}
    doors = []
    for other in site.languages:
        words = press.words(other)
        doors.append(
            Door(
                words.tag,
                words.direction,
                words.name,
                site.name[other],
                site.tagline[other],
                site.href(addresses[other]),
            )
        )
    around = frame(
        press,
        language,
        " – ".join(dict.fromkeys(site.name.values())),
        addresses,
        footer,
        default="/",
        canonical="/",
    )
    return press.page("chooser.html", language, ChooserView(around, tuple(doors)))


def render_not_found(
    press: Press, language: str, languages: tuple[str, ...], footer: Footer
) -> bytes:
    """What a host shows where there is no page, in these languages."""
    site = press.site
    parts = []
    for other in languages:
        words = press.words(other)
        home = f"/{other}/"
        parts.append(
            NotFound(
                words.tag,
                words.text("Page not found"),
                words.text(
                    "There is nothing at this address. Notices keep their address for ever, so it"
                    " may have been mistyped."
                ),
                tuple(
                    Link(text, site.href(f"{home}{below}"))
                    for text, below in (
                        (words.text("Newest notices"), ""),
                        (words.text("Topics"), "tags/"),
                        (words.text("Search"), "search/"),
                    )
                    if below != "search/" or site.has("search")
                ),
            )
        )
    addresses = {other: f"/{other}/" for other in site.languages if other != language}
    around = frame(press, language, parts[0].title, addresses, footer, indexed=False)
    return press.page("notfound.html", language, NotFoundView(around, tuple(parts)))


def register() -> None:
    """Pelican's hook for plugins."""
    signal("archive_outputs").connect(outputs)
