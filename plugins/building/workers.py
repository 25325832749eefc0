"""Who builds: the same work in this process, spread over several forks of it, or beside it."""

import atexit
import gc
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Hashable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import closing, contextmanager, suppress
from functools import cache
from itertools import groupby
from multiprocessing.connection import Connection
from multiprocessing.context import ForkProcess
from typing import Any, Generic, NamedTuple, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

FEW = 24
"""Items that are done sooner here than a fork is made."""

CHUNK = 24
"""Items that are handed to a process at a time, at most."""

ROUNDS = 4
"""Times that each process comes back for more, at least, so that none is idle for long."""


class _Job(NamedTuple):
    """What is to be done: `places` says at which chunk each process begins, `taken` has a byte for
    each chunk, `begun` counts the processes.
    """

    work: Callable[[Any], Any]
    chunks: Sequence[Sequence[Any]]
    places: Sequence[int]
    taken: Any
    begun: Any


atexit.register(gc.freeze)  # nobody need look through what a build made, when its process ends

_jobs: list[_Job] = []
_next = 0


def _alike(_item: Any) -> None:
    """All items need the same things."""


def spread(
    work: Callable[[Item], Result],
    items: Sequence[Item],
    workers: int,
    few: int = FEW,
    kind: Callable[[Item], Hashable] = _alike,
) -> Iterator[Result]:
    """`work(item)` of each item, as it gets done. Forks share what `work` holds without copying it;
    fewer items than `few` are done here.

    Each process begins at a place of its own and goes on from there, so that items side by side,
    which need the same things, are done by one; where there are several kinds of items, one after
    the other, at the beginning of a kind. Where the system cannot fork, all is done here.
    """
    if workers < 2 or len(items) < few or not _can_fork():
        yield from map(work, items)
    else:
        yield from _in_forks(work, items, workers, kind)


@contextmanager
def beside(
    work: Callable[[], Result], workers: int, nice: int = 0
) -> Iterator[Callable[[], Result]]:
    """Begin `work()` in a fork, and go on here; what is given waits for its result. Whoever leaves
    without it gives it up. For one worker, or where the system cannot fork, it is done when it is
    asked for. What is `nice` leaves the processors to others (as `nice` of the system does).
    """

    def prepare() -> Callable[[None], Result]:
        return lambda _: work()

    with closing(Prepared(prepare, workers, nice)) as fork:
        yield fork.begin(None)


class Prepared(Generic[Item, Result]):
    """A fork that begins with `prepare()`, which gives the work, and waits to be handed what to
    work on, while this process goes on. All else is as with `beside`.
    """

    def __init__(
        self, prepare: Callable[[], Callable[[Item], Result]], workers: int, nice: int = 0
    ) -> None:
        self._prepare = prepare
        self._process: ForkProcess | None = None
        if workers < 2 or not _can_fork():
            return
        forks = multiprocessing.get_context("fork")
        self._here, there = forks.Pipe()
        arguments = (self._here, there, prepare, os.getpid(), nice)
        self._process = forks.Process(target=_answer, args=arguments)
        self._process.start()
        there.close()

    def begin(self, item: Item) -> Callable[[], Result]:
        """Hand it, once, what to work on; gives what waits for the result."""
        if self._process:
            with suppress(OSError):  # it was killed: the work is done here
                self._here.send(item)

        @cache
        def result() -> Result:
            if self._process:
                with suppress(EOFError, OSError):
                    found: Result = self._here.recv()
                    return found
            return self._prepare()(item)  # it was killed, or failed: whatever it is, is seen here

        return result

    def close(self) -> None:
        """End it, whatever it does."""
        if self._process:
            self._here.close()
            self._process.terminate()
            self._process.join()


class Shared(Generic[Item]):
    """Items that this process and a fork of it share out: this one takes them from the first on,
    the fork from the last on, until they meet. The first is always this one's. They may be as many
    as a pipe holds bytes: thousands.
    """

    def __init__(self, items: Sequence[Item]) -> None:
        self._items = items
        self._process = os.getpid()
        self._taken = 0
        self._tickets, filled = os.pipe()
        os.write(filled, bytes(max(0, len(items) - 1)))  # a ticket for each item but the first
        os.close(filled)

    def from_first(self) -> Iterator[Item]:
        """The share of this process, each as soon as it is taken."""
        while self._taken < len(self._items) and (self._taken == 0 or self._draws()):
            self._taken += 1
            yield self._items[self._taken - 1]

    def from_last(self) -> Iterator[Item]:
        """The fork's share; in this process all that it has not taken, if there is no fork, or if
        it was killed.
        """
        for item in reversed(self._items[max(1, self._taken) :]):
            if os.getpid() != self._process and not self._draws():
                break
            yield item

    def _draws(self) -> bool:
        """Whether there was a ticket left."""
        return os.read(self._tickets, 1) != b""

    def close(self) -> None:
        """Throw the tickets away."""
        os.close(self._tickets)


def _answer(
    here: Connection,
    there: Connection,
    prepare: Callable[[], Callable[[Any], Any]],
    parent: int,
    nice: int,
) -> None:
    """Send what the work gives, and nothing if it fails; end when the parent does."""
    here.close()
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    os.nice(nice)
    with suppress(Exception, KeyboardInterrupt):
        work = prepare()
        there.send(work(there.recv()))


def _can_fork() -> bool:
    return "fork" in multiprocessing.get_all_start_methods()


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


@contextmanager
def with_collection() -> Iterator[None]:
    """Let the garbage collector look through what is made from here on, and nothing else: parsers
    make trees that hold themselves.
    """
    was_enabled = gc.isenabled()
    gc.freeze()
    gc.enable()
    try:
        yield
    finally:
        gc.unfreeze()
        if not was_enabled:
            gc.disable()


def _in_forks(
    work: Callable[[Item], Result],
    items: Sequence[Item],
    workers: int,
    kind: Callable[[Item], Hashable],
) -> Iterator[Result]:
    size = max(1, min(CHUNK, len(items) // (workers * ROUNDS)))
    runs = [list(run) for _, run in groupby(items, kind)]
    chunks = [run[start : start + size] for run in runs for start in range(0, len(run), size)]
    forks = multiprocessing.get_context("fork")
    begin = places([kind(chunk[0]) for chunk in chunks], workers)
    _jobs.append(_Job(work, chunks, begin, forks.Array("b", len(chunks)), forks.Value("i")))
    pool = ProcessPoolExecutor(workers, forks, _begin, (os.getpid(),))
    try:
        for done in as_completed([pool.submit(_do_next) for _ in chunks]):
            yield from done.result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
        _jobs.pop()


def places(kinds: Sequence[Hashable], workers: int) -> list[int]:
    """The chunk at which each process begins, if chunks are of these kinds: kinds share out the
    processes as parties do seats, by their numbers (Sainte-Laguë).
    """
    runs: dict[Hashable, list[int]] = {}
    for place, kind in enumerate(kinds):
        runs.setdefault(kind, []).append(place)
    shares = dict.fromkeys(runs, 0)
    for _ in range(workers):
        shares[max(runs, key=lambda kind: len(runs[kind]) / (2 * shares[kind] + 1))] += 1
    return [
        run[part * len(run) // shares[kind]]
        for kind, run in runs.items()
        for part in range(shares[kind])
    ]


def _do_next() -> list[Any]:
    """Do the next chunk after this process's last one that nobody has taken."""
    global _next  # noqa: PLW0603 (each process has its own)
    job = _jobs[-1]
    with job.taken.get_lock():
        free = bytes(job.taken.get_obj())
        chunk = free.find(0, _next)
        chunk = free.find(0) if chunk < 0 else chunk
        job.taken[chunk] = 1
    _next = chunk + 1
    return [job.work(item) for item in job.chunks[chunk]]


def _begin(parent: int) -> None:
    """Choose a place; leave interrupts to the parent, and end when it ends."""
    global _next  # noqa: PLW0603 (each process has its own)
    job = _jobs[-1]
    with job.begun.get_lock():
        _next = job.places[job.begun.value]
        job.begun.value += 1
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)
