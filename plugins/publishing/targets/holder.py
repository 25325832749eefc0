"""Who publishes at the moment: what a lock says of its holder."""

import getpass
import os
import socket
from datetime import UTC, datetime

import msgspec
from msgspec import Struct


class Holder(Struct, frozen=True):
    """Who holds a lock, and since when (RFC 3339, by the clock of that machine)."""

    who: str
    process: int
    since: str

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
    return Holder(f"{user}@{socket.gethostname()}", os.getpid(), now)


def holder_of(data: bytes) -> Holder:
    """Who a lock names; somebody unknown, if it cannot be read."""
    try:
        return msgspec.json.decode(data, type=Holder)
    except msgspec.DecodeError:
        return Holder("?", 0, "?")
