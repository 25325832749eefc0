"""The verbs. `inv --list` shows them; the work is done by Pelican and by `plugins/`."""

import sys
from pathlib import Path

from invoke.context import Context
from invoke.exceptions import Exit
from invoke.tasks import task

from plugins.checking.words import TaskOfPaths
from plugins.writing.arguments import Verb

PYTHON = sys.executable
PELICAN = f"{PYTHON} -m pelican"


@task(help={"content": "the content folder", "output": "where the site goes"})
def build(c: Context, content: str = "content", output: str = "output") -> None:
    """Build the site: what changed, or all of it the first time."""
    c.run(f"{PELICAN} {content} -s pelicanconf.py -o {output} --fatal warnings", pty=_terminal())


@task(help={"content": "the content folder"})
def due(_c: Context, content: str = "content") -> None:
    """Say when the site must be built again, because something begins, ends or is published."""
    from plugins.building.due import say_when
    from plugins.building.opening import workplace

    _end(say_when(workplace("pelicanconf.py", PATH=content)))


@task(
    help={
        "content": "the content folder",
        "to": "the folder in which the site is published",
        "url": "the address at which it is live",
        "format": "text or json",
        "lang": "vi or en",
    }
)
def diff(
    _c: Context,
    content: str = "content",
    to: str = "",
    url: str = "",
    format: str = "text",
    lang: str = "en",
) -> None:
    """Build, and say what subscribers and visitors would notice if this were published now."""
    from plugins.publishing.diff.comparing import compare_at
    from plugins.speaking import speech

    _end(compare_at("publishconf.py", content, to, url, format, speech(lang)))


@task(help={"content": "the content folder", "format": "text or json", "lang": "vi or en"})
def audit(_c: Context, content: str = "content", format: str = "text", lang: str = "en") -> None:
    """Build, and look the site over as a stranger: links, languages, ids, secrets, sizes, HTML."""
    from plugins.publishing.audit.looking import look_at
    from plugins.speaking import speech

    _end(look_at("publishconf.py", content, format, speech(lang)))


@task(
    help={
        "content": "the content folder",
        "to": "the folder in which the site is published",
        "url": "the address at which it is live",
        "lang": "vi or en",
    }
)
def status(
    _c: Context, content: str = "content", to: str = "", url: str = "", lang: str = "en"
) -> None:
    """Say what waits: to be published, translated, finished; and what falls due."""
    from plugins.publishing.status import tell_of
    from plugins.speaking import speech

    _end(tell_of("publishconf.py", content, to, url, speech(lang)))


@task(
    klass=TaskOfPaths,
    help={
        "fix": "mend what is mechanical first, and say what was done",
        "format": "text, json or github",
        "lang": "the language in which it is told",
        "content": "the content folder",
        "strict": "advice is a fault, too",
    },
)
def check(
    _c: Context,
    paths: list[str],
    fix: bool = False,
    format: str = "text",
    lang: str = "",
    content: str = "content",
    strict: bool = False,
) -> None:
    """Tell every fault and every advice: `inv check`, or `inv check PATH…` of some files only."""
    from plugins.checking.check import check_content

    _end(
        check_content(
            "pelicanconf.py", content, paths, lang=lang, form=format, strict=strict, mend=fix
        )
    )


@task(help={"content": "the content folder", "port": "on this machine", "lang": "vi or en"})
def serve(_c: Context, content: str = "content", port: int = 8000, lang: str = "en") -> None:
    """Preview the site on this machine, drafts and all; a save reloads the browser."""
    from plugins.previewing.serving import serve as preview
    from plugins.speaking import speech

    _end(preview("pelicanconf.py", content, port, speech(lang)))


_DESK = {"content": "the content folder", "speak": "the language in which this verb speaks"}
_PATH = {"path": "any edition of the notice"}


@task(
    klass=Verb,
    positional=["title"],
    iterable=["field"],
    help={
        "title": "in quotes",
        "event": "it announces an event",
        "lang": "its language; the first of LANGUAGES without it",
        "date": "like “2008-03-21 16:44”; now without it",
        "slug": "the name of the file; made from the title without it",
        "category": "a key or a label of taxonomy.toml",
        "tags": "keys or labels, with commas",
        "summary": "one or two sentences",
        "starts": "of an event, like “2008-03-20 08:00” or “2008-03-20”",
        "ends": "of an event",
        "venue": "of an event",
        "field": "any other key, like “Number: 12/2008/TT-BTTTT”; more than once if needed",
        **_DESK,
    },
)
def new(
    _c: Context,
    title: str = "",
    event: bool = False,
    lang: str = "",
    date: str = "",
    slug: str = "",
    category: str = "",
    tags: str = "",
    summary: str = "",
    starts: str = "",
    ends: str = "",
    venue: str = "",
    field: list[str] | None = None,
    content: str = "content",
    speak: str = "en",
) -> None:
    """Make a notice in its place, as a draft; on a terminal, ask for what lacks."""
    from plugins.writing import desk

    given = {"Date": date, "Category": category, "Tags": tags, "Summary": summary}
    given |= {"Starts": starts, "Ends": ends, "Venue": venue}
    _end(desk.new(content, speak, title, lang, slug, given, field or [], is_event=event))


@task(help={**_PATH, "to": "the language of the translation", **_DESK})
def translate(
    _c: Context, path: str, to: str = "", content: str = "content", speak: str = "en"
) -> None:
    """Make the translation of a notice; or, when it was brought up to date, mark it so."""
    from plugins.writing import desk

    _end(desk.translate(content, speak, path, to))


@task(
    klass=Verb,
    positional=["path", "new_path"],
    help={
        **_PATH,
        "new_path": "where to, like 2008/03/hoi-nghi",
        "slug": "another name in its folder",
        "date_folder": "another month, like 2008/03",
        **_DESK,
    },
)
def move(
    _c: Context,
    path: str,
    new_path: str = "",
    slug: str = "",
    date_folder: str = "",
    content: str = "content",
    speak: str = "en",
) -> None:
    """Move a notice: it keeps its id, its old addresses and all links lead to the new place."""
    from plugins.writing import desk

    _end(desk.move(content, speak, path, new_path, slug, date_folder))


@task(
    positional=["path"],
    iterable=["reason"],
    help={**_PATH, "reason": "why; “en=…” says it for an edition in that language", **_DESK},
)
def withdraw(
    _c: Context,
    path: str,
    reason: list[str] | None = None,
    content: str = "content",
    speak: str = "en",
) -> None:
    """Withdraw a notice that was published: its page stays, and says why."""
    from plugins.writing import desk

    _end(desk.withdraw(content, speak, path, reason or []))


@task(
    positional=["path"],
    iterable=["note"],
    help={
        **_PATH,
        "note": "what was corrected; “en=…” says it for an edition in that language",
        "minor": "subscribers need not know",
        "major": "subscribers are told, without a banner",
        **_DESK,
    },
)
def correct(
    _c: Context,
    path: str,
    note: list[str] | None = None,
    minor: bool = False,
    major: bool = False,
    content: str = "content",
    speak: str = "en",
) -> None:
    """Tell what was corrected in a notice that was published."""
    from plugins.writing import desk

    _end(desk.correct(content, speak, path, note or [], is_minor=minor, is_major=major))


@task(
    iterable=["allow"],
    help={
        "to": "the target's name in PUBLISH; without it, the first",
        "dry_run": "do all but the handing over",
        "yes": "ask nothing",
        "allow": "a promise that may be broken, by its name; once for each",
        "content": "the content folder",
        "lang": "vi or en",
    },
)
def publish(
    _c: Context,
    allow: list[str],
    to: str = "",
    dry_run: bool = False,
    yes: bool = False,
    content: str = "content",
    lang: str = "en",
) -> None:
    """Build, look the site over, say what changes, ask, and publish."""
    from plugins.publishing.publish import Wishes, publish
    from plugins.speaking import speech

    wishes = Wishes(to, tuple(allow), dry_run, yes)
    _end(publish("publishconf.py", content, wishes, speech(lang)))


@task(
    help={
        "to": "the release; without it, the one before",
        "target": "its name in PUBLISH; without it, the first",
        "lang": "vi or en",
    }
)
def rollback(_c: Context, to: str = "", target: str = "", lang: str = "en") -> None:
    """Make an earlier release public again."""
    from plugins.publishing.rollback import roll_back
    from plugins.speaking import speech

    _end(roll_back("publishconf.py", target, to, speech(lang)))


@task(help={"folder": "where the page goes, outside the site"})
def catalogue(c: Context, folder: str = ".cache/catalogue") -> None:
    """Show every example of every component of the theme on one page."""
    c.run(f"{PYTHON} -m plugins.building.catalogue theme {folder}")


@task(help={"stage": "a folder or file of tests/, such as outputs/feeds; all without it"})
def test(c: Context, stage: str = "") -> None:
    """Check the code and run the tests, the quick ones first."""
    if stage:
        path = Path("tests", *Path(stage).parts[:-1], f"test_{Path(stage).name}.py")
        c.run(f"{PYTHON} -m pytest {path if path.exists() else Path('tests', stage)}")
        return
    c.run(f"{PYTHON} -m ruff check .")
    c.run(f"{PYTHON} -m ruff format --check .")
    c.run(f"{PYTHON} -m mypy")
    quick = "tests/model tests/reading tests/speaking tests/writing tests/checking tests/cases"
    more = "tests/theme tests/test_*.py tests/content tests/building tests/publishing"
    rest = "tests/outputs tests/previewing tests/consumers"
    c.run(f"{PYTHON} -m pytest -n auto --dist worksteal {quick} {more} {rest}", pty=_terminal())


@task(help={"content": "an archive to measure, instead of synthetic ones"})
def bench(c: Context, content: str = "") -> None:
    """Measure whole builds: clean, no change, one edit, one new notice."""
    c.run(f"{PYTHON} -m tests.benchmarks.bench {content}")


@task(help={"content": "an archive to judge, instead of content/"})
def lighthouse(c: Context, content: str = "") -> None:
    """Judge pages as Lighthouse does (needs node and npm); all four scores must be 100."""
    c.run(f"{PYTHON} -m tests.benchmarks.lighthouse {content}")


@task
def lock(c: Context) -> None:
    """Lock the dependencies anew, with hashes (needs uv)."""
    command = "uv pip compile --universal --generate-hashes --no-header --quiet --upgrade"
    c.run(f"{command} pyproject.toml -o requirements.txt")
    c.run(f"{command} pyproject.toml --group test -o requirements-test.txt")
    c.run(f"{command} --group s3 -o requirements-s3.txt")


def _terminal() -> bool:
    return sys.stdout.isatty()


def _end(code: int) -> None:
    if code:
        raise Exit(code=code)
