"""The maker: how to embed, with working snippets of every listing; a script lets one choose."""

from collections.abc import Collection, Iterator, Sequence
from urllib.parse import urlsplit

from msgspec import Struct

from plugins.model.archive import ALL, BULLETINS, CATEGORY, EVENTS, TAG, Archive
from plugins.model.notice import digest
from plugins.model.output import Order, Output, Press, Words, file_of
from plugins.model.taxonomy import Term
from plugins.outputs.embeds import element, lists
from plugins.outputs.embeds.frames import NEWEST
from plugins.outputs.embeds.snippets import (
    ELEMENT,
    FRAME,
    LINK,
    POLICY,
    STYLE,
    Subject,
    filled,
)
from plugins.outputs.views.frame import COPY, Frame, footer_of, frame, versioned
from plugins.outputs.views.wording import listing_label

NUMBER = 5
"""Notices of an element, unless a partner says otherwise."""

FILES = {"theme/maker.js": "static/maker.js", "theme/maker.css": "static/maker.css"}
SCRIPT, LOOK = FILES

SECTIONS = (ALL, BULLETINS, EVENTS)

Listed = tuple[str, Term | None, dict[str, str]]
"""A listing: its name, its term, the addresses of its page by language."""


class Way(Struct, frozen=True):
    """A way to embed: `pattern` for the script, `snippet` of the first listing for everybody."""

    name: str
    title: str
    text: str
    pattern: str
    snippet: str


class Group(Struct, frozen=True):
    """Listings of a kind."""

    title: str
    subjects: tuple[Subject, ...]


class Choice(Struct, frozen=True):
    """What there is to embed in a language."""

    tag: str
    name: str
    groups: tuple[Group, ...]


class Example(Struct, frozen=True):
    """A listing with its snippets, in the order of the ways."""

    title: str
    snippets: tuple[str, ...]


class Script(Struct, frozen=True):
    """The element's script: `src` never changes, `newest` is the address of the major version."""

    src: str
    integrity: str
    newest: str


class MakerView(Struct, frozen=True):
    """What `maker.html` prints."""

    frame: Frame
    title: str
    lead: str
    look: str
    script: str
    copy: str
    element: Script | None
    number: int
    choices: tuple[Choice, ...]
    ways: tuple[Way, ...]
    examples: tuple[Example, ...]
    style: str
    policy: str


def outputs(archive: Archive) -> Iterator[Output]:
    """A page in each language; its script and its style sheet."""
    for path, source in FILES.items():
        yield Output(path, digest(source), Order.ASSET, render_file, (source,))
    languages = archive.site.languages
    listed = [
        (listing.name, listing.term, {other: listing.address(other) for other in languages})
        for listing in archive.listings.values()
    ]
    key = digest(listed)
    for language in languages:
        footer = footer_of(archive, language)
        yield Output(
            file_of(f"/{language}/embed/"),
            digest(key, footer),
            Order.LISTING,
            render,
            (language, listed, footer),
        )


def render(
    press: Press, language: str, listed: Sequence[Listed], footer: Sequence[tuple[str, str]]
) -> bytes:
    """The maker's page in a language."""
    site, words = press.site, press.words(language)
    title = words.text("Embed notices")
    lead = words.text(
        "Show the newest notices of this archive on your own pages. Nothing of it sets a cookie,"
        " stores anything or follows your readers."
    )
    own = _choice(press, language, listed)
    others = (_choice(press, other, listed) for other in site.languages if other != language)
    ways, examples = _documented(press, words, own)
    view = MakerView(
        frame=frame(
            press,
            language,
            title,
            {other: f"/{other}/embed/" for other in site.languages},
            footer,
            description=lead,
        ),
        title=title,
        lead=lead,
        look=versioned(press, LOOK, FILES[LOOK]),
        script=versioned(press, SCRIPT, FILES[SCRIPT]),
        copy=versioned(press, COPY, "static/copy.js"),
        element=_script(press) if site.has("feeds") else None,
        number=NUMBER,
        choices=(own, *others),
        ways=ways,
        examples=examples,
        style=STYLE,
        policy=POLICY.format(site="{0.scheme}://{0.netloc}".format(urlsplit(site.url))),
    )
    return press.page("maker.html", language, view)


def _choice(press: Press, language: str, listed: Sequence[Listed]) -> Choice:
    words = press.words(language)

    def group(title: str, kinds: Collection[str]) -> Group:
        subjects = [
            _subject(press, language, name, term, addresses[language])
            for name, term, addresses in listed
            if name in kinds
        ]
        if kinds is not SECTIONS:
            subjects.sort(key=lambda subject: words.order(subject.label))
        return Group(title, tuple(subjects))

    groups = (
        group(words.text("Sections"), SECTIONS),
        group(words.text("Categories"), {CATEGORY}),
        group(words.text("Tags"), {TAG}),
    )
    return Choice(words.tag, words.name, tuple(found for found in groups if found.subjects))


def _subject(press: Press, language: str, name: str, term: Term | None, page: str) -> Subject:
    return Subject(
        key=f"{name}/{term.key}" if term else name or lists.LATEST,
        label=listing_label(name, term, language, press.words(language)),
        title=lists.title(press, name, term, language),
        page=press.site.absolute(page),
        frame=press.site.absolute(lists.address(name, term, language)),
    )


def _script(press: Press) -> Script:
    return Script(
        press.site.href(element.address(element.CURRENT)),
        element.integrity(press, element.CURRENT),
        press.site.absolute(element.address(list(element.MAJORS)[-1])),
    )


def _documented(
    press: Press, words: Words, own: Choice
) -> tuple[tuple[Way, ...], tuple[Example, ...]]:
    """The ways with the snippets of the first listing, and the snippets of all others."""
    patterns = tuple(_patterns(press))
    first, *rest = (
        Example(s.label, tuple(filled(pattern, s, own.tag, NUMBER) for pattern in patterns))
        for group in own.groups
        for s in group.subjects
    )
    told = _ways(words)[: len(patterns)]
    ways = (
        Way(*way, pattern, snippet)
        for way, pattern, snippet in zip(told, patterns, first.snippets, strict=True)
    )
    return tuple(ways), tuple(rest)


def _patterns(press: Press) -> Iterator[str]:
    """The patterns of the ways to embed, the plainest first; an element needs feeds."""
    yield LINK
    yield FRAME
    if press.site.has("feeds"):
        src = press.site.absolute(element.address(element.CURRENT))
        pattern = ELEMENT.replace("{script}", src)
        yield pattern.replace("{integrity}", element.integrity(press, element.CURRENT))


def _ways(words: Words) -> tuple[tuple[str, str, str], ...]:
    """Name, title and explanation of each way."""
    text = words.text
    return (
        ("link", text("Plain link"), text("Works everywhere, in an e-mail too.")),
        (
            "frame",
            text("Frame"),
            text(
                "For pages that allow frames but no scripts. It lists the newest {number} notices.",
                number=NEWEST,
            ),
        ),
        (
            "element",
            text("Element"),
            text(
                "For pages that allow scripts. It fits its column, in light and dark; if the list"
                " cannot be loaded, the link stays. One script is enough for all lists of a page."
                " Its address never changes, and the integrity hash proves that its bytes do not"
                " either."
            ),
        ),
    )


def render_file(press: Press, source: str) -> bytes:
    """The script or the style sheet of the maker."""
    return press.theme(source)
