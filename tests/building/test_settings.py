"""Settings: one that does not say what it must ends the build, is named, and touches nothing."""

from pathlib import Path
from typing import Any

import pytest
from pelican.readers import MarkdownReader
from pelican.settings import read_settings

from plugins.building.settings import SettingsError, settings_of
from tests.building.running import ROOT, Trial, run


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("AS_OF", "hôm nay"),
        ("AS_OF", "21/03/2008"),
        ("AS_OF", "2008-02-30"),
        ("AS_OF", ""),
        ("AS_OF", 2008),
        ("AS_OF", True),
        ("LANGUAGES", []),
        ("LANGUAGES", None),
        ("LANGUAGES", "vi"),  # a text is a list of letters, too
        ("LANGUAGES", 2),
        ("LANGUAGES", ["vi", 2]),
        ("LANGUAGES", ["Tiếng Việt"]),
        ("LANGUAGES", ["vi", "../en"]),
        ("LANGUAGES", ["vi", "en", "vi"]),
        ("WORKERS", 0),
        ("WORKERS", -1),
        ("WORKERS", 1.5),
        ("WORKERS", "2"),
        ("SITEURL", ""),  # Pelican's own default
        ("SITEURL", "example.org"),
        ("SITEURL", "ftp://example.org"),
        ("SITEURL", "https://"),
        ("SITEURL", "https://example.org/?a=b"),
        ("SITEURL", "https://example.org/#a"),
        ("TAG_AUTHORITY", None),
        ("TAG_AUTHORITY", ""),
        ("TAG_AUTHORITY", "https://example.org"),
        ("TAG_AUTHORITY", "example.org/a b"),
        ("TIMEZONE", "Asia/Hanoi"),  # the tz database has Asia/Ho_Chi_Minh
        ("TIMEZONE", "../../etc/passwd"),
        ("TIMEZONE", ""),
        ("TIMEZONE", 7),
        ("LATEST", 0),
        ("LATEST", "30"),
        ("FEED_MAX_ITEMS", -1),
        ("FEED_MAX_ITEMS", None),
        ("WEBSUB_HUB", "hub.example"),
    ],
)
def test_fault_in_a_setting(tmp_path: Path, name: str, value: Any) -> None:
    """A setting that cannot be right stops the build before anything is made; the message begins
    with its name and says what to write.
    """
    trial = Trial(tmp_path, **{name: value})
    with pytest.raises(SettingsError) as error:
        trial.build()
    assert str(error.value).startswith(f"{name} is ")
    assert "Write" in str(error.value) or "write" in str(error.value)
    assert not trial.out.exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("AS_OF", "hôm nay"),
        ("LANGUAGES", "vi"),
        ("WORKERS", 0),
        ("SITEURL", "example.org"),
        ("TAG_AUTHORITY", None),
        ("TIMEZONE", "Asia/Hanoi"),
    ],
)
def test_command_names_the_setting(tmp_path: Path, name: str, value: Any) -> None:
    """The command ends with 1 and names the setting, without a traceback; the output stays."""
    trial = Trial(tmp_path)
    trial.build()
    before = trial.tree()
    trial.content.tagline = "Khác"
    done = run(*trial.folders, **{name: value})
    assert done.returncode == 1
    assert f"{name} is " in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert trial.untouched(before) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("AS_OF", "2009-06-01T00:00:00+07:00"),
        ("AS_OF", "2009-06-01 00:00"),
        ("AS_OF", None),
        ("WORKERS", None),
        ("SITEURL", "https://example.org/thu-muc/"),  # Pelican takes the slash at the end away
        ("SITEURL", "http://localhost:8000"),
        ("TAG_AUTHORITY", "thu@example.org"),
        ("TIMEZONE", "UTC"),
        ("LATEST", 1),
        ("WEBSUB_HUB", "https://hub.example/"),
        ("WEBSUB_HUB", None),
    ],
)
def test_good_settings(tmp_path: Path, name: str, value: Any) -> None:
    """What settings may say is built."""
    trial = Trial(tmp_path, **{name: value})
    trial.build()
    assert (trial.out / "vi/index.html").exists()


def test_verbs_that_do_not_build_read_markdown_as_a_build_does() -> None:
    """Pelican's reader completes the setting in place; if that showed, a verb and a build would
    each have the other read the whole archive anew.
    """
    pelican = read_settings(str(ROOT / "pelicanconf.py"))
    pelican["MARKDOWN"] = {"extensions": ["tables"], "extension_configs": {"toc": {}}}
    before = settings_of(pelican)
    MarkdownReader(pelican)
    after = settings_of(pelican)
    assert "toc" in pelican["MARKDOWN"]["extensions"]
    assert (before.markdown, before.markdown_digest) == (after.markdown, after.markdown_digest)
