"""The facts of a notice as its page shows them: of its origin, a document, its life; for those of
an event see `invitations.py`.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from msgspec import Struct

from plugins.model.notice import (
    Document,
    Edition,
    Moment,
)
from plugins.model.output import Press, Words
from plugins.outputs.views.frame import Link
from plugins.outputs.views.succession import Predecessor
from plugins.outputs.views.wording import (
    change_words,
    kind_words,
    moment_iso,
    moment_words,
)


class Fact(Struct, frozen=True):
    """A name and its value; `iso` for programs, if it is a date; `href` if it is an address; `tag`
    if the value is in another language than the page. A list of values is in `links` instead, of
    which some may have no `href`.
    """

    name: str
    value: str = ""
    iso: str = ""
    href: str = ""
    tag: str = ""
    links: tuple[Link, ...] = ()


class ChangeLine(Struct, frozen=True):
    """A line of the history of changes; `tag` is the language of `text`."""

    iso: str
    day: str
    kind: str
    text: str
    tag: str


def tag_of(press: Press, edition: Edition, key: str) -> str:
    """The language of a key's words (BCP 47), if it is another than that of the edition."""
    language = edition.language_of(key)
    return press.words(language).tag if language != edition.language else ""


def origin_facts(press: Press, words: Words, edition: Edition) -> Iterator[Fact]:
    """Who announces it, when, and when readers were last to be told of it."""
    issuer = edition.document.issuer if edition.document else ""
    if issuer:
        yield Fact(words.text("Issued by"), issuer, tag=tag_of(press, edition, "Issuer"))
    else:
        yield Fact(words.text("Published by"), press.site.publisher[edition.language])
    yield Fact(words.text("Published"), *_instant(press, words, edition.date))
    if edition.major_changes:
        yield Fact(words.text("Last updated"), *_instant(press, words, edition.updated))


def _instant(press: Press, words: Words, at: datetime) -> tuple[str, str]:
    moment = Moment(at)
    return moment_words(moment, press.site, words), moment_iso(moment, press.site)


def document_facts(
    press: Press,
    words: Words,
    edition: Edition,
    document: Document,
    before: Sequence[Predecessor],
) -> Iterator[Fact]:
    """The fields that Nghị định 42/2022/NĐ-CP, art. 4, asks of a published document."""
    text = words.text

    def day(name: str, value: date | None) -> Fact:
        return Fact(name, words.day(value) if value else "", value.isoformat() if value else "")

    facts = (
        Fact(text("Number"), document.number),
        Fact(text("Kind of document"), kind_words(document.number, words)),
        Fact(text("Issued by"), document.issuer, tag=tag_of(press, edition, "Issuer")),
        Fact(text("Signed by"), document.signer, tag=tag_of(press, edition, "Signer")),
        day(text("Issued"), document.issued),
        day(text("Takes effect"), document.effective),
        day(text("Expires"), document.expires),
        Fact(text("Replaces"), links=tuple(_replaced(press, one) for one in before)),
    )
    yield from (fact for fact in facts if fact.value or fact.links)


def _replaced(press: Press, one: Predecessor) -> Link:
    if not one.address:
        return Link(one.number, "")
    return Link(one.number, press.site.href(one.address), press.words(one.language).tag)


def changes(press: Press, words: Words, edition: Edition) -> Iterator[ChangeLine]:
    """The history of changes, newest first."""
    zone = press.site.zone
    for change in reversed(edition.changes):
        local = change.at.astimezone(zone)
        yield ChangeLine(
            local.isoformat(timespec="minutes"),
            words.day(local.date()),
            change_words(change.kind, words),
            change.text,
            press.words(change.language).tag,
        )
