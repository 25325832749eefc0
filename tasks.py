"""The verbs. `inv --list` shows them; the work is done by Pelican and by `plugins/`."""

import sys
from pathlib import Path

from invoke.context import Context
from invoke.exceptions import Exit
from invoke.tasks import task

from plugins.checking.words import TaskOfPaths

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
    quick = "tests/model tests/reading tests/speaking tests/checking tests/cases"
    rest = "tests/theme tests/test_*.py tests/content tests/building tests/outputs tests/consumers"
    c.run(f"{PYTHON} -m pytest -n auto --dist worksteal {quick} {rest}", pty=_terminal())


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
