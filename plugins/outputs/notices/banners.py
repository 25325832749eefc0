"""What a reader must know before reading a notice: banners above its text."""

from collections.abc import Iterator

from msgspec import Struct

from plugins.model.notice import Change, ChangeKind, Edition, EventStatus
from plugins.model.output import Press, Words
from plugins.outputs.views.frame import Link
from plugins.outputs.views.succession import Successor
from plugins.outputs.views.wording import status_words


class Banner(Struct, frozen=True):
    """`tone` is a class of the style sheet, `tag` the language of `text` (BCP 47); `link` leads to
    what is to be read instead, and `note` follows it.
    """

    tone: str
    title: str
    text: str = ""
    tag: str = ""
    link: Link | None = None
    note: str = ""


class Life(Struct, frozen=True, array_like=True):
    """What becomes of a notice by others, and by time: what replaces it, whether it is old, and
    the address and the language of its original, if that has changed since the translation.
    """

    successor: Successor | None = None
    is_old: bool = False
    original: tuple[str, str] | None = None


def banners(press: Press, words: Words, edition: Edition, life: Life) -> Iterator[Banner]:
    """A withdrawal, a successor, the last correction, the fate of an event; then, what makes a text
    less true than it was: its original has changed, or years have gone by.
    """
    withdrawal, successor = edition.withdrawal, life.successor
    if withdrawal:
        yield _told(press, words.text("This notice has been withdrawn."), withdrawal, "warning")
    if successor:
        yield _superseded(press, words, edition, successor)
    corrections = [c for c in edition.changes if c.kind is ChangeKind.CORRECTION]
    if corrections:
        yield _told(press, words.text("This notice has been corrected."), corrections[-1], "notice")
    event = edition.event
    if event and event.status is not EventStatus.SCHEDULED:
        yield Banner("warning", status_words(event.status, words))
    if life.original:
        address, language = life.original
        name = press.words(language).name
        yield Banner(
            "notice",
            words.text("The original has changed since this translation was made."),
            link=Link(
                words.text("Read the original ({language})", language=name),
                press.site.href(address),
            ),
        )
    if life.is_old and not withdrawal and not successor:
        yield Banner(
            "notice",
            words.text("This notice is from {year}.", year=edition.day.year),
            words.text("What it says may no longer be true."),
            words.tag,
        )


def _told(press: Press, title: str, change: Change, tone: str) -> Banner:
    return Banner(tone, title, change.text, press.words(change.language).tag)


def _superseded(press: Press, words: Words, edition: Edition, successor: Successor) -> Banner:
    day = successor.effective
    return Banner(
        "warning",
        words.text("A newer document replaces this one."),
        link=Link(
            successor.title,
            press.site.href(successor.address),
            foreign(press, edition, successor.language),
        ),
        note=words.text("in effect from {day}", day=words.day(day)) if day else "",
    )


def foreign(press: Press, edition: Edition, language: str) -> str:
    """The tag (BCP 47) of a language, if it is another than that of the edition."""
    return press.words(language).tag if language != edition.language else ""
