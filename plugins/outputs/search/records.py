"""An edition as the index knows it: what is found, what filters, what a result shows."""

import json
import re
from collections.abc import Mapping
from html import unescape

from msgspec import Struct

from plugins.model.notice import Edition, Kind, Status
from plugins.model.output import Press
from plugins.outputs.search.engine import Record, record
from plugins.outputs.search.spelling import filtering, indexed
from plugins.outputs.views.wording import repeats, state_words

_TAG = re.compile(
    r"<(/?(?:p|li|h\d|t[dhr]|d[dt]|pre|div|caption|figcaption|br|hr)\b)?"
    r'(?:[^<>"]|"[^"]*")*>'
)
"""Of HTML that was sanitised: attributes are in double quotes. The first group parts words."""


class Labels(Struct, frozen=True):
    """The labels of the categories and tags in a language, by key."""

    categories: Mapping[str, str]
    tags: Mapping[str, str]

    def of(self, edition: Edition) -> list[str]:
        """The labels of an edition."""
        tags = [self.tags[tag] for tag in edition.tags]
        return [self.categories[edition.category], *tags] if edition.category else tags


def record_of(
    press: Press, edition: Edition, labels: Labels, others: tuple[tuple[str, str], ...], tongue: str
) -> Record:
    """An edition for Pagefind; `others` are language and address of the other editions, `tongue`
    the language of the part.

    Pagefind searches in every word of `content` and `meta`, so that what a result only shows is in
    `url`, which nobody else reads. The content begins with the title, so that its marks count,
    and with facts; `title` and `text` say at which word each of the others begins.
    """
    title = indexed(edition.title)
    head = indexed(" ".join([*_filters(edition), *_facts(edition), *labels.of(edition)]))
    start = len(title.split()) + len(head.split())
    shown = {**_shown(press, edition, others), "title": len(title.split()), "text": start}
    return record(
        url=json.dumps(shown, ensure_ascii=False),
        content=f"{title} {head} {indexed(_text(press, edition))}",
        language=tongue,
        meta={"title": title},
        sort={"date": edition.date.isoformat()},
    )


def _shown(
    press: Press, edition: Edition, others: tuple[tuple[str, str], ...]
) -> dict[str, object]:
    words, site = press.words(edition.language), press.site
    return {
        "href": site.href(edition.address),
        "iso": edition.day.isoformat(),
        "day": words.day(edition.day),
        "kind": words.text("Event") if edition.kind is Kind.EVENT else "",
        "state": state_words(edition, words),
        "others": [
            [press.words(language).tag, press.words(language).name, site.href(address)]
            for language, address in others
        ],
    }


def _filters(edition: Edition) -> list[str]:
    """The words by which an edition is filtered."""
    values = [("kind", edition.kind), ("year", str(edition.day.year))]
    values += [("category", edition.category)] if edition.category else []
    return [filtering(*value) for value in (*values, *(("tag", tag) for tag in edition.tags))]


def _facts(edition: Edition) -> list[str]:
    """What is searched besides the text."""
    document, event = edition.document, edition.event
    facts = [document.number, document.issuer, document.signer] if document else []
    if event and edition.status is not Status.WITHDRAWN:
        facts += [event.venue, *event.channels, event.organizer]
    return [fact for fact in facts if fact]


def _text(press: Press, edition: Edition) -> str:
    """The text of an edition; of one that was withdrawn, the reason (as feeds have it)."""
    if edition.status is Status.WITHDRAWN:
        return edition.withdrawal.text if edition.withdrawal else ""
    text = plain(press.body(edition.body.key))
    return text if repeats(edition.summary, text) else f"{edition.summary} {text}"


def plain(html: str) -> str:
    """The words of sanitised HTML."""
    return " ".join(unescape(_TAG.sub(lambda tag: " " if tag[1] else "", html)).split())
