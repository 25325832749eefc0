"""From the content folder to the archive: reads what changed, checks all, keeps the rest."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from msgspec import Struct, msgpack
from msgspec.structs import replace

from plugins.building.ledger import Ledger, Remembered, files_key
from plugins.building.report import Report
from plugins.building.settings import Settings
from plugins.building.workers import beside, spread
from plugins.model.archive import Archive, Attachment, public
from plugins.model.notice import Edition, Notice, Page, digest
from plugins.model.problem import Faults, Level, Problem, said
from plugins.model.site import Site
from plugins.model.taxonomy import Taxonomy
from plugins.reading.attachments import measure
from plugins.reading.body import Renderer
from plugins.reading.editions import Registry, Source
from plugins.reading.library import Desk, Group, Read, Survey, Told, read, survey, unlinked
from plugins.reading.registry import SITE, SiteFile, read_site, read_taxonomy
from plugins.reading.whole import check, line_finder, linked_files, waiting_links

_pack = msgpack.Encoder().encode
_unpack = msgpack.Decoder(Read).decode
_unpack_survey = msgpack.Decoder(Survey).decode


class Gathered(NamedTuple):
    """The archive; all notices, public or not; how many sources they have, were read first, were
    read again; advice.
    """

    archive: Archive
    notices: list[Notice]
    sources: int
    read: int
    reread: int
    advice: list[Problem]


class Material(Struct, frozen=True):
    """What a content folder says before it is judged: what each stem tells, sorted by stem, what is
    known of the files that something links (`measured`), the problems of the registries; how many
    sources were read for it, first and again.
    """

    site: Site
    taxonomy: Taxonomy
    seen: Survey
    told: Mapping[str, Told]
    measured: Mapping[str, Attachment]
    problems: tuple[Problem, ...]
    read: int
    reread: int

    @property
    def notices(self) -> list[Notice]:
        """All notices, public or not."""
        return [told.notice for told in self.told.values() if told.notice]

    @property
    def pages(self) -> list[Page]:
        """All standing pages, in all languages."""
        return [page for told in self.told.values() for page in told.pages]

    @property
    def linked(self) -> set[str]:
        """The files that something links, in public or not."""
        return linked_files(self.shown({n.id: n.editions for n in self.notices}), self.seen.files)

    def shown(self, siblings: Mapping[str, tuple[Edition, ...]]) -> list[Edition | Page]:
        """These editions, and all pages."""
        editions = [edition for some in siblings.values() for edition in some]
        return [*editions, *self.pages]


def gather(
    content: Path, settings: Settings, ledger: Ledger, code: bytes, report: Report
) -> Gathered:
    """The archive of a content folder. Raises `Faults` with every fault of every file.

    `code` digests the code that reads: another one reads everything anew.
    """
    return gathered_of(collect(content, settings, ledger, code, report), content, settings)


def gathered_of(material: Material, content: Path, settings: Settings) -> Gathered:
    """The archive of what was collected. Raises `Faults` with every fault of every file."""
    problems = judged(material, content)
    if any(problem.level == Level.FAULT for problem in problems):
        raise Faults([problem for problem in problems if problem.level == Level.FAULT])
    archive = archive_of(material, public(material.notices, settings.as_of), settings.as_of)
    problems += unlinked(material.seen.files, {*material.measured})
    problems += waiting_links(material.shown(archive.siblings), archive.by_source.keys())
    sources = sum(len(group.files) for group in material.seen.groups.values())
    return Gathered(archive, material.notices, sources, material.read, material.reread, problems)


def collect(
    content: Path, settings: Settings, ledger: Ledger, code: bytes, report: Report
) -> Material:
    """What a content folder says, faults and all; what was read before comes from the ledger."""
    with beside(partial(_surveyed, content, settings), settings.workers) as surveyed:
        site_file, problems = read_site(content, settings.languages)
        taxonomy, term_problems = read_taxonomy(content, settings.languages)
        before = _before(settings, ledger, code)
        seen = _unpack_survey(surveyed())
    site = _site(site_file, settings)
    told, read_now, reread = _told(content, settings, taxonomy, site, seen, before, ledger, report)
    material = Material(
        site, taxonomy, seen, told, {}, (*problems, *term_problems), read_now, reread
    )
    measured = _measured(content, material.linked, seen, ledger, settings.workers)
    return replace(material, measured=measured)


def judged(material: Material, content: Path) -> list[Problem]:
    """All problems of what was collected, but those that depend on what is public."""
    problems = told_problems(material)
    pages, line_of = material.pages, line_finder(content)
    problems += check(material.notices, pages, material.seen, material.measured, line_of)
    problems += [
        Problem(
            SITE,
            1,
            "menu",
            said("There is no page “{stem}”.", stem=stem),
            said("Name a file of pages/."),
            Level.ADVICE,
        )
        for stem in material.site.menu
        if stem not in {page.id for page in pages}
    ]
    return problems


def told_problems(material: Material) -> list[Problem]:
    """The problems of single files, and of the editions of one notice."""
    told = [problem for one in material.told.values() for problem in one.problems]
    return [*material.problems, *material.seen.problems, *told]


def archive_of(
    material: Material, siblings: Mapping[str, tuple[Edition, ...]], as_of: datetime
) -> Archive:
    """The archive that shows these editions of each notice."""
    shown = linked_files(material.shown(siblings), material.measured)
    attachments = {path: material.measured[path] for path in sorted(shown)}
    return Archive(material.site, material.taxonomy, siblings, material.pages, attachments, as_of)


def _site(words: SiteFile, settings: Settings) -> Site:
    return Site(
        languages=settings.languages,
        url=settings.url,
        timezone=settings.timezone,
        tag_authority=settings.tag_authority,
        latest=settings.latest,
        feed_max_items=settings.feed_max_items,
        websub_hub=settings.websub_hub,
        rights=words.rights,
        stages=settings.stages,
        name=words.name,
        tagline=words.tagline,
        publisher=words.publisher,
        contact=words.contact,
        menu=words.menu,
    )


def _surveyed(content: Path, settings: Settings) -> bytes:
    """What is in the content folder, packed for its way to the parent process."""
    return _pack(survey(content, settings.languages, settings.ignored))


def _before(settings: Settings, ledger: Ledger, code: bytes) -> dict[str, Remembered]:
    """What each stem told the last time; nothing, if it was read by other code."""
    reading = digest(code, settings.markdown_digest)
    if not ledger.has("reading", reading):
        ledger.forget_everything_read()
        ledger.put("reading", reading)
    return ledger.told()


def _told(
    content: Path,
    settings: Settings,
    taxonomy: Taxonomy,
    site: Site,
    seen: Survey,
    before: Mapping[str, Remembered],
    ledger: Ledger,
    report: Report,
) -> tuple[dict[str, Told], int, int]:
    """What every stem tells, sorted by stem; how many sources were read, and again, for it."""
    telling = digest(taxonomy, settings.languages, settings.timezone)
    same_terms = ledger.has("telling", telling)
    stale = [
        group
        for stem, group in seen.groups.items()
        if not same_terms or stem not in before or before[stem].files != files_key(group)
    ]
    told = {stem: before[stem].told for stem in seen.groups.keys() & before.keys()}
    work = [(group, ledger.sources(group.stem) if before else {}) for group in stale]
    results = _read(content, settings, taxonomy, site.zone, work)
    known = {path for _, sources in work for path in sources}
    read_now = reread = 0
    for packed in report.track(report.words.text("Reading"), results, len(stale)):
        result = _unpack(packed)
        settled = not any(path in seen.changing for path, _ in result.group.files)
        ledger.remember(_without_bodies_that_go(result), settled=settled)
        told[result.group.stem] = result.told
        again = sum(body.path in known for body in result.bodies)
        read_now, reread = read_now + len(result.bodies) - again, reread + again
    gone = before.keys() - seen.groups.keys()
    ledger.forget(gone)
    ledger.put("telling", telling)
    if stale or gone:
        ledger.keep_bodies(_bodies(told.values()))
    ledger.commit()
    return {stem: told[stem] for stem in sorted(told)}, read_now, reread


def _read(
    content: Path,
    settings: Settings,
    taxonomy: Taxonomy,
    zone: ZoneInfo,
    work: list[tuple[Group, dict[str, Source]]],
) -> Iterable[bytes]:
    if not work:
        return ()
    desk = desk_of(content, settings, taxonomy, zone)
    return spread(partial(_read_one, desk), work, settings.workers)


def desk_of(content: Path, settings: Settings, taxonomy: Taxonomy, zone: ZoneInfo) -> Desk:
    """What reading needs besides files."""
    registry = Registry(taxonomy, settings.languages, zone)
    return Desk(content, registry, Renderer(settings.markdown, settings.markdown_digest))


def _without_bodies_that_go(result: Read) -> Read:
    """A stem with faults is read anew as a whole: bodies are kept only if a notice holds them."""
    if any(problem.level == Level.FAULT for problem in result.told.problems):
        return replace(result, sources=())
    return result


def _read_one(desk: Desk, work: tuple[Group, dict[str, Source]]) -> bytes:
    """What a stem's files say, packed for its way to the parent process: quicker than pickling."""
    return _pack(read(desk, *work))


def _bodies(told: Iterable[Told]) -> set[bytes]:
    keys: set[bytes] = set()
    for one in told:
        keys.update(page.body.key for page in one.pages)
        if one.notice:
            keys.update(edition.body.key for edition in one.notice.editions)
    return keys


def _measured(
    content: Path, linked: set[str], seen: Survey, ledger: Ledger, workers: int
) -> dict[str, Attachment]:
    """The files that something links, in public or not; those that changed are looked through."""
    found, stale = {}, []
    for path in sorted(linked):
        real, stamp = seen.files[path]
        attachment = ledger.attachment(path, stamp)
        if attachment is None:
            stale.append((path, real))
        else:
            found[path] = attachment
    for attachment in spread(partial(_measure_one, content), stale, workers):
        found[attachment.path] = attachment
        if attachment.file not in seen.changing:
            ledger.remember_attachment(attachment, seen.files[attachment.path][1])
    if stale:
        ledger.commit()
    return found


def _measure_one(content: Path, names: tuple[str, str]) -> Attachment:
    return measure(content, *names)
