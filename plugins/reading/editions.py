"""From the sources of one stem to a notice: values read, facts inherited, rules applied."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from posixpath import dirname, join, normpath
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from plugins.model.notice import (
    Body,
    Document,
    Edition,
    Event,
    EventStatus,
    Kind,
    Moment,
    Notice,
    Page,
    Picture,
    Status,
    digest,
    digest_of,
)
from plugins.model.problem import Level, Problem, said
from plugins.model.taxonomy import Taxonomy, fold, names
from plugins.reading.checks import PAGE_RULES, RULES, Case
from plugins.reading.header import Field, nearest
from plugins.reading.names import key_named
from plugins.reading.values import KEYS, OWN, WORDS, Setting, Unreadable

EVER, NEVER = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)

_KEYS = tuple(KEYS)


class Source(Struct, frozen=True, array_like=True):
    """What one file says, before its siblings are known; `digest` is of its bytes, `words` of its
    words (see `plugins.reading.wording`).
    """

    path: str
    language: str
    digest: bytes
    fields: tuple[Field, ...]
    body: Body
    problems: tuple[Problem, ...]
    words: str = ""

    @property
    def is_readable(self) -> bool:
        """Whether its header could be read as a whole."""
        return not any(
            problem.key in ("file", "header") and problem.level == Level.FAULT
            for problem in self.problems
        )


class Registry:
    """The words that name terms, made ready for many look-ups; and the site's zone."""

    def __init__(self, taxonomy: Taxonomy, languages: tuple[str, ...], zone: ZoneInfo) -> None:
        self.tags = names(taxonomy.tags)
        self.categories = names(taxonomy.categories)
        self.languages = languages
        self.zone = zone


def page_of(stem: str, source: Source, registry: Registry) -> tuple[Page | None, list[Problem]]:
    """A standing page from its source, if it can be read; `stem` is its name without folder."""
    if not source.is_readable:
        return None, []
    own, problems = _values(source, registry)
    case = Case(source.path, _lines(source), own, own, _has_body(source), True)
    problems += [problem for rule in PAGE_RULES for problem in rule(case)]
    page = Page(
        id=stem,
        language=source.language,
        source=source.path,
        address=f"/{source.language}/{own.get('Slug', stem)}/",
        title=own.get("Title", stem),
        summary=own.get("Summary", source.body.excerpt),
        body=source.body,
    )
    return replace(page, digest=digest_of(page)), problems


def _has_body(source: Source) -> bool:
    """Whether there are words, or a picture."""
    return bool(source.body.excerpt or source.body.links)


def notice_of(
    stem: str, sources: Sequence[Source], registry: Registry
) -> tuple[Notice | None, list[Problem]]:
    """A notice from the sources of its stem, in any order; none if it cannot be made of them."""
    problems: list[Problem] = []
    read: list[tuple[Source, dict[str, Any]]] = []
    for source in sources:
        own, faults = _values(source, registry)
        read.append((source, own))
        problems += faults
    if not all(source.is_readable for source in sources):
        return None, problems
    read.sort(key=lambda pair: _originality(pair[0], pair[1], registry))
    facts, original = read[0][1], read[0][0]
    editions = []
    for source, own in read:
        inherited = {key: value for key, value in facts.items() if key not in OWN}
        resolved = inherited | own | {key: facts[key] for key in ("Id",) if key in facts}
        lines = {k: (original.path, n[1]) for k, n in _lines(original).items() if k not in OWN}
        case = Case(
            source.path,
            lines | _lines(source),
            own,
            resolved,
            _has_body(source),
            source is original,
            facts,
        )
        problems += [problem for rule in RULES for problem in rule(case)]
        if "Title" in resolved and "Date" in resolved:
            borrowed = tuple(key for key in WORDS if key in resolved and key not in own)
            editions.append(_edition(stem, source, resolved, borrowed, original, registry))
    return (Notice(editions[0].id, tuple(editions)) if editions else None), problems


def _originality(
    source: Source, own: dict[str, Any], registry: Registry
) -> tuple[bool, datetime, int]:
    """The original comes first: no translation, the first to appear, the first in LANGUAGES."""
    unread = EVER if any(field.key == "Date" for field in source.fields) else NEVER
    rank = registry.languages.index(source.language)
    return ("Translation_of" in own, own.get("Date", unread), rank)


def _lines(source: Source) -> dict[str, tuple[str, int]]:
    return {
        key_named(field.key, _KEYS) or field.key: (source.path, field.line)
        for field in source.fields
    }


def _values(source: Source, registry: Registry) -> tuple[dict[str, Any], list[Problem]]:
    """The values of a source's own keys; those that cannot be read are problems."""
    setting = Setting(registry.zone, source.language)
    own: dict[str, Any] = {}
    problems: list[Problem] = []
    for field in source.fields:
        if field.key not in KEYS or field.key in own or not field.lines:
            continue
        try:
            own[field.key] = KEYS[field.key](field, setting)
        except Unreadable as fault:
            problems.append(
                Problem(source.path, field.line, field.key, fault.message, fault.remedy)
            )
    problems += _resolve_terms(source, own, registry)
    return own, problems


def _resolve_terms(source: Source, own: dict[str, Any], registry: Registry) -> Iterator[Problem]:
    """Puts keys of the taxonomy in the place of the labels that name them."""
    for key, known in (("Category", registry.categories), ("Tags", registry.tags)):
        if key not in own:
            continue
        labels = (own[key],) if key == "Category" else own[key]
        found: list[str] = []
        for label in labels:
            term = known.get(label) or known.get(fold(label))
            if term and term not in found:
                found.append(term)
            elif not term:
                line = next(field.line for field in source.fields if field.key == key)
                near = nearest(label, list(known))
                remedy = (
                    said("Write “{near}”, or add it to taxonomy.toml.", near=near)
                    if near
                    else said("Write one that is in taxonomy.toml, or add it there.")
                )
                message = said("“{label}” is not in taxonomy.toml.", label=label)
                yield Problem(source.path, line, key, message, remedy)
        own[key] = tuple(found) if key == "Tags" else "".join(found)


def _edition(
    stem: str,
    source: Source,
    values: dict[str, Any],
    borrowed: tuple[str, ...],
    original: Source,
    registry: Registry,
) -> Edition:
    get = values.get
    identity = get("Id", stem)
    summary = get("Summary") or source.body.excerpt
    edition = Edition(
        id=identity,
        language=source.language,
        source=source.path,
        address=f"/{source.language}/{dirname(stem)}/{get('Slug', stem.rpartition('/')[2])}/",
        is_original=source is original,
        title=values["Title"],
        date=values["Date"],
        day=values["Date"].astimezone(registry.zone).date(),
        kind=Kind(get("Kind", Kind.BULLETIN)),
        status=Status(get("Status", Status.PUBLISHED)),
        category=get("Category", ""),
        tags=get("Tags", ()),
        summary=summary,
        body=source.body,
        event=_event(values),
        document=_document(values),
        provenance=get("Source", ""),
        changes=get("Changes", ()),
        aliases=get("Aliases", ()),
        picture=_picture(source.path, values),
        words=source.words,
        translation_of=get("Translation_of", ""),
        original_language=original.language,
        borrowed=borrowed,
    )
    shown = (
        edition.id,
        edition.title,
        edition.date,
        edition.kind,
        edition.status,
        edition.address,
        edition.category,
        edition.tags,
        summary,
        edition.event,
        borrowed,
        original.language if borrowed else "",
    )
    return replace(edition, card=digest(shown), digest=digest_of(edition))


def _event(values: dict[str, Any]) -> Event | None:
    starts = values.get("Starts")
    if values.get("Kind") != Kind.EVENT or not isinstance(starts, Moment):
        return None
    named = {
        "ends": "Ends",
        "status": "Event_status",
        "previous_start": "Previous_start",
        "venue": "Venue",
        "channels": "Channels",
        "organizer": "Organizer",
        "contact": "Contact",
        "register": "Register",
        "register_until": "Register_until",
    }
    given = _given(values, named)
    status = EventStatus(given.pop("status", EventStatus.SCHEDULED))
    return Event(starts=starts, status=status, **given)


def _document(values: dict[str, Any]) -> Document | None:
    named = {
        "number": "Number",
        "issuer": "Issuer",
        "signer": "Signer",
        "issued": "Issued",
        "effective": "Effective",
        "expires": "Expires",
        "replaces": "Replaces",
    }
    given = _given(values, named)
    return Document(**given) if given else None


def _given(values: dict[str, Any], named: dict[str, str]) -> dict[str, Any]:
    return {name: values[key] for name, key in named.items() if key in values}


def _picture(path: str, values: dict[str, Any]) -> Picture | None:
    if "Image" not in values:
        return None
    where = normpath(join(dirname(path), values["Image"]))
    return Picture(
        path=where, alt=values.get("Image_alt", ""), caption=values.get("Image_caption", "")
    )
