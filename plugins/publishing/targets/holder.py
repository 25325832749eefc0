"""Who publishes at the moment: what a lock says of its holder."""

import getpass
import os
import socket
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex

import msgspec
from msgspec import Struct


class Holder(Struct, frozen=True):
    """Who holds a lock, and since when (RFC 3339, by the clock of that machine).

    `machine` stands for the machine since it was started, and for the part of it (container) in
    which `process` is known; `started` tells that process from a later one of its number (Linux,
    proc(5)). Both are empty where nobody knows. `attempt` tells apart what one process does.
    """

    who: str
    process: int
    since: str
    machine: str = ""
    started: str = ""
    attempt: str = ""

    def encoded(self) -> bytes:
        """As it is kept in a lock."""
        return msgspec.json.encode(self)


def this_one() -> Holder:
    """The process that runs."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError):
        user = str(os.getuid())
    now = datetime.now(UTC).isoformat(timespec="seconds")
    process = os.getpid()
    who = f"{user}@{socket.gethostname()}"
    return Holder(who, process, now, _machine(), _started(process) or "", token_hex(8))


def holder_of(data: bytes) -> Holder:
    """Who a lock names; somebody unknown, if it cannot be read."""
    try:
        return msgspec.json.decode(data, type=Holder)
    except msgspec.DecodeError:
        return Holder("?", 0, "?")


def is_gone(holder: Holder) -> bool:
    """Whether a holder was a process of this machine that has ended. Others may be alive."""
    if not holder.machine or holder.machine != _machine():
        return False
    return _started(holder.process) != holder.started


def _machine() -> str:
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
        return f"{socket.gethostname()} {boot} {Path('/proc/self/ns/pid').readlink()}"
    except OSError:
        return ""


def _started(process: int) -> str | None:
    """When a process began; nothing if there is none, or only its remains (a zombie)."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] in "ZX" else fields[19]
