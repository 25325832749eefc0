"""`inv translate`: the sibling of an original, with the words to translate; or, when it is there
already and was brought up to date, the mark of what it was made from.
"""

from collections.abc import Callable

from plugins.model.notice import Edition, Notice, Status
from plugins.model.problem import Said, said
from plugins.reading.header import split
from plugins.reading.text import text_of
from plugins.reading.values import KEYS
from plugins.reading.wording import TRANSLATED
from plugins.writing.header import put
from plugins.writing.links import mended
from plugins.writing.originals import changed_since, words_of
from plugins.writing.saving import Plan
from plugins.writing.verb import Done, Holding

MOST_LINES = 60
"""Lines of a difference that are shown."""


def translate(holding: Holding, given: str, to: str, *, is_done: bool = False) -> Done:
    """A translation of the notice that a path names, into the language `to`; without it, into the
    only one that there is besides. `is_done` says that one which is there was brought up to date.
    """
    stem = holding.stem(given)
    notice = holding.notice(stem)
    original = notice.editions[0]
    language = _language(holding, original, to)
    path = f"{stem}.{language}.md"
    if path in holding.sources(stem):
        return _renewed(holding, original, notice, path, is_done=is_done)
    return _made(holding, original, path)


def _language(holding: Holding, original: Edition, to: str) -> str:
    clerk = holding.clerk
    others = [one for one in holding.settings.languages if one != original.language]
    if not to and len(others) == 1:
        return others[0]
    if to == original.language:
        raise clerk.refusal(
            said(
                "{path} is the original; it is written in “{language}”.",
                path=holding.shown(original.source),
                language=to,
            )
        )
    if to not in others:
        raise clerk.refusal(
            said(
                "Say into which language: --to and one of {languages}.", languages=", ".join(others)
            )
        )
    return to


def _made(holding: Holding, original: Edition, path: str) -> Done:
    """A draft that holds the words of the original, to be replaced."""
    language = path.rsplit(".", 2)[1]
    plain, _ = text_of(original.source, holding.data(original.source))
    found = split(original.source, plain, tuple(KEYS))
    values = {field.key: field.lines for field in found.fields if field.key in TRANSLATED}
    values["Status"] = (str(Status.DRAFT),)
    values["Translation_of"] = (words_of(plain),)
    header = [_field(key, values[key]) for key in KEYS if key in values]
    text = "\n".join([*header, "", found.body]).rstrip() + "\n"
    text = mended(text, original.source, path, _in_language(holding, language))
    notes: list[Said] = [
        said(
            "Translate in it: {keys} and the text. Then remove the line “Status: draft”.",
            keys=", ".join([*(key for key in KEYS if key in values and key in TRANSLATED)]),
        ),
        said("For an address in its language, add a line “Slug: …”."),
    ]
    return Done(plan=Plan(new={path: text}), made=(holding.shown(path),), notes=tuple(notes))


def _field(key: str, lines: tuple[str, ...]) -> str:
    return f"{key}: " + "\n    ".join(lines)


def _in_language(holding: Holding, language: str) -> Callable[[str], str]:
    """Where a link leads in a translation: to the same notice in its language, if it is there."""

    def where(target: str) -> str:
        stem, _, ending = target.rpartition(".")[0].rpartition(".")
        other = f"{stem}.{language}.md"
        group = holding.material.seen.groups.get(stem)
        return other if ending and group and other in dict(group.files) else target

    return where


def _renewed(
    holding: Holding, original: Edition, notice: Notice, path: str, *, is_done: bool
) -> Done:
    """The translation that is there, marked as made from what the original says now."""
    translation = next(edition for edition in notice.editions if edition.source == path)
    status: tuple[Said, ...] = ()
    if translation.status is Status.DRAFT and original.status is not Status.DRAFT:
        status = (said("It is a draft: remove the line “Status: draft” when it is ready."),)
    fields = {"path": holding.shown(path), "original": holding.shown(original.source)}
    if translation.translation_of == original.words:
        upright: Said = said("{path} is up to date with {original}.", **fields)
        return Done(plan=Plan(), made=(holding.shown(path),), notes=(upright, *status))
    _show_changes(holding, original, translation)
    if not is_done:
        _must_say_all(holding, path)
    text = put(holding.text(path), "Translation_of", original.words)
    told: Said = said("{path} is marked as up to date with {original}.", **fields)
    return Done(plan=Plan(edits={path: text}), made=(holding.shown(path),), notes=(told, *status))


def _must_say_all(holding: Holding, path: str) -> None:
    """Raises `Refused` unless she says that the translation is up to date."""
    clerk = holding.clerk
    if not clerk.asks:
        raise clerk.refusal(
            said(
                "Nothing was written. When {path} says all of this, mark it as up to date with"
                " --done.",
                path=holding.shown(path),
            )
        )
    if not clerk.agrees(said("Does the translation say all of this now? (y/n)")):
        raise clerk.refusal(said("Nothing was written."))


def _show_changes(holding: Holding, original: Edition, translation: Edition) -> None:
    clerk = holding.clerk
    shown = holding.shown(original.source)
    before = translation.translation_of
    text = holding.text(original.source)
    lines = changed_since(holding.content, original.source, before, text) if before else []
    if not lines:
        clerk.note(
            said("What has changed in {path} since the translation is not known.", path=shown)
        )
        return
    clerk.note(said("This has changed in {path} since the translation:", path=shown))
    for line in lines[:MOST_LINES]:
        clerk.show(f"  {line}")
    if len(lines) > MOST_LINES:
        clerk.show("  …")
