"""The lock of a bucket: an object that is made only if there is none, and renewed by its holder.

A storage frees no lock when its holder is killed. So a lock is taken over if its holder was a
process of this machine that has ended, or if it was not renewed for so long that nobody can be
holding it, by the clock of the storage: that of this machine may be wrong.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta

from plugins.model.inventory import OURS
from plugins.publishing.targets.bucket import Bucket, Found
from plugins.publishing.targets.holder import holder_of, is_gone, this_one
from plugins.speaking import Trouble

LOCK, CLOCK = f"{OURS}/lock", f"{OURS}/clock"
LEASE = timedelta(minutes=10)
RENEWED = 60.0
"""Seconds between renewals."""

_JSON, _NEVER = "application/json", "no-store"


class Lease:
    """A lock that is held."""

    def __init__(self, bucket: Bucket, etag: str) -> None:
        self._bucket, self._etag = bucket, etag
        self._renewed = time.monotonic()

    def keep(self) -> None:
        """Renew the lock if it is time to. Raises `Trouble` if somebody has taken it over."""
        if time.monotonic() - self._renewed > RENEWED:
            self.renew()

    def renew(self) -> None:
        """Renew the lock, which shows that it is ours still."""
        etag = _write(self._bucket, self._etag)
        if not etag:
            raise Trouble(
                "Somebody else has taken over the publication to {place}, since this one was not"
                " heard of for long. See which version is public, and publish again.",
                place=self._bucket.place,
            )
        self._etag, self._renewed = etag, time.monotonic()

    def end(self) -> None:
        """Give the lock back, if it is ours."""
        found = self._bucket.get(LOCK)
        if found and found.etag == self._etag:
            self._bucket.remove([LOCK, CLOCK])


@contextmanager
def leased(bucket: Bucket) -> Iterator[Lease]:
    """Nobody else publishes to a bucket while this lasts."""
    lease = Lease(bucket, _taken(bucket))
    try:
        yield lease
    finally:
        with suppress(Trouble):  # whoever comes next takes it over
            lease.end()


def _taken(bucket: Bucket) -> str:
    ours = this_one().encoded()
    etag = bucket.put(LOCK, ours, "create", _JSON, _NEVER)
    if etag:
        return etag
    found = bucket.get(LOCK)
    if found is None:
        etag = bucket.put(LOCK, ours, "create", _JSON, _NEVER)
    elif found.data == ours:
        etag = found.etag  # the answer to our first attempt was lost
    elif _is_free(bucket, found):
        etag = bucket.put(LOCK, ours, {"e_tag": found.etag}, _JSON, _NEVER)
    if etag:
        return etag
    other = holder_of(found.data if found else b"")
    raise Trouble(
        "{who} (process {process}) is publishing there since {since}. Nothing was published; wait"
        " until that is done, and publish again. If it was interrupted, its lock ends by itself"
        " within {minutes} minutes.",
        who=other.who,
        process=other.process,
        since=other.since,
        minutes=LEASE // timedelta(minutes=1),
    )


def _is_free(bucket: Bucket, lock: Found) -> bool:
    if is_gone(holder_of(lock.data)):
        return True
    bucket.put(CLOCK, b"", "overwrite", _JSON, _NEVER)
    now = bucket.get(CLOCK)
    return now is not None and now.written - lock.written > LEASE


def _write(bucket: Bucket, etag: str) -> str | None:
    return bucket.put(LOCK, this_one().encoded(), {"e_tag": etag}, _JSON, _NEVER)
