"""The promises that a publication would break: each has a name, by which it can be allowed."""

from collections.abc import Callable, Iterator

from msgspec import Struct

from plugins.publishing.diff.addresses import Kind
from plugins.publishing.diff.changes import Changes
from plugins.speaking import Speech

RENOTIFIED = 10
"""Old entries that a feed may show as unread again."""


class Promise(Struct, frozen=True):
    """A promise that would be broken: its name, one of `PROMISES`, and what it concerns (addresses,
    feeds, numbers), of which there is at least one.
    """

    name: str
    concerns: tuple[str, ...]

    def said(self, speech: Speech) -> str:
        """What would happen, in a sentence or two."""
        rule = _RULES[self.name]
        return speech.count(rule.one, rule.many, len(self.concerns))

    def remedy(self, speech: Speech) -> str:
        """What to do instead."""
        return speech.text(_RULES[self.name].remedy)


class _Rule(Struct, frozen=True):
    broken: Callable[[Changes], Iterator[str]]
    one: str
    many: str
    remedy: str


def broken_promises(changes: Changes) -> list[Promise]:
    """Those that would be broken, in the order of `PROMISES`; none the first time."""
    if changes.is_first:
        return []
    found = ((name, tuple(rule.broken(changes))) for name, rule in _RULES.items())
    return [Promise(name, concerns) for name, concerns in found if concerns]


def _lost(*kinds: Kind) -> Callable[[Changes], Iterator[str]]:
    return lambda changes: (lost.address for lost in changes.lost if lost.kind in kinds)


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
    "other-site": _Rule(
        _other_site,
        "Another site is published there: SITEURL is not the same.",
        "Another site is published there: SITEURL is not the same.",
        "See whether this is the right target, and whether SITEURL is right.",
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
