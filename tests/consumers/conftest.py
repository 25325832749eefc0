"""A browser for the session; an archive and a partner on two origins for each test."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.conftest import ROOT
from tests.consumers.browser import NoBrowserError, started
from tests.consumers.hosts import OPEN, Answer, Host, serving


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


@pytest.fixture
def archive() -> Iterator[Host]:
    """The archive, with the element at its addresses."""
    with serving() as host:
        for file in (ROOT / "theme/embed").iterdir():
            script = Answer(file.read_bytes(), "text/javascript", headers=OPEN)
            host.answers[f"/embed/{file.name}"] = script
        yield host


@pytest.fixture
def partner() -> Iterator[Host]:
    """A partner's site."""
    with serving() as host:
        yield host
