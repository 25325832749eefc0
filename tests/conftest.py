"""Builds content folders by the real command, in a process of its own."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.consumers.browser import NoBrowserError, started

ROOT = Path(__file__).parents[1]
SITE = ROOT / "tests/site"
URL = "https://lamgiang.example"
AS_OF = "2026-06-01T00:00:00+07:00"
"""The instant of all builds that name no other; the events of `tests/site` lie around it."""

MEMORY = Path("/dev/shm")
ROOM = 10**9
"""Bytes of memory that must be available: ten times what the tests have there at a time."""

Build = Callable[..., subprocess.CompletedProcess[str]]


def pytest_configure(config: pytest.Config) -> None:
    """Write to memory where there is room: each of a thousand builds waits for its disk twice."""
    if "TMPDIR" not in os.environ and _room() > ROOM:
        folder = tempfile.mkdtemp(prefix="tests.", dir=MEMORY)
        tempfile.tempdir = os.environ["TMPDIR"] = folder
        config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))


def _room() -> int:
    """Bytes of memory that files may take."""
    if not MEMORY.is_dir():
        return 0
    facts = dict(line.split(":") for line in Path("/proc/meminfo").read_text().splitlines())
    available = int(facts["MemAvailable"].removesuffix("kB")) * 1024
    return min(available, shutil.disk_usage(MEMORY).free)


@pytest.fixture(scope="session")
def build() -> Build:
    """A function that builds: `build(content, out, cache, **settings)`.

    A build that fails fails the test, unless it is told `check=False`.
    """

    def run(
        content: Path, out: Path, cache: Path, *, check: bool = True, **settings: object
    ) -> subprocess.CompletedProcess[str]:
        given = {"CACHE_PATH": str(cache), "SITEURL": URL, "AS_OF": AS_OF, **settings}
        command = [sys.executable, "-m", "pelican", content, "-s", "pelicanconf.py", "-o", out]
        command += ["--fatal", "warnings", "-e", *(f"{k}={json.dumps(given[k])}" for k in given)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert not check or done.returncode == 0, done.stdout + done.stderr
        return done

    return run


@pytest.fixture(scope="session")
def site(build: Build, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of `tests/site`, built once."""
    folder = tmp_path_factory.mktemp("site")
    build(SITE, folder / "out", folder / "cache")
    return folder / "out"


@pytest.fixture(scope="session")
def real_site(build: Build, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of `content/`, built once; nothing in it is to be advised on."""
    folder = tmp_path_factory.mktemp("content")
    done = build(ROOT / "content", folder / "out", folder / "cache", AS_OF=None)
    assert "advice:" not in done.stdout
    return folder / "out"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium."""
    try:
        with started() as browser:
            yield browser
    except NoBrowserError as error:
        pytest.fail(str(error), pytrace=False)


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A visitor with nothing stored."""
    context = browser.new_context(locale="de-DE", timezone_id="America/New_York")
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A tab; whatever goes wrong in it unseen fails the test in the end."""
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    assert errors == []
