"""A content folder for tests, and everything that reading says of it."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.console import Console

from pelicanconf import MARKDOWN
from plugins.building.opening import workplace
from plugins.building.report import Report
from plugins.checking.findings import findings
from plugins.model.problem import Problem
from plugins.reading.attachments import measure
from plugins.reading.body import Renderer
from plugins.reading.editions import Registry
from plugins.reading.library import Desk, Survey, Told, read, survey, unlinked
from plugins.reading.registry import read_site, read_taxonomy
from plugins.reading.whole import check, line_finder, linked_files

LANGUAGES = ("vi", "en")
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
CASES = Path(__file__).parent.parent / "cases"
CONF = Path(__file__).parents[2] / "pelicanconf.py"
AS_OF = "2026-06-01T00:00:00+07:00"
"""The instant at which `check` advises."""

NOTICE = """Title: Hội nghị tham vấn
Date: 2008-03-21 16:44

Hội nghị bàn về Chính phủ điện tử.
"""


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files below `folder`; registries that are not given are those of `tests/cases`."""
    folder.mkdir(parents=True, exist_ok=True)
    for registry in ("site.toml", "taxonomy.toml"):
        shutil.copy(CASES / registry, folder)
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(text.encode() if isinstance(text, str) else text)
    return folder


def is_ignored(name: str) -> bool:
    """The names that are nobody's content."""
    return name.startswith(".") or name.endswith("~")


def survey_of(content: Path) -> Survey:
    """What a content folder holds."""
    return survey(content, LANGUAGES, is_ignored)


def a_desk(content: Path) -> Desk:
    """A desk with the terms of the content folder and the site's own `MARKDOWN` setting."""
    taxonomy, _ = read_taxonomy(content, LANGUAGES)
    return Desk(content, Registry(taxonomy, LANGUAGES, ZONE), Renderer(MARKDOWN, b""))


def told_by(content: Path) -> list[Told]:
    """What every stem of a content folder tells."""
    desk = a_desk(content)
    groups = survey_of(content).groups
    return [read(desk, groups[stem], {}).told for stem in sorted(groups)]


def problems_of(content: Path) -> list[Problem]:
    """All faults and advice, sorted, each once, as `plugins.building.gathering` finds them."""
    problems = [*read_site(content, LANGUAGES)[1], *read_taxonomy(content, LANGUAGES)[1]]
    seen = survey_of(content)
    told = told_by(content)
    notices = [one.notice for one in told if one.notice]
    pages = [page for one in told for page in one.pages]
    editions = [edition for notice in notices for edition in notice.editions]
    problems += [*seen.problems, *(problem for one in told for problem in one.problems)]
    linked = linked_files([*editions, *pages], seen.files)
    measured = {path: measure(content, path, seen.files[path][0]) for path in linked}
    problems += check(notices, pages, seen, measured, line_finder(content))
    problems += unlinked(seen.files, linked)
    return sorted(set(problems))


def advice_on(content: Path) -> list[Problem]:
    """What the verb `check` advises besides."""
    cache = content.with_name(f"{content.name}.cache")
    folders = {"PATH": str(content), "CACHE_PATH": str(cache), "OUTPUT_PATH": str(cache / "none")}
    place = workplace(CONF, **folders, AS_OF=AS_OF, WORKERS=1)
    return findings(place, Report(Console(quiet=True)))


def lines_of(content: Path, *, advised: bool = False) -> list[str]:
    """All problems as the webmaster reads them; those of the verb `check` as well, if wanted."""
    return [
        f"advice: {problem}" if problem.level == "advice" else str(problem)
        for problem in (advice_on(content) if advised else problems_of(content))
    ]
