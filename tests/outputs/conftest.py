"""The fictional archive as its visitors find it, and as the code holds it."""

from pathlib import Path

import pytest
from pelican.settings import read_settings
from rich.console import Console

from plugins.building.gathering import gather
from plugins.building.ledger import Ledger
from plugins.building.report import Report
from plugins.building.settings import settings_of
from plugins.model.archive import Archive
from tests.conftest import AS_OF, ROOT, SITE, URL
from tests.outputs.visiting import Visit, visit


@pytest.fixture(scope="session")
def pages(site: Path) -> Visit:
    """All pages of `tests/site`."""
    return visit(site, URL)


def read(cache: Path, content: Path = SITE) -> Archive:
    """What a content folder says, read in this process; `cache` is an empty folder."""
    given = {"AS_OF": AS_OF, "SITEURL": URL, "CACHE_PATH": str(cache)}
    settings = settings_of(read_settings(str(ROOT / "pelicanconf.py"), override=given))
    ledger = Ledger(cache)
    try:
        return gather(content, settings, ledger, b"", Report(Console(quiet=True))).archive
    finally:
        ledger.close()


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """What `tests/site` says."""
    return read(tmp_path_factory.mktemp("archive"))
