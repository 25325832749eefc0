"""The frame: what every page of a language has around its own content."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup
from msgspec import Struct

from plugins.model.archive import Archive
from plugins.model.notice import digest
from plugins.model.output import Press, Words
from plugins.model.site import Site
from plugins.outputs.views.graph import Data, breadcrumbs, graph

STYLE = "theme/site.css"
ICON = "theme/icon.svg"
LOGO = "theme/icon.png"
COPY = "theme/copy.js"


class Link(Struct, frozen=True):
    """A link: `tag` is the language of its words, `current` whether it is this page."""

    text: str
    href: str
    tag: str = ""
    current: bool = False


class Switch(Struct, frozen=True):
    """The way to this page in a language: without `href` there is none, and `note` says so."""

    name: str
    tag: str
    href: str
    note: str
    current: bool


class Image(Struct, frozen=True):
    """A page's picture for Open Graph: its absolute address, size in pixels, description."""

    href: str
    width: int
    height: int
    alt: str


class Frame(Struct, frozen=True):
    """What `layout.html` prints.

    `heading`, `kind`, `locale` and `image` are for Open Graph, `graph` is the page's JSON-LD;
    `search` is the address of the search page, where the masthead has a form.
    """

    tag: str
    direction: str
    locale: str
    title: str
    heading: str
    kind: str
    description: str
    image: Image | None
    graph: Markup
    canonical: str
    alternates: tuple[Link, ...]
    switches: tuple[Switch, ...]
    style: str
    icon: str
    home: Link
    menu: tuple[Link, ...]
    search: str
    crumbs: tuple[Link, ...]
    feed: Link | None
    footer: tuple[Link, ...]
    publisher: str
    email: str
    phone: str
    postal: str
    indexed: bool


def frame(
    press: Press,
    language: str,
    title: str,
    addresses: Mapping[str, str],
    footer: Sequence[tuple[str, str]],
    description: str = "",
    crumbs: Sequence[tuple[str, str]] = (),
    feed: tuple[str, str] | None = None,
    default: str = "",
    canonical: str = "",
    indexed: bool = True,
    kind: str = "website",
    image: Image | None = None,
    nodes: Sequence[Data] = (),
) -> Frame:
    """The frame of the page that has these addresses, by language.

    `footer` are titles and addresses of standing pages, `crumbs` of the pages above; `feed` is the
    title and address of what follows this page's list; `default` is the address for readers of no
    known language, without it that in the first language; `canonical` is this page's own address
    where it is none of `addresses`. `kind` is the page's type in Open Graph (`website`, `article`);
    `nodes` are what JSON-LD tells of it besides its breadcrumbs.
    """
    site, words = press.site, press.words(language)
    here = canonical or addresses.get(language, "")
    home = f"/{language}/"
    search = f"{home}search/"
    versions = [other for other in site.languages if other in addresses]
    alternates = [
        Link(press.words(other).tag, site.absolute(addresses[other])) for other in versions
    ]
    if default or len(versions) > 1:
        alternates.append(Link("x-default", site.absolute(default or addresses[versions[0]])))
    name = site.name[language]
    key = digest("frame", language, footer)
    fixed = press.once(key, lambda: _fixed(press, language, footer))
    return Frame(
        tag=words.tag,
        direction=words.direction,
        locale=words.locale,
        title=title if canonical or here == home else f"{title} – {name}",
        heading=title,
        kind=kind,
        description=description or (_about(press, language, title) if indexed else ""),
        image=image,
        graph=graph([*nodes, *_way(press, words, home, crumbs, (title, here))]),
        canonical=site.absolute(here) if here else "",
        alternates=tuple(alternates) if here and indexed else (),
        switches=tuple(
            _switch(press, other, addresses, current=other == language and not canonical)
            for other in site.languages
        ),
        style=fixed.style,
        icon=fixed.icon,
        home=Link(name, fixed.home.href, current=here == home),
        menu=fixed.menus.get(here, fixed.menu),
        search=fixed.search if here != search else "",
        crumbs=tuple(Link(text, site.href(address)) for text, address in crumbs),
        feed=Link(feed[0], site.href(feed[1])) if feed else None,
        footer=fixed.footer,
        publisher=site.publisher[language],
        email=site.contact.email,
        phone=site.contact.phone,
        postal=site.contact.address.get(language, ""),
        indexed=indexed,
    )


class _Fixed(Struct, frozen=True):
    """What the frames of a language have in common; `menus` are those of its pages by address."""

    style: str
    icon: str
    home: Link
    menu: tuple[Link, ...]
    menus: Mapping[str, tuple[Link, ...]]
    search: str
    footer: tuple[Link, ...]


def _fixed(press: Press, language: str, footer: Sequence[tuple[str, str]]) -> _Fixed:
    site, words = press.site, press.words(language)
    sections, home = _menu(words, language), f"/{language}/"

    def menu(here: str) -> tuple[Link, ...]:
        return tuple(Link(text, site.href(at), current=at == here) for text, at in sections)

    return _Fixed(
        style=versioned(press, STYLE, "static/site.css"),
        icon=versioned(press, ICON, "static/icon.svg"),
        home=Link(site.name[language], site.href(home)),
        menu=menu(""),
        menus={address: menu(address) for _, address in sections},
        search=site.href(f"{home}search/") if site.has("search") else "",
        footer=tuple(
            Link(text, site.href(address))
            for text, address in [*_ways(site, words, language), *footer]
        ),
    )


def _way(
    press: Press,
    words: Words,
    home: str,
    crumbs: Sequence[tuple[str, str]],
    here: tuple[str, str],
) -> list[Data]:
    """The breadcrumbs of a page that has some."""
    if not crumbs:
        return []
    way = [(words.text("Home"), home), *crumbs, here]
    return [breadcrumbs(press, press.site.absolute(here[1]), way)]


def _about(press: Press, language: str, title: str) -> str:
    """What search engines say of a page that has no words of its own for them."""
    publisher = press.site.publisher[language]
    return press.words(language).text(
        "{title}: notices and events of {publisher}", title=title, publisher=publisher
    )


def _menu(words: Words, language: str) -> list[tuple[str, str]]:
    return [
        (words.text("Bulletins"), f"/{language}/bulletins/"),
        (words.text("Events"), f"/{language}/events/"),
        (words.text("Topics"), f"/{language}/tags/"),
    ]


def _ways(site: Site, words: Words, language: str) -> list[tuple[str, str]]:
    """The ways to follow and to embed, as far as the site has them."""
    ways = {
        "feeds": (words.text("Feeds"), f"/{language}/feeds/"),
        "embeds": (words.text("Embed notices"), f"/{language}/embed/"),
    }
    return [way for stage, way in ways.items() if site.has(stage)]


def _switch(press: Press, other: str, addresses: Mapping[str, str], *, current: bool) -> Switch:
    words = press.words(other)
    href = press.site.href(addresses[other]) if other in addresses else ""
    note = "" if href else words.text("Not available in this language")
    return Switch(words.name, words.tag, href, note, current)


def versioned(press: Press, path: str, source: str) -> str:
    """The address of a file of the theme, with a mark that changes when the file does."""
    return f"{press.site.href('/' + path)}?{press.fingerprint(source)}"


def footer_of(archive: Archive, language: str) -> tuple[tuple[str, str], ...]:
    """Title and address of the standing pages in the menu that exist in a language."""
    pages = (archive.pages.get(stem, {}).get(language) for stem in archive.site.menu)
    return tuple((page.title, page.address) for page in pages if page)
