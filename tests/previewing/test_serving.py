"""Tests of `plugins/previewing/serving.py`: how the verb begins."""

from pathlib import Path
from socket import socket

import pytest

from plugins.previewing.serving import serve
from plugins.speaking import speech
from tests.building.running import Trial, forget_stages


def test_a_port_that_is_taken_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With one that may be free."""
    forget_stages()
    with socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert serve(Trial(tmp_path).workplace, speech("en"), port) == 1
    assert f"Write “--port {port + 1}”." in capsys.readouterr().out
