"""The facts of a notice as its page shows them: of a document, of its life; for events see
`invitations.py`.
"""

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from plugins.model.notice import (
    ChangeKind,
    Document,
    Edition,
    EventStatus,
)
from plugins.model.output import Press, Words
from plugins.outputs.wording import (
    change_words,
    status_words,
)


class Fact(Struct, frozen=True):
    """A name and its value; `iso` for programs, if it is a date; `href` if it is an address; `tag`
    if the value is in another language than the page.
    """

    name: str
    value: str
    iso: str = ""
    href: str = ""
    tag: str = ""


class Banner(Struct, frozen=True):
    """What a reader must know before reading; `tone` is a class of the style sheet."""

    tone: str
    title: str
    text: str = ""
    tag: str = ""


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


def document_facts(
    press: Press, words: Words, edition: Edition, document: Document
) -> Iterator[Fact]:
    """The fields that Nghị định 42/2022/NĐ-CP, art. 4, asks of a published document."""
    text = words.text

    def day(name: str, value: date | None) -> Fact:
        return Fact(name, words.day(value) if value else "", value.isoformat() if value else "")

    facts = (
        Fact(text("Number"), document.number),
        Fact(text("Issued by"), document.issuer, tag=tag_of(press, edition, "Issuer")),
        Fact(text("Signed by"), document.signer, tag=tag_of(press, edition, "Signer")),
        day(text("Issued"), document.issued),
        day(text("Takes effect"), document.effective),
        day(text("Expires"), document.expires),
        Fact(text("Replaces"), ", ".join(document.replaces)),
    )
    yield from (fact for fact in facts if fact.value)


def banners(press: Press, words: Words, edition: Edition) -> Iterator[Banner]:
    """What stands above the text: a withdrawal, the last correction, the fate of an event."""
    if change := edition.withdrawal:
        yield Banner(
            "warning",
            words.text("This notice has been withdrawn."),
            change.text,
            press.words(change.language).tag,
        )
    corrections = [c for c in edition.changes if c.kind is ChangeKind.CORRECTION]
    if corrections:
        yield Banner(
            "notice",
            words.text("This notice has been corrected."),
            corrections[-1].text,
            press.words(corrections[-1].language).tag,
        )
    event = edition.event
    if event and event.status is not EventStatus.SCHEDULED:
        yield Banner("warning", status_words(event.status, words))


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
