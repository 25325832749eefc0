"""Servers of this machine, started for the tests and stopped after them."""

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from socket import create_connection, create_server

import pytest

MOTO = Path(__file__).parents[3] / ".cache/moto/bin/moto_server"


def free_port() -> int:
    """A port that nobody listens on."""
    with create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Return when somebody listens there."""
    for _ in range(300):
        assert process.poll() is None, "The server ended."
        try:
            create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("The server does not start.")


@pytest.fixture(scope="session")
def s3_port() -> Iterator[int]:
    """The port of an S3 server without buckets."""
    assert MOTO.is_file(), "The S3 server of the tests is missing. Write: make .cache/moto/made"
    port = free_port()
    command = [str(MOTO), "-H", "127.0.0.1", "-p", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        wait_for(port, process)
        yield port
        process.terminate()
