"""`inv withdraw` and `inv correct`: what has become of a public notice, told in all its editions.

A translation without a history of its own inherits the original's; one that gets a line in its own
language takes the lines that it has inherited so far into its own history, so that none is lost.
"""

from collections.abc import Mapping, Sequence
from operator import itemgetter

from plugins.model.notice import ChangeKind, Edition, Notice, Status
from plugins.model.problem import Said, said
from plugins.writing.asking import plain
from plugins.writing.header import appended, entry, put
from plugins.writing.saving import Plan
from plugins.writing.verb import Done, Holding

NEEDED = said("What are readers to know?")
NOT_NEEDED = said("What are readers to know? (Enter: the words of the original are shown)")

Words = Mapping[str, str]
"""Why, by language."""


def withdraw(holding: Holding, given: str, reasons: Sequence[str]) -> Done:
    """Withdraw the notice that a path names; `reasons` are texts, `en=…` for another language than
    that of the path.
    """
    notice = _public(holding, given)
    original = notice.editions[0]
    if original.status is Status.WITHDRAWN:
        raise holding.clerk.refusal(
            said("{path} is withdrawn already.", path=holding.shown(original.source))
        )
    told = _words(holding, reasons, _language(notice, given))
    return _changed(holding, notice, ChangeKind.WITHDRAWN, told)


def correct(holding: Holding, given: str, notes: Sequence[str], kind: ChangeKind) -> Done:
    """Tell a change of the notice that a path names; `notes` are texts, `en=…` for another language
    than that of the path.
    """
    notice = _public(holding, given)
    original = notice.editions[0]
    if original.status is Status.WITHDRAWN:
        raise holding.clerk.refusal(
            said(
                "{path} is withdrawn, so there is nothing to correct. If the reason is wrong,"
                " correct its line in Changes; to publish the notice again, remove “Status:"
                " withdrawn” and write “major” for “withdrawn” in that line.",
                path=holding.shown(original.source),
            )
        )
    told = _words(holding, notes, _language(notice, given))
    return _changed(holding, notice, kind, told)


def _language(notice: Notice, given: str) -> str:
    """The language of the edition that a path names; of the original, if it names none."""
    named = [edition for edition in notice.editions if given.endswith(edition.source)]
    return (named or notice.editions)[0].language


def _public(holding: Holding, given: str) -> Notice:
    """The notice that a path names, if readers can have seen it. Raises `Refused`."""
    stem = holding.stem(given)
    notice = holding.notice(stem)
    original = notice.editions[0]
    if original.status is Status.DRAFT:
        raise holding.clerk.refusal(
            said(
                "{path} is a draft, which nobody has seen: edit it, or delete it.",
                path=holding.shown(original.source),
            )
        )
    if not holding.is_public(original):
        raise holding.clerk.refusal(
            said(
                "{path} is published on {date} only, and nobody has seen it: edit it, or delete"
                " it. It is {now} now by the clock of this machine.",
                path=holding.shown(original.source),
                date=f"{original.date.astimezone(holding.zone):%Y-%m-%d %H:%M}",
                now=holding.now(),
            )
        )
    return notice


def _words(holding: Holding, given: Sequence[str], language: str) -> dict[str, str]:
    """The texts by language; one that names none is in `language`. Raises `Refused`."""
    found: dict[str, str] = {}
    for text in given:
        name, equals, rest = text.partition("=")
        is_named = bool(equals) and name.strip() in holding.settings.languages
        its_language, words = (name.strip(), plain(rest)) if is_named else (language, plain(text))
        if its_language in found:
            raise holding.clerk.refusal(
                said(
                    "There are two texts in “{language}”. Write “{other}=…” before the other one.",
                    language=its_language,
                    other=next(
                        (one for one in holding.settings.languages if one != language), language
                    ),
                )
            )
        if words:
            found[its_language] = words
    return found


def _changed(holding: Holding, notice: Notice, kind: ChangeKind, told: dict[str, str]) -> Done:
    """A line of history in each edition that readers can see, and the status of a withdrawal."""
    original, *others = notice.editions
    translations = [edition for edition in others if edition.status is not Status.DRAFT]
    _clock_is_right(holding, notice)
    _has_all(holding, original, translations, kind, told)
    at = holding.now(max(edition.updated for edition in notice.editions))
    edits: dict[str, str] = {}
    did: list[Said] = []
    for edition in (original, *translations):
        old = text = holding.text(edition.source)
        if edition.language in told:
            line = f"{at} {kind}: {told[edition.language]}"
            text = _with_line(holding, text, line, original)
        if kind is ChangeKind.WITHDRAWN and (edition is original or entry(text, "Status")):
            text = put(text, "Status", str(Status.WITHDRAWN))
        path = holding.shown(edition.source)
        if text != old:
            edits[edition.source] = text
            did.append(said("Changed {path}.", path=path))
        if edition.language in told:
            did.append(said("  {line}", line=line))
    return Done(
        plan=Plan(edits=edits), did=tuple(did), notes=tuple(_notes(holding, notice, kind, told))
    )


def _clock_is_right(holding: Holding, notice: Notice) -> None:
    """Raises `Refused` if it is not after the last change by the clock of this machine: a change
    that is dated before another one, subscribers are not told.
    """
    changes = [(change.at, edition) for edition in notice.editions for change in edition.changes]
    last, edition = max(changes, key=itemgetter(0), default=(notice.editions[0].date, None))
    if edition and holding.settings.as_of.replace(microsecond=0) <= last:
        raise holding.clerk.refusal(
            said(
                "It is {now} now by the clock of this machine, and the last change of {path} is of"
                " {date}. Set the clock, if it is wrong; or correct the date of that change.",
                now=holding.now(after=last),
                path=holding.shown(edition.source),
                date=f"{last.astimezone(holding.zone):%Y-%m-%d %H:%M:%S}",
            )
        )


def _has_all(
    holding: Holding,
    original: Edition,
    translations: list[Edition],
    kind: ChangeKind,
    told: dict[str, str],
) -> None:
    """Ask for the texts that lack. Raises `Refused` if one that is needed is not given."""
    clerk = holding.clerk
    for edition in (original, *translations):
        language = edition.language
        if language in told:
            continue
        has_own = edition is original or entry(holding.text(edition.source), "Changes") is not None
        needed = has_own and (not told or kind is not ChangeKind.MINOR)
        if edition is original and told and kind is not ChangeKind.WITHDRAWN:
            needed = False  # a correction of the translation alone
        if clerk.asks:
            clerk.note(
                said("{path} ({language}):", path=holding.shown(edition.source), language=language)
            )
            if answer := clerk.ask(NEEDED if needed else NOT_NEEDED, needed=needed):
                told[language] = answer
        elif needed:
            option = "--reason" if kind is ChangeKind.WITHDRAWN else "--note"
            if not told:
                raise clerk.refusal(
                    said("Say what readers are to know: {option} “…”", option=option)
                )
            raise clerk.refusal(
                said(
                    "Say it in “{language}”, too: {path} has a history of its own. Add {option}"
                    " {language}=“…”",
                    language=language,
                    path=holding.shown(edition.source),
                    option=option,
                )
            )


def _with_line(holding: Holding, text: str, line: str, original: Edition) -> str:
    """The text with a line of history more."""
    own = entry(text, "Changes")
    if own:
        return appended(text, own, line)
    inherited = entry(holding.text(original.source), "Changes")
    return put(text, "Changes", *(inherited.values if inherited else ()), line)


def _notes(holding: Holding, notice: Notice, kind: ChangeKind, told: Words) -> list[Said]:
    """What she should know or do besides."""
    notes: list[Said] = []
    for edition in notice.editions[1:]:
        path = {"path": holding.shown(edition.source)}
        inherits = entry(holding.text(edition.source), "Changes") is None
        if edition.status is Status.DRAFT:
            notes.append(said("{path} is a draft and stays one.", **path))
        elif edition.language not in told and inherits:
            notes.append(said("{path} shows the words of the original.", **path))
        elif inherits and edition.language in told and edition.changes:
            notes.append(
                said(
                    "{path} has the earlier changes in the words of the original: translate them.",
                    **path,
                )
            )
    if kind is not ChangeKind.WITHDRAWN:
        notes.append(said("Now correct the text itself, if you have not yet."))
    return notes
