"""Finds and starts a Chromium: Debian's where it is installed, else Playwright's own."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Playwright, sync_playwright

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

MISSING = (
    "There is no Chromium. Install it: “sudo apt-get install chromium” on Debian,"
    " “.venv/bin/playwright install chromium” elsewhere."
)


class NoBrowserError(Exception):
    """No Chromium is installed; the message says what to do."""


def executable(*candidates: str | None) -> str:
    """The first of these paths where there is a file."""
    for path in candidates:
        if path and Path(path).is_file():
            return path
    raise NoBrowserError(MISSING)


@contextmanager
def started() -> Iterator[Browser]:
    """A browser, closed in the end."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_path(playwright), args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def chromium() -> str:
    """The path of the browser, for programs that start it themselves."""
    with sync_playwright() as playwright:
        return _path(playwright)


def _path(playwright: Playwright) -> str:
    return executable(shutil.which("chromium"), playwright.chromium.executable_path)
