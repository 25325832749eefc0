"""Speaks to a shell on another machine, by ssh; it understands POSIX sh, GNU or busybox tools.

What is told to it is a script on its standard input: nothing that a setting or a file name says is
ever part of a command line there, and in the script it is quoted.
"""

import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from shlex import join, quote
from typing import IO

from plugins.publishing.targets.settings import SshSetting
from plugins.speaking import Trouble

HOST = "target"
"""The name of the machine in our own configuration of ssh."""

NOTHING = 44
"""The exit code of a script that found nothing to read."""

NO_CONNECTION = 255


def configuration(setting: SshSetting) -> str:
    """What ssh is to read instead of the user's configuration (ssh_config(5)).

    It asks nothing, and trusts only hosts that are known; a connection that says nothing for 15
    seconds is given up.
    """
    lines = [
        f"Host {HOST}",
        f"HostName {setting.host}",
        f"Port {setting.port}",
        "BatchMode yes",
        "StrictHostKeyChecking yes",
        "ConnectTimeout 10",
        "ServerAliveInterval 5",
        "ServerAliveCountMax 3",
    ]
    if setting.user:
        lines.append(f"User {setting.user}")
    if setting.identity:
        lines += [f'IdentityFile "{_file(setting.identity)}"', "IdentitiesOnly yes"]
    if setting.known_hosts:
        lines.append(f'UserKnownHostsFile "{_file(setting.known_hosts)}"')
    return "\n".join([*lines, ""])


def _file(path: str) -> str:
    return str(Path(path).expanduser().absolute()).replace("%", "%%")


class Shell:
    """A shell over there that runs one script after the other, as long as the connection lasts."""

    def __init__(self, process: "subprocess.Popen[bytes]", errors: IO[bytes], host: str) -> None:
        self._process, self._errors, self._host = process, errors, host

    def ask(self, script: str) -> tuple[str, str]:
        """Run a script that ends by printing a line: its first word, and the rest."""
        assert self._process.stdin
        assert self._process.stdout
        try:
            self._process.stdin.write(f"{script}\n".encode())
            self._process.stdin.flush()
        except BrokenPipeError:
            pass  # why is told below
        line = self._process.stdout.readline()
        if not line.endswith(b"\n"):
            self._process.wait()
            self._errors.seek(0)
            raise failure(self._host, self._process.returncode, self._errors.read())
        word, _, rest = line.decode(errors="replace").rstrip("\n").partition(" ")
        return word, rest


class Far:
    """A machine that is reached by ssh."""

    def __init__(self, setting: SshSetting, config: Path) -> None:
        self.host = setting.host
        self._ssh = ["ssh", "-F", str(config)]

    def read(self, script: str) -> bytes | None:
        """What a script prints; nothing if it ends with `NOTHING`."""
        done = self._run([*self._ssh, "--", HOST, "sh -s"], script.encode())
        if done.returncode == NOTHING:
            return None
        if done.returncode:
            raise failure(self.host, done.returncode, done.stderr)
        return done.stdout

    @contextmanager
    def shell(self) -> Iterator[Shell]:
        """A shell; whatever it holds is given back when this ends, or this process is killed."""
        with tempfile.TemporaryFile() as errors:
            try:
                process = subprocess.Popen(
                    [*self._ssh, "--", HOST, "sh -s"],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=errors,
                )
            except FileNotFoundError as error:
                raise _missing(error) from error
            try:
                yield Shell(process, errors, self.host)
            finally:
                process.terminate()
                process.communicate()

    def send(self, folder: Path, paths: Sequence[str], to: str) -> None:
        """Copy files to a folder over there; a file that is there is replaced, never written to."""
        done = self._run(
            [
                *(
                    "rsync",
                    "--rsh",
                    join(self._ssh),
                    "--secluded-args",
                    "--files-from=-",
                    "--from0",
                ),
                *("--ignore-times", "--times", "--perms", "--chmod=D755,F644", "--copy-links"),
                *("--timeout=60", "--", f"{folder}/", f"{HOST}:{to}/"),
            ],
            b"\0".join(path.encode() for path in paths),
        )
        if done.returncode:
            raise failure(self.host, done.returncode, done.stderr)

    def _run(self, command: list[str], data: bytes) -> "subprocess.CompletedProcess[bytes]":
        try:
            return subprocess.run(command, input=data, capture_output=True, check=False)
        except FileNotFoundError as error:
            raise _missing(error) from error


def failure(host: str, code: int, errors: bytes) -> Trouble:
    """What the programs say when they cannot go on."""
    lines = errors.decode(errors="replace").strip().split("\n")
    said = " ".join(line.strip() for line in lines[:4] if line.strip()) or f"exit code {code}"
    if code == NO_CONNECTION:
        return Trouble(
            "{host} cannot be reached, or the connection was cut: {error}. What was public is"
            " public still. See that the host's key is in known_hosts and that ours is let in, and"
            " publish again.",
            host=host,
            error=said,
        )
    return Trouble(
        "{host} could not do it: {error}. What was public is public still; publish again when that"
        " is mended.",
        host=host,
        error=said,
    )


def quoted(value: str) -> str:
    """A value as a word of a script."""
    return quote(value)


def _missing(error: FileNotFoundError) -> Trouble:
    return Trouble(
        "The program {program} is missing on this machine. Install it (Debian: apt-get install"
        " openssh-client rsync).",
        program=error.filename,
    )
