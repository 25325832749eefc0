"""The verbs. `inv --list` shows them; the work is done by Pelican and by `plugins/`."""

import gc
import shlex
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from invoke.context import Context
from invoke.exceptions import Exit
from invoke.tasks import task

gc.disable()  # while modules are loaded: they are no garbage

from plugins.calling.arguments import TaskOfWords  # noqa: E402

gc.freeze()
gc.enable()

HERE = Path(__file__).absolute().parent
PYTHON = sys.executable
CONTENT = str(HERE / "content")
LOCAL, PUBLISHED = HERE / "pelicanconf.py", HERE / "publishconf.py"

_DESK = {"content": "the content folder", "lang": "the language in which it speaks (SPEECH)"}
_PATH = {"path": "any edition of the notice"}
_THERE = {
    "to": "the target's name in PUBLISH; without it, the first",
    "url": "the address at which the site is live",
}


@task(help={"content": _DESK["content"], "output": "where the site goes; else OUTPUT_PATH"})
def build(_c: Context, content: str = CONTENT, output: str = "") -> None:
    """Build the site: what changed, or all of it the first time."""
    from plugins.building.running import build_site

    _do(partial(build_site, output=output), content, "")


@task(help=_DESK)
def due(_c: Context, content: str = CONTENT, lang: str = "") -> None:
    """Say when the site must be built again, because something begins, ends or is published."""
    from plugins.building.due import say_when

    _do(say_when, content, lang)


@task(
    klass=TaskOfWords,
    help={
        "fix": "mend what is mechanical first, and say what was done",
        "format": "text, json or github",
        "strict": "advice is a fault, too",
        "all": "faults of other files than PATH… are told and count, too",
        **_DESK,
    },
)
def check(
    _c: Context,
    words: list[str],
    fix: bool = False,
    format: str = "text",
    strict: bool = False,
    all: bool = False,
    content: str = CONTENT,
    lang: str = "",
) -> None:
    """Tell every fault and every advice: `inv check`, or `inv check PATH…` of some files only."""
    from plugins.checking.check import check

    verb = partial(check, paths=words, form=format, strict=strict, mend=fix, whole=all)
    _do(verb, content, lang)


@task(help={"port": "on this machine", **_DESK})
def serve(_c: Context, content: str = CONTENT, port: str = "8000", lang: str = "") -> None:
    """Preview the site on this machine, drafts and all; a save reloads the browser."""
    from plugins.previewing.serving import serve

    _do(partial(serve, port=port), content, lang)


@task(
    klass=TaskOfWords,
    iterable=["field"],
    help={
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
        "content": _DESK["content"],
        "speak": _DESK["lang"],
    },
)
def new(
    _c: Context,
    words: list[str],
    field: list[str],
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
    content: str = CONTENT,
    speak: str = "",
) -> None:
    """Make a notice in its place, as a draft: `inv new "Its title"`; on a terminal, ask."""
    from plugins.writing import desk

    given = {"Date": date, "Category": category, "Tags": tags, "Summary": summary}
    given |= {"Starts": starts, "Ends": ends, "Venue": venue}
    verb = partial(
        desk.new,
        title=" ".join(words),
        language=lang,
        name=slug,
        given=given,
        fields=field,
        is_event=event,
    )
    _do(verb, content, speak)


@task(
    positional=["path"],
    help={
        **_PATH,
        "to": "the language of the translation",
        "done": "it was brought up to date; without it, a terminal is asked",
        **_DESK,
    },
)
def translate(
    _c: Context,
    path: str,
    to: str = "",
    done: bool = False,
    content: str = CONTENT,
    lang: str = "",
) -> None:
    """Make the translation of a notice; or, when it was brought up to date, mark it so."""
    from plugins.writing import desk

    _do(partial(desk.translate, path=path, to=to, is_done=done), content, lang)


@task(
    klass=TaskOfWords,
    help={
        "slug": "another name in its folder",
        "date_folder": "another month, like 2008/03",
        **_DESK,
    },
)
def move(
    _c: Context,
    words: list[str],
    slug: str = "",
    date_folder: str = "",
    content: str = CONTENT,
    lang: str = "",
) -> None:
    """Move a notice, `inv move PATH 2008/03/hoi-nghi`: its id stays, old addresses and all links
    lead to the new place.
    """
    from plugins.writing import desk

    _do(partial(desk.move, given=words, name=slug, folder=date_folder), content, lang)


@task(
    positional=["path"],
    iterable=["reason"],
    help={**_PATH, "reason": "why; “en=…” says it for an edition in that language", **_DESK},
)
def withdraw(
    _c: Context, path: str, reason: list[str], content: str = CONTENT, lang: str = ""
) -> None:
    """Withdraw a notice that was published: its page stays, and says why."""
    from plugins.writing import desk

    _do(partial(desk.withdraw, path=path, reasons=reason), content, lang)


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
    note: list[str],
    minor: bool = False,
    major: bool = False,
    content: str = CONTENT,
    lang: str = "",
) -> None:
    """Tell what was corrected in a notice that was published."""
    from plugins.writing import desk

    verb = partial(desk.correct, path=path, notes=note, is_minor=minor, is_major=major)
    _do(verb, content, lang)


@task(help={**_THERE, **_DESK})
def status(
    _c: Context, to: str = "", url: str = "", content: str = CONTENT, lang: str = ""
) -> None:
    """Say what waits: to be published, translated, finished; and what falls due."""
    from plugins.publishing.status import tell

    _do(partial(tell, to=to, url=url), content, lang, PUBLISHED)


@task(help={**_THERE, "format": "text or json", **_DESK})
def diff(
    _c: Context,
    to: str = "",
    url: str = "",
    format: str = "text",
    content: str = CONTENT,
    lang: str = "",
) -> None:
    """Build, and say what subscribers and visitors would notice if this were published now."""
    from plugins.publishing.diff.comparing import compare

    _do(partial(compare, to=to, url=url, form=format), content, lang, PUBLISHED)


@task(help={"format": "text or json", **_DESK})
def audit(_c: Context, format: str = "text", content: str = CONTENT, lang: str = "") -> None:
    """Build, and look the site over as a stranger: links, languages, ids, secrets, sizes, HTML."""
    from plugins.publishing.audit.looking import look

    _do(partial(look, form=format), content, lang, PUBLISHED)


@task(
    iterable=["allow"],
    help={
        "to": _THERE["to"],
        "dry_run": "do all but the handing over",
        "yes": "ask nothing",
        "allow": "a promise or a rule of the audit that may be broken, by its name; once for each",
        **_DESK,
    },
)
def publish(
    _c: Context,
    allow: list[str],
    to: str = "",
    dry_run: bool = False,
    yes: bool = False,
    content: str = CONTENT,
    lang: str = "",
) -> None:
    """Build, look the site over, say what changes, ask, and publish."""
    from plugins.publishing.publish import Wishes, publish

    _do(partial(publish, wishes=Wishes(to, tuple(allow), dry_run, yes)), content, lang, PUBLISHED)


@task(
    iterable=["allow"],
    help={
        "to": _THERE["to"],
        "release": "which one; without it, the one before the public one",
        "allow": "withdrawn-again: it may show again what was withdrawn",
        **_DESK,
    },
)
def rollback(
    _c: Context,
    allow: list[str],
    to: str = "",
    release: str = "",
    content: str = CONTENT,
    lang: str = "",
) -> None:
    """Make an earlier release public again."""
    from plugins.publishing.rollback import roll_back

    _do(partial(roll_back, to=to, release=release, allow=tuple(allow)), content, lang, PUBLISHED)


@task(help={"folder": "where the page goes, outside the site"})
def catalogue(c: Context, folder: str = str(HERE / ".cache/catalogue")) -> None:
    """Show every example of every component of the theme on one page."""
    _run(c, f"plugins.building.catalogue theme {_absolute(folder)}")


@task(help={"stage": "a folder or file of tests/, such as outputs/feeds; all without it"})
def test(c: Context, stage: str = "") -> None:
    """Check the code and run the tests, the quick ones first."""
    if stage:
        path = Path("tests", *Path(stage).parts[:-1], f"test_{Path(stage).name}.py")
        _run(c, f"pytest {path if (HERE / path).exists() else Path('tests', stage)}")
        return
    _run(c, "ruff check .")
    _run(c, "ruff format --check .")
    _run(c, "mypy")
    quick = "tests/model tests/reading tests/speaking tests/writing tests/checking tests/cases"
    more = "tests/calling tests/theme tests/test_*.py tests/content tests/building tests/publishing"
    rest = "tests/outputs tests/previewing tests/consumers"
    _run(c, f"pytest -n auto --dist worksteal {quick} {more} {rest}")


@task(help={"content": "an archive to measure, instead of synthetic ones"})
def bench(c: Context, content: str = "") -> None:
    """Measure whole builds: clean, no change, one edit, one new notice."""
    _run(c, f"tests.benchmarks.bench {_absolute(content)}")


@task(help={"content": "an archive to judge, instead of content/"})
def lighthouse(c: Context, content: str = "") -> None:
    """Judge pages as Lighthouse does (needs node and npm); all four scores must be 100."""
    _run(c, f"tests.benchmarks.lighthouse {_absolute(content)}")


@task
def lock(c: Context) -> None:
    """Lock the dependencies anew, with hashes (needs uv)."""
    command = "uv pip compile --universal --generate-hashes --no-header --quiet --upgrade"
    with c.cd(HERE):
        c.run(f"{command} pyproject.toml -o requirements.txt")
        c.run(f"{command} pyproject.toml --group test -o requirements-test.txt")
        c.run(f"{command} --group s3 -o requirements-s3.txt")


def _terminal() -> bool:
    return sys.stdout.isatty()


def _run(c: Context, module: str) -> None:
    """Run a module with its arguments, in the folder of the repository."""
    with c.cd(HERE):
        c.run(f"{shlex.quote(PYTHON)} -m {module}", pty=_terminal())


def _absolute(folder: str) -> str:
    return shlex.quote(str(Path(folder).absolute())) if folder else ""


def _do(verb: Callable[..., int], content: str, language: str, conf: Path = LOCAL) -> None:
    from plugins.calling import call

    if code := call(verb, conf, content, language):
        raise Exit(code=code)
