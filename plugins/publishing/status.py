"""Says where the archive stands, in the order in which a webmaster must act: the verb `status`."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from rich.console import Console

from plugins.building.gathering import Gathered
from plugins.building.opening import Workplace, opened
from plugins.building.report import Report
from plugins.building.workers import without_collection
from plugins.model.due import due
from plugins.model.notice import ChangeKind, Edition, Notice, Status, is_behind
from plugins.publishing.diff.changes import Changes, diff
from plugins.publishing.diff.promises import broken_promises
from plugins.publishing.diff.published import Read, at_target
from plugins.publishing.diff.telling import listed
from plugins.publishing.manifest import would_be
from plugins.publishing.reaching import reached
from plugins.speaking import Speech, Trouble

T = TypeVar("T")


class Scheduled(NamedTuple):
    """An edition, or a change of it, that is to be public at an instant."""

    at: datetime
    edition: Edition
    change: str = ""
    is_withdrawal: bool = False


class Lacking(NamedTuple):
    """An original, and the languages in which there is nothing of it, not even a draft."""

    original: Edition
    languages: tuple[str, ...]


class State(NamedTuple):
    """Where an archive stands; editions are newest first, what is scheduled is soonest first."""

    behind: tuple[Edition, ...]
    lacking: tuple[Lacking, ...]
    drafts: tuple[Edition, ...]
    scheduled: tuple[Scheduled, ...]
    due: datetime | None


@without_collection()
def tell(place: Workplace, words: Speech, to: str, url: str) -> int:
    """Print where the archive stands, against what is published at the target `to` of `PUBLISH`, by
    default the first, or at the address `url`. Gives the exit code: 1 if that cannot be read.
    Raises `Faults` of the content.
    """
    with opened(place, Report(Console(stderr=True), words)) as gathered:
        zone = gathered.archive.site.zone
        state = state_of(gathered, place.settings.as_of, zone)
        try:
            changes = changed(gathered, place, reached(place, to, url))
        except Trouble as trouble:
            since, code = [trouble.said(words)], 1
        else:
            since, code = list(_since(changes, words)), 0
    print("\n".join([*since, *_lines(state, zone, words)]))
    return code


def changed(gathered: Gathered, place: Workplace, there: Read) -> Changes | None:
    """What changed since the last publication where `there` reads, if there was one."""
    after = would_be(gathered.archive, place)
    before = at_target(there, known=after)
    now = place.settings.as_of.astimezone(gathered.archive.site.zone)
    return diff(before, after, now) if before else None


def _since(changes: Changes | None, speech: Speech) -> Iterator[str]:
    """What waits to be published."""
    if changes is None:
        yield speech.text("Nothing was published there yet.")
    else:
        yield from _waiting(changes, speech)


def _waiting(changes: Changes, speech: Speech) -> Iterator[str]:
    pages = changes.pages
    message = "Since the last publication: {new} pages new, {changed} changed, {gone} gone."
    yield speech.text(
        message,
        new=f"{len(pages.new):,}",
        changed=f"{len(pages.changed):,}",
        gone=f"{len(pages.gone):,}",
    )
    found = [*pages.new, *(one.page for one in pages.changed), *pages.gone]
    yield from listed(found, lambda page: f"{page.address}  {page.title}", speech)
    for promise in broken_promises(changes):
        said = speech.text("Broken promise ({name}):", name=promise.name)
        yield f"  {said} {promise.said(speech)}"


def state_of(gathered: Gathered, as_of: datetime, zone: ZoneInfo) -> State:
    """What is to be done, and what will happen of itself."""
    notices, languages = gathered.notices, gathered.archive.site.languages
    editions = [edition for notice in notices for edition in notice.editions]
    return State(
        behind=_newest(_behind(notices)),
        lacking=tuple(sorted(_lacking(notices, languages), key=lambda one: _age(one.original))),
        drafts=_newest(edition for edition in editions if edition.status is Status.DRAFT),
        scheduled=tuple(sorted(scheduled(notices, as_of), key=lambda one: one[:1])),
        due=due(notices, as_of, zone),
    )


def _age(edition: Edition) -> tuple[float, str]:
    return -edition.date.timestamp(), edition.source


def _newest(editions: Iterable[Edition]) -> tuple[Edition, ...]:
    return tuple(sorted(editions, key=_age))


def _behind(notices: Iterable[Notice]) -> Iterator[Edition]:
    for notice in notices:
        original, *translations = notice.editions
        yield from (edition for edition in translations if is_behind(edition, original))


def _lacking(notices: Iterable[Notice], languages: Sequence[str]) -> Iterator[Lacking]:
    """Whoever drafts or has withdrawn a notice need not translate it."""
    for notice in notices:
        original = notice.editions[0]
        there = {edition.language for edition in notice.editions}
        missing = tuple(language for language in languages if language not in there)
        if missing and original.status is Status.PUBLISHED:
            yield Lacking(original, missing)


def scheduled(notices: Iterable[Notice], as_of: datetime) -> Iterator[Scheduled]:
    """What is dated later than `as_of`, drafts aside."""
    for notice in notices:
        original = notice.editions[0]
        for edition in notice.editions:
            if Status.DRAFT in (original.status, edition.status):
                continue
            at = max(original.date, edition.date)
            if at > as_of:
                yield Scheduled(at, edition)
            coming = (change for change in edition.changes if change.at > max(at, as_of))
            for change in coming:
                is_withdrawal = change.kind is ChangeKind.WITHDRAWN
                yield Scheduled(change.at, edition, change.text, is_withdrawal)


def _lines(state: State, zone: ZoneInfo, speech: Speech) -> Iterator[str]:
    yield from _listed(
        "Translations that are older than their original: {number}",
        state.behind,
        _line,
        speech,
    )
    yield from _listed(
        "Notices that lack a translation: {number}",
        state.lacking,
        lambda one: f"{_line(one.original)}  → {', '.join(one.languages)}",
        speech,
    )
    yield from _listed("Drafts: {number}", state.drafts, _line, speech)
    yield from _listed(
        "To be public later: {number}",
        state.scheduled,
        lambda one: "  ".join(filter(None, (_at(one.at, zone), _line(one.edition), one.change))),
        speech,
    )
    if state.due:
        message, at = "The site falls due on {at}: build and publish it then.", state.due
        yield speech.text(message, at=_at(at, zone))
    else:
        yield speech.text("Nothing falls due: of itself, the site does not change any more.")


def _listed(
    message: str, items: Sequence[T], line: Callable[[T], str], speech: Speech
) -> Iterator[str]:
    """A heading with a number, and some of the items below it; the heading alone without any."""
    yield speech.count(message, message, len(items))
    yield from listed(items, line, speech)


def _line(edition: Edition) -> str:
    return f"{edition.source}  {edition.title}"


def _at(instant: datetime, zone: ZoneInfo) -> str:
    return instant.astimezone(zone).strftime("%Y-%m-%d %H:%M")
