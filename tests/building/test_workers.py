"""Work that is spread over processes comes back in order, fails aloud, and leaves no process."""

import os
import signal
import time
from collections.abc import Callable
from contextlib import closing
from multiprocessing import active_children, get_context
from pathlib import Path

import pytest

from plugins.building.workers import CHUNK, FEW, Prepared, Shared, beside, places, spread

MANY = 5 * FEW


@pytest.mark.parametrize("workers", [1, 2, 3])
@pytest.mark.parametrize("number", [0, 1, FEW - 1, FEW, CHUNK * 3, MANY])
def test_each_once(workers: int, number: int) -> None:
    """Each item is worked on once, whoever does it."""
    items = list(range(number))
    made = sorted(spread(lambda item: item * item, items, workers))
    assert made == [item * item for item in items]


def test_side_by_side() -> None:
    """Each process begins at a place of its own, so that neighbours are done by one."""
    both = get_context("fork").Barrier(2)

    def where(item: int) -> tuple[int, int]:
        if item in (0, MANY // 2):
            both.wait(timeout=60)  # neither goes on before the other has begun
        return item, os.getpid()

    by_item = dict(spread(where, range(MANY), 2))
    assert by_item[0] != by_item[MANY // 2]


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ("aaaaaa", [0, 3]),
        ("aabbbb", [0, 2]),
        ("abbbbb", [1, 3]),  # what there is little of is worth no process
        ("aaaaab", [0, 2]),
        ("aabbcc", [0, 2]),
        ("a", [0, 0]),
    ],
)
def test_kinds(kinds: str, expected: list[int]) -> None:
    """Each of two processes begins with another kind of items, if there is enough of it."""
    assert places(kinds, 2) == expected


def test_a_kind_is_begun_at_its_beginning() -> None:
    """What stands first in a kind is done first, whatever stands before it."""
    both = get_context("fork").Barrier(2)
    second = MANY // 3

    def work(item: int) -> tuple[float, int, int]:
        if item in (0, second):
            both.wait(timeout=60)  # neither goes on before the other has begun
        return time.monotonic(), os.getpid(), item

    done = sorted(spread(work, range(MANY), 2, kind=lambda item: item < second))
    first = {pid: item for _, pid, item in reversed(done)}
    assert sorted(first.values()) == [0, second]


def test_many_processes() -> None:
    """Kinds share out the processes by their numbers."""
    assert places("aabbbb", 3) == [0, 2, 4]
    assert places("aabbbb", 6) == [0, 1, 2, 3, 4, 5]


def test_who_works() -> None:
    """Many items are worked on by other processes, few by this one: a fork would take longer."""

    def where(_: int) -> int:
        return os.getpid()

    here = {os.getpid()}
    assert set(spread(where, range(FEW - 1), 2)) == here
    assert set(spread(where, range(MANY), 1)) == here
    assert set(spread(where, range(MANY), 2)) & here == set()


def fail(item: int) -> int:
    """Raise over one of many."""
    if item == 100:
        raise LookupError(f"item {item}")
    return item


def die(item: int) -> int:
    """End as the system ends a process where memory is short."""
    if item == 100:
        os.kill(os.getpid(), signal.SIGKILL)
    return item


@pytest.mark.parametrize("workers", [1, 2])
def test_failure(workers: int) -> None:
    """What a worker raises is raised here."""
    with pytest.raises(LookupError, match="item 100"):
        list(spread(fail, range(MANY), workers))
    assert sorted(spread(abs, range(MANY), workers)) == list(range(MANY))


def test_dead_worker() -> None:
    """Where a worker dies, the work ends with an error and not never."""
    with pytest.raises(Exception, match="terminated abruptly"):
        list(spread(die, range(MANY), 2))
    assert sorted(spread(abs, range(MANY), 2)) == list(range(MANY))


@pytest.mark.parametrize("work", [abs, fail, die])
def test_no_process_is_left(work: Callable[[int], int]) -> None:
    """When the work is over, well or not, its processes are."""
    try:
        list(spread(work, range(MANY), 2))
    except Exception:  # which one is the matter of another test
        pass
    assert active_children() == []


def test_given_up() -> None:
    """Whoever wants no more results leaves no process behind."""
    results = spread(abs, range(MANY), 2)
    assert next(results) in range(MANY)
    results.close()
    assert active_children() == []


def test_two_at_once() -> None:
    """Two pieces of work that overlap do not get into each other's way."""
    one = spread(lambda item: ("one", item), range(MANY), 2)
    other = spread(lambda item: ("other", item), range(MANY), 2)
    pairs = zip(one, other, strict=True)
    ones, others = (sorted(done) for done in zip(*pairs, strict=True))
    assert ones == [("one", item) for item in range(MANY)]
    assert others == [("other", item) for item in range(MANY)]


def test_beside() -> None:
    """Work beside is done once, by another process; what it gives can be asked for again."""
    with beside(os.getpid, 2) as result:
        assert result() == result() != os.getpid()
    assert active_children() == []


def test_beside_at_the_same_time() -> None:
    """It is done while this process goes on."""
    both = get_context("fork").Barrier(2)
    with beside(lambda: both.wait(timeout=60), 2) as result:
        assert {both.wait(timeout=60), result()} == {0, 1}


def test_beside_of_one_worker() -> None:
    """For one worker it is done here, once, and only if it is asked for."""
    asked: list[int] = []
    with beside(lambda: asked.append(os.getpid()) or len(asked), 1) as result:
        assert asked == []
        assert (result(), result()) == (1, 1)
    assert asked == [os.getpid()]


def test_beside_fails() -> None:
    """What it raises is raised here, and told by nobody else."""
    with pytest.raises(LookupError, match="item 100"), beside(lambda: fail(100), 2) as result:
        result()
    assert active_children() == []


def test_beside_is_killed() -> None:
    """Where the other process dies, it is done here."""
    here = os.getpid()

    def die_elsewhere() -> int:
        return here if os.getpid() == here else die(100)

    with beside(die_elsewhere, 2) as result:
        assert result() == here


def test_beside_is_given_up() -> None:
    """Nobody waits for what is not asked for, and its process ends."""
    never = get_context("fork").Event()
    with beside(never.wait, 2):
        assert len(active_children()) == 1
    assert active_children() == []


def test_much_that_is_given_up() -> None:
    """Also where it gives more than a pipe holds."""
    with beside(lambda: b"x" * 1_000_000, 2):
        time.sleep(0.2)  # until the pipe is full
    assert active_children() == []


def test_prepared() -> None:
    """What is made ready elsewhere works there on what comes later, however much that is."""

    def prepare() -> Callable[[bytes], tuple[int, int]]:
        return lambda item: (os.getpid(), len(item))

    with closing(Prepared(prepare, 2)) as fork:
        result = fork.begin(b"x" * 1_000_000)
        where, size = result()
        assert result() == (where, size) == (where, 1_000_000)
        assert where != os.getpid()
    assert active_children() == []


def test_prepared_for_one_worker() -> None:
    """For one worker nothing is made ready before it is asked for."""
    made: list[int] = []

    def prepare() -> Callable[[int], int]:
        made.append(os.getpid())
        return abs

    with closing(Prepared(prepare, 1)) as fork:
        result = fork.begin(-3)
        assert made == []
        assert (result(), result()) == (3, 3)
    assert made == [os.getpid()]


@pytest.mark.parametrize("at", ["prepare", "work"])
@pytest.mark.parametrize("how", [fail, die])
def test_prepared_in_vain(at: str, how: Callable[[int], int]) -> None:
    """Where the other process fails or dies, before it is given its work or while it does it, all
    is done here.
    """
    here = os.getpid()

    def end(stage: str) -> None:
        if os.getpid() != here and stage == at:
            how(100)

    def prepare() -> Callable[[int], int]:
        end("prepare")
        return lambda item: end("work") or -item

    with closing(Prepared(prepare, 2)) as fork:
        if at == "prepare":
            active_children()[0].join()
        assert fork.begin(3)() == -3
    assert active_children() == []


def test_prepared_and_not_wanted() -> None:
    """Nobody waits for what is given no work."""
    with closing(Prepared(lambda: abs, 2)):
        assert len(active_children()) == 1
    assert active_children() == []


def test_beside_ends_with_its_parent() -> None:
    """Where only the process is killed that wanted it, work beside ends by itself."""
    receiver, sender = get_context("fork").Pipe(duplex=False)

    def want() -> None:
        with beside(get_context("fork").Event().wait, 2):
            sender.send(active_children()[0].pid)
            time.sleep(60)

    parent = get_context("fork").Process(target=want)
    parent.start()
    child = receiver.recv()
    parent.kill()
    parent.join()
    deadline = time.monotonic() + 30
    while lives(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not lives(child)


def lives(process: int) -> bool:
    """Whether there is such a process, and it has not ended."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.parametrize("number", [0, 1, 2, 3, 50])
@pytest.mark.parametrize("workers", [1, 2])
def test_shared(number: int, workers: int) -> None:
    """Each item is taken once; this process has the first ones, the other one the last."""
    with (
        closing(Shared(range(number))) as shared,
        beside(lambda: list(shared.from_last()), workers) as other,
    ):
        mine = list(shared.from_first())
        assert mine + other()[::-1] == list(range(number))
    assert len(mine) >= min(1, number)
    if workers == 1:
        assert len(mine) == number


def test_shared_until_they_meet() -> None:
    """Whoever is quicker takes more."""
    with closing(Shared("abcdef")) as shared:
        taken = shared.from_first()
        assert next(taken) == "a"
        with beside(lambda: list(shared.from_last()), 2) as other:
            assert other() == list("fedcb")
            assert list(taken) == []


def test_shared_with_one_that_is_killed() -> None:
    """What the other process took is done here, and nothing is done twice."""
    here, taken = os.getpid(), get_context("fork").Event()
    with closing(Shared("abcdef")) as shared:

        def take() -> list[str]:
            share = []
            for item in shared.from_last():
                if os.getpid() != here:
                    taken.set()
                    die(100)
                share.append(item)
            return share

        with beside(take, 2) as other:
            assert taken.wait(timeout=60)
            mine = list(shared.from_first())
            assert (mine, other()) == (list("abcde"), ["f"])
