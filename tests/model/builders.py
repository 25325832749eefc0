"""Small things of the model, with what a test cares about given by name."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from plugins.model.archive import Archive, Attachment, public
from plugins.model.notice import Body, Edition, Event, Kind, Moment, Notice, Page, Status, digest
from plugins.model.site import Site
from plugins.model.taxonomy import Taxonomy, Term

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
AS_OF = datetime(2010, 1, 1, tzinfo=UTC)


def at(text: str, zone: ZoneInfo = ZONE) -> datetime:
    """An instant in UTC, written in a zone's time."""
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


def a_day(text: str, zone: ZoneInfo = ZONE) -> Moment:
    """A whole day of a zone."""
    return Moment(at(text, zone), all_day=True)


def a_site(**changes: Any) -> Site:
    """A site in Vietnamese and English."""
    words = {"vi": "Lưu trữ", "en": "Archive"}
    settings: dict[str, Any] = {
        "languages": ("vi", "en"),
        "url": "https://example.org",
        "timezone": ZONE.key,
        "tag_authority": "example.org",
        "latest": 30,
        "feed_max_items": 50,
        "stages": ("plugins.outputs.listings", "plugins.outputs.feeds"),
        "name": words,
        "tagline": words,
        "publisher": words,
    }
    return Site(**settings | changes)


def a_term(key: str, **slug: str) -> Term:
    """A tag or a category whose labels are its key."""
    words = {"vi": key, "en": key}
    return Term(key, label=words, slug=words | slug, description={"vi": "", "en": ""})


def an_edition(
    stem: str = "2008/03/hop", language: str = "vi", date: str = "2008-03-21 16:44", **changes: Any
) -> Edition:
    """An edition of a bulletin, published at a time of the site's zone."""
    instant = at(date)
    facts: dict[str, Any] = {
        "id": stem,
        "language": language,
        "source": f"{stem}.{language}.md",
        "address": f"/{language}/{stem}/",
        "is_original": language == "vi",
        "title": f"Hội nghị {stem}",
        "date": instant,
        "day": instant.astimezone(ZONE).date(),
        "kind": Kind.BULLETIN,
        "status": Status.PUBLISHED,
        "category": "",
        "tags": (),
        "summary": "Tóm tắt",
        "body": Body(key=b"", excerpt="Tóm tắt"),
    } | changes
    return Edition(**facts, digest=digest(facts))


def an_event(stem: str = "2008/03/hop", **changes: Any) -> Edition:
    """An edition of an event on 20 March 2008."""
    facts = {"kind": Kind.EVENT, "event": Event(starts=Moment(at("2008-03-20 08:00")))}
    return an_edition(stem, **facts | changes)


def a_notice(*editions: Edition) -> Notice:
    """A notice of these editions, the original first."""
    return Notice(editions[0].id, editions)


def a_page(stem: str, language: str = "vi", **changes: Any) -> Page:
    """A standing page."""
    facts: dict[str, Any] = {
        "id": stem,
        "language": language,
        "source": f"pages/{stem}.{language}.md",
        "address": f"/{language}/{stem}/",
        "title": stem,
        "summary": "",
        "body": Body(key=b"", excerpt=""),
    } | changes
    return Page(**facts, digest=digest(facts))


def an_archive(
    notices: Iterable[Notice] = (),
    *,
    as_of: datetime = AS_OF,
    tags: Iterable[Term] = (),
    categories: Iterable[Term] = (),
    pages: Iterable[Page] = (),
    attachments: Mapping[str, Attachment] | None = None,
    site: Site | None = None,
) -> Archive:
    """The archive of these notices."""
    taxonomy = Taxonomy({t.key: t for t in tags}, {c.key: c for c in categories})
    return Archive(
        site or a_site(), taxonomy, public(notices, as_of), pages, attachments or {}, as_of
    )
