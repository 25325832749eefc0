"""Tests of the browser itself: no test passes for want of it."""

import sys

import pytest

from tests.consumers.browser import NoBrowserError, executable


def test_the_first_browser_that_is_there_is_taken() -> None:
    """A path that is none, or leads nowhere, is passed over."""
    assert executable(None, "/nowhere/chromium", sys.executable, __file__) == sys.executable


def test_a_missing_browser_is_told_in_words() -> None:
    """The message says how to install one."""
    with pytest.raises(NoBrowserError, match="apt-get install chromium"):
        executable(None, "/nowhere/chromium")
