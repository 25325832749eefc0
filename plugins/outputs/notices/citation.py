"""How a notice is cited, in a sentence, and how its reader writes to those who publish it."""

from collections.abc import Iterator
from urllib.parse import quote

from plugins.model.notice import ChangeKind, Edition
from plugins.model.output import Press, Words

LONGEST = 100
"""Characters of a title in a subject; mail programs take addresses of some 2,000."""


def citation(press: Press, words: Words, edition: Edition) -> str:
    """Issuer, title, number, archive, day, life and address of a notice, as far as they are there:
    what a reader copies into a text.
    """
    return ", ".join(_parts(press, words, edition))


def _parts(press: Press, words: Words, edition: Edition) -> Iterator[str]:
    document = edition.document
    if document and document.issuer:
        yield document.issuer
    yield words.text("“{title}”", title=edition.title)
    if document and document.number:
        yield words.text("No. {number}", number=document.number)
    yield press.site.name[edition.language]
    yield words.day(edition.day)
    zone = press.site.zone
    last = {change.kind: words.day(change.at.astimezone(zone).date()) for change in edition.changes}
    if edition.withdrawal:
        yield words.text("withdrawn {day}", day=last[ChangeKind.WITHDRAWN])
    elif ChangeKind.CORRECTION in last:
        yield words.text("corrected {day}", day=last[ChangeKind.CORRECTION])
    yield press.site.absolute(edition.address)


def letter(press: Press, words: Words, edition: Edition) -> str:
    """The address (RFC 6068) of a mail about a notice to the site's contact; its subject has the
    notice's id and title. Nothing, if the site has no such contact.
    """
    email = press.site.contact.email
    if not email:
        return ""
    title = edition.title
    short = title if len(title) <= LONGEST else f"{title[: LONGEST - 1].rstrip()}…"
    subject = words.text("Notice {id}: {title}", id=edition.id, title=short)
    return f"mailto:{quote(email, safe='@+')}?subject={quote(subject, safe='')}"
