"""Who builds: the same work in this process, or spread over several forks of it."""

import gc
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

FEW = 24
"""Items that are done sooner here than a fork is made."""

CHUNK = 24
"""Items that are handed to a process at a time, at most."""

ROUNDS = 4
"""Times that each process comes back for more, at least, so that none is idle for long."""

_work: list[Callable[[Any], Any]] = []


def spread(work: Callable[[Item], Result], items: Sequence[Item], workers: int) -> Iterator[Result]:
    """`work(item)` of each item, in order. Forks share what `work` holds without copying it.

    Where the system cannot fork, all is done here.
    """
    can_fork = "fork" in multiprocessing.get_all_start_methods()
    if workers < 2 or len(items) < FEW or not can_fork:
        yield from map(work, items)
    else:
        yield from _in_forks(work, items, workers)


@contextmanager
def without_collection() -> Iterator[None]:
    """Spare the garbage collector: what a build makes is kept, or freed by its count."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _in_forks(
    work: Callable[[Item], Result], items: Sequence[Item], workers: int
) -> Iterator[Result]:
    _work.append(work)
    pool = ProcessPoolExecutor(workers, multiprocessing.get_context("fork"), _begin, (os.getpid(),))
    try:
        chunk = max(1, min(CHUNK, len(items) // (workers * ROUNDS)))
        yield from pool.map(_do, items, chunksize=chunk)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
        _work.pop()


def _do(item: Any) -> Any:
    return _work[-1](item)


def _begin(parent: int) -> None:
    """Leave interrupts to the parent, and end when it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)
