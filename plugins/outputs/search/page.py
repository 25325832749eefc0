"""The page of search: a form, what it found, and what leads on without a script."""

from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup
from msgspec import Struct

from plugins.model.archive import ALL, CATEGORY, TAG, Archive
from plugins.model.notice import Kind, digest
from plugins.model.output import Order, Output, Press, Words, file_of
from plugins.outputs.search.engine import VERSION
from plugins.outputs.search.packs import Pack
from plugins.outputs.views.data import data_element
from plugins.outputs.views.frame import Frame, Link, footer_of, frame, versioned

SCRIPT = "theme/search.js"
SOURCE = "static/search.js"
RUNTIME = f"theme/pagefind-{VERSION}/"

Span = tuple[str, str, int, int]
"""A part as the script knows it: language of its records, address, first and last year."""

Named = tuple[tuple[str, str], ...]
"""Keys and labels."""


class Choice(Struct, frozen=True):
    """An option of a field."""

    value: str
    text: str


class Field(Struct, frozen=True):
    """A filter: its name in the address, its label, and its options, the first of which is all."""

    name: str
    label: str
    choices: tuple[Choice, ...]


class Prompt(Struct, frozen=True):
    """What the form says of its one line."""

    label: str
    hint: str
    button: str


class SearchView(Struct, frozen=True):
    """What `search.html` prints; `data` is what the script reads."""

    frame: Frame
    title: str
    action: str
    prompt: Prompt
    fields: tuple[Field, ...]
    topics: Link
    years: tuple[Link, ...]
    script: str
    data: Markup


def tongue(language: str, pack: Pack) -> str:
    """The language of a part's records, with its name (BCP 47, private use): Pagefind begins the
    ids of results with it, by which the script knows from which part one is.
    """
    return f"{language}-x-{pack.name}"


def address(language: str) -> str:
    """Where the page is."""
    return f"/{language}/search/"


def outputs(archive: Archive, language: str, parts: Sequence[Pack]) -> Iterator[Output]:
    """The page in a language; its script, with the first."""
    if language == archive.site.languages[0]:
        yield Output(SCRIPT, digest(SOURCE), Order.ASSET, render_script, ())
    home = address(language)
    spans = [(tongue(language, p), f"{home}{p.name}/", p.first, p.last) for p in parts]
    terms = {
        name: tuple((li.term.key, li.term.label[language]) for li in archive.of(name) if li.term)
        for name in (CATEGORY, TAG)
    }
    years = archive.listings[ALL, ""].years
    footer = footer_of(archive, language)
    key = digest(spans, terms, years, footer)
    arguments = (language, spans, terms, years, footer)
    yield Output(file_of(home), key, Order.LISTING, render, arguments)


def render_script(press: Press) -> bytes:
    """The script."""
    return press.theme(SOURCE)


def render(
    press: Press,
    language: str,
    spans: Sequence[Span],
    terms: Mapping[str, Named],
    years: Sequence[int],
    footer: Sequence[tuple[str, str]],
) -> bytes:
    """The page."""
    site, words = press.site, press.words(language)
    title = words.text("Search")
    view = SearchView(
        frame=frame(
            press, language, title, {other: address(other) for other in site.languages}, footer
        ),
        title=title,
        action=site.href(address(language)),
        prompt=Prompt(
            words.text("Words or a document number"),
            words.text("With or without diacritics. Put words that stand together in quotes."),
            title,
        ),
        fields=_fields(words, terms, years),
        topics=Link(words.text("Topics"), site.href(f"/{language}/tags/")),
        years=tuple(Link(str(year), site.href(f"/{language}/{year}/")) for year in years),
        script=versioned(press, SCRIPT, SOURCE),
        data=_data(press, words, spans),
    )
    return press.page("search.html", language, view)


def _fields(words: Words, terms: Mapping[str, Named], years: Sequence[int]) -> tuple[Field, ...]:
    def in_order(name: str) -> list[tuple[str, str]]:
        return sorted(terms[name], key=lambda one: words.order(one[1]))

    kinds = ((Kind.BULLETIN, words.text("Bulletins")), (Kind.EVENT, words.text("Events")))
    fields = (
        ("kind", words.text("Kind"), words.text("All kinds"), kinds),
        ("category", words.text("Category"), words.text("All categories"), in_order(CATEGORY)),
        ("tag", words.text("Tag"), words.text("All tags"), in_order(TAG)),
        ("year", words.text("Year"), words.text("All years"), [(str(y), str(y)) for y in years]),
    )
    return tuple(
        Field(name, label, (Choice("", every), *(Choice(v, t) for v, t in choices)))
        for name, label, every, choices in fields
    )


def _data(press: Press, words: Words, spans: Sequence[Span]) -> Markup:
    """What the script needs: where the index is, and what it says."""
    href = press.site.href
    said = {
        "searching": words.text("Searching…"),
        "found": words.text("Results: {number}"),
        "span": words.text("In the years {first}–{last}"),
        "year": words.text("In the year {first}"),
        "nothing": words.text("Nothing was found."),
        "advice": words.text(
            "Check the spelling, use fewer words, or remove a filter. Topics and years lead to"
            " every notice."
        ),
        "unreachable": words.text(
            "The search index cannot be reached. Check your connection and search again."
        ),
        "more": words.text("Show more results"),
        "older": words.text("Search older years too"),
    }
    data = {
        "runtime": href(f"/{RUNTIME}"),
        "parts": [[name, href(place), first, last] for name, place, first, last in spans],
        "words": said,
    }
    return data_element("application/json", data, "Search-data")
