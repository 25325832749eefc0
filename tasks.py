"""The verbs. `inv --list` shows them; the work is done by Pelican and by `plugins/`."""

import sys
from pathlib import Path

from invoke.context import Context
from invoke.exceptions import Exit
from invoke.tasks import task

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


@task(help={"content": "the content folder", "port": "on this machine", "lang": "vi or en"})
def serve(_c: Context, content: str = "content", port: int = 8000, lang: str = "en") -> None:
    """Preview the site on this machine, drafts and all; a save reloads the browser."""
    from plugins.previewing.serving import serve as preview
    from plugins.speaking import speech

    _end(preview("pelicanconf.py", content, port, speech(lang)))


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
    quick = "tests/model tests/reading tests/cases tests/theme tests/test_*.py tests/content"
    rest = "tests/building tests/outputs tests/consumers"
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


def _terminal() -> bool:
    return sys.stdout.isatty()


def _end(code: int) -> None:
    if code:
        raise Exit(code=code)
