"""The promises that a publication would break: each has a name, by which it can be allowed."""

from collections.abc import Callable, Iterator

from msgspec import Struct

from plugins.publishing.diff.addresses import Kind
from plugins.publishing.diff.changes import Changes
from plugins.publishing.diff.pages import AGAIN
from plugins.speaking import Speech

CLOCK = "clock-behind"
"""The promise on which all others depend: by a wrong clock, what is public is not known."""

WITHDRAWN_AGAIN = "withdrawn-again"

RENOTIFIED = 10
"""Old entries that a feed may show as unread again."""


class Promise(Struct, frozen=True):
    """A promise that would be broken: its name, one of `PROMISES`; what it concerns (addresses,
    feeds, numbers), of which there is at least one; what else is to be said of it, by name.
    """

    name: str
    concerns: tuple[str, ...]
    fields: dict[str, str] = {}

    def said(self, speech: Speech) -> str:
        """What would happen, in a sentence or two."""
        rule = _RULES[self.name]
        return speech.count(rule.one, rule.many, len(self.concerns), **self.fields)

    def remedy(self, speech: Speech) -> str:
        """What to do instead."""
        return speech.text(_RULES[self.name].remedy)


class _Rule(Struct, frozen=True):
    broken: Callable[[Changes], Iterator[str]]
    one: str
    many: str
    remedy: str
    fields: Callable[[Changes], dict[str, str]] = lambda _changes: {}


def broken_promises(changes: Changes) -> list[Promise]:
    """Those that would be broken, in the order of `PROMISES`; none the first time."""
    if changes.is_first:
        return []
    found = ((name, tuple(rule.broken(changes))) for name, rule in _RULES.items())
    return [
        Promise(name, concerns, _RULES[name].fields(changes))
        for name, concerns in found
        if concerns
    ]


def _lost(*kinds: Kind) -> Callable[[Changes], Iterator[str]]:
    return lambda changes: (lost.address for lost in changes.lost if lost.kind in kinds)


def _behind(changes: Changes) -> Iterator[str]:
    if changes.behind:
        yield changes.behind.address


def _instants(changes: Changes) -> dict[str, str]:
    return {"now": changes.behind.now, "last": changes.behind.last} if changes.behind else {}


def _withdrawn_again(changes: Changes) -> Iterator[str]:
    for one in changes.pages.changed:
        if AGAIN in one.ways:
            yield f"{one.page.address}  {one.page.title}"


def _taken_back(changes: Changes) -> Iterator[str]:
    if changes.taken_back:
        yield changes.taken_back


def _other_site(changes: Changes) -> Iterator[str]:
    if changes.url[0] != changes.url[1]:
        yield " → ".join(changes.url)


def _renamed(changes: Changes) -> Iterator[str]:
    for one in changes.renamed:
        yield f"{one.address} ({one.guid_before} → {one.guid_after})"


def _renotifying(changes: Changes) -> Iterator[str]:
    for feed in changes.feeds:
        if len(feed.again) > RENOTIFIED:
            yield f"{feed.address} ({len(feed.again)})"


def _fewer(changes: Changes) -> Iterator[str]:
    if changes.notices.after < changes.notices.before:
        yield f"{changes.notices.before} → {changes.notices.after}"


_RULES = {
    CLOCK: _Rule(
        _behind,
        "The clock of this machine is behind: it is {now} by it, and what is published is of {last}"
        " already.",
        "The clock of this machine is behind: it is {now} by it, and what is published is of {last}"
        " already.",
        "Set the clock, and see AS_OF: by a clock that is behind, what was withdrawn or corrected"
        " since would come back as it was.",
        _instants,
    ),
    "other-site": _Rule(
        _other_site,
        "Another site is published there: SITEURL is not the same.",
        "Another site is published there: SITEURL is not the same.",
        "See whether this is the right target, and whether SITEURL is right.",
    ),
    WITHDRAWN_AGAIN: _Rule(
        _withdrawn_again,
        "{number} page that was withdrawn would be public again.",
        "{number} pages that were withdrawn would be public again.",
        "Put back “Status: withdrawn” and the line of the withdrawal in Changes, with an instant"
        " that is past.",
    ),
    "rolled-back": _Rule(
        _taken_back,
        "A rollback took this very site back: it would be public again as it was.",
        "A rollback took this very site back: it would be public again as it was.",
        "Mend the content for which it was taken back, and publish again.",
    ),
    "fewer-notices": _Rule(
        _fewer,
        "There would be fewer notices than before.",
        "There would be fewer notices than before.",
        "Put back the sources that are missing, or withdraw the notices: they stay, and say why.",
    ),
    "address-gone": _Rule(
        _lost(Kind.PAGE),
        "{number} page would be gone, and nothing would lead on from its address.",
        "{number} pages would be gone, and nothing would lead on from their addresses.",
        "Withdraw a notice instead of removing it; give the old address to Aliases; a tag or"
        " category that lost its last notice needs one, or stays with those that it had.",
    ),
    "listing-gone": _Rule(
        _lost(Kind.TIME),
        "{number} page of a month or a year would be gone: nothing is left to list there.",
        "{number} pages of months and years would be gone: nothing is left to list there.",
        "If the date of a notice was corrected, that is as it must be: allow it by its name."
        " Otherwise put back the date, or the notice.",
    ),
    "file-gone": _Rule(
        _lost(Kind.FILE),
        "{number} attachment would be gone.",
        "{number} attachments would be gone.",
        "Put the file back, and link it in the notice.",
    ),
    "feed-gone": _Rule(
        _lost(Kind.FEED, Kind.CALENDAR),
        "{number} feed or calendar would be gone; nobody would tell those who follow it.",
        "{number} feeds and calendars would be gone; nobody would tell those who follow them.",
        "Keep a notice in the tag or category, or keep its slug under “former” in taxonomy.toml.",
    ),
    "id-changed": _Rule(
        _renamed,
        "{number} address would have another id or guid: feeds would show it as new.",
        "{number} addresses would have another id or guid: feeds would show them as new.",
        "Give the notice its old path as Id; TAG_AUTHORITY must never change.",
    ),
    "feed-renotifies": _Rule(
        _renotifying,
        "{number} feed would show more than 10 old entries as unread again.",
        "{number} feeds would show more than 10 old entries as unread again.",
        "Write small corrections as minor, and tag old notices a few at a time.",
    ),
}

PROMISES = tuple(_RULES)
"""The names of all promises."""
