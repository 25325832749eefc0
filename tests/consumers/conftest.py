"""A browser for the session; an archive and a partner on two origins for each test.

For readers, the built site on nginx, and one tab for all that they try.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from pelicanconf import PLUGINS
from tests.conftest import ROOT
from tests.consumers import nginx
from tests.consumers.hosts import OPEN, Answer, Host, serving
from tests.consumers.kinds import Kind, found
from tests.consumers.reader import Reader, reading
from tests.outputs.conftest import read


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


@pytest.fixture(scope="session")
def kinds(site: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[Kind, str]:
    """The address of a page of each kind of `tests/site`."""
    return found(site, read(tmp_path_factory.mktemp("archive")), PLUGINS)


@pytest.fixture(scope="session")
def public(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[nginx.Server]:
    """`tests/site` on nginx, with the configuration that is built."""
    with nginx.serving(site, tmp_path_factory.mktemp("work")) as server:
        yield server


@pytest.fixture(scope="session")
def tab(browser: Browser, public: nginx.Server, kinds: dict[Kind, str]) -> Iterator[Reader]:
    """The one tab of all readers."""
    with reading(browser, f"http://127.0.0.1:{public.port}", kinds) as reader:
        yield reader


@pytest.fixture
def reader(tab: Reader) -> Iterator[Reader]:
    """A reader; what went wrong unseen fails the test in the end."""
    tab.again()
    yield tab
    assert tab.faults == []
