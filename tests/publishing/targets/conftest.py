"""Servers of this machine, started for the tests and stopped after them."""

import os
import resource
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from socket import create_connection, create_server
from typing import NamedTuple

import pytest

LARGEST = 1_000_000
"""Bytes that a file may have behind the ssh server."""

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


class Sshd(NamedTuple):
    """An ssh server of this machine: its port, and what lets us in."""

    port: int
    identity: Path
    known_hosts: Path


@pytest.fixture(scope="session")
def sshd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sshd]:
    """An ssh server with keys and a configuration of its own, for the user of the tests."""
    program = shutil.which("sshd", path=f"{os.environ['PATH']}:/usr/sbin")
    for name, found in (("openssh-server", program), ("rsync", shutil.which("rsync"))):
        assert found, f"The tests of ssh need {name}. Write: sudo apt-get install {name}"
    folder = tmp_path_factory.mktemp("ssh d")
    for key in ("host", "ours"):
        command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / key)]
        subprocess.run(command, check=True)
    port = free_port()
    (folder / "config").write_text(
        f'Port {port}\nListenAddress 127.0.0.1\nHostKey "{folder}/host"\nPidFile none\n'
        f'AuthorizedKeysFile "{folder}/ours.pub"\nStrictModes no\nUsePAM no\n'
        "PasswordAuthentication no\nKbdInteractiveAuthentication no\nPermitRootLogin yes\n"
        "MaxStartups 100\n"
    )
    if os.geteuid() == 0:  # sshd gives up its rights in a folder of this name
        Path("/run/sshd").mkdir(exist_ok=True)
    command = [str(program), "-D", "-e", "-f", str(folder / "config")]
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    with (folder / "log").open("wb") as log:
        resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST, before[1]))
        process = subprocess.Popen(command, stderr=log)
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    with process:
        wait_for(port, process)
        key = " ".join((folder / "host.pub").read_text().split()[:2])
        yield Sshd(port, folder / "ours", _known(folder / "known hosts", key))
        process.terminate()


def _known(file: Path, key: str) -> Path:
    """The host's key at whatever port it is met."""
    file.write_text(f"127.0.0.1 {key}\n[127.0.0.1]:* {key}\n")
    return file
