"""A build that is killed leaves the old site, or part of the new one; the next completes it."""

import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from pathlib import Path
from subprocess import Popen

import pytest

from plugins.building.ledger import Ledger
from plugins.building.placing import OURS, Place
from tests.building.contents import TAGS, Content, a_notice, a_picture, an_archive
from tests.building.running import FEW_STAGES, PLUGINS, Tree, Trial, build, difference, rank, start

NOTICE = "2008/09/thong-bao-4.vi.md"
DELETED = ("2007/01/thong-bao-0.en.md", "2007/01/thong-bao-0.vi.md")


def first_version(notices: int) -> Content:
    """The site before."""
    content = an_archive(notices)
    content.sources[NOTICE].header["Aliases"] = "/cu.html, /xua.html/a/b.html"
    content.sources[DELETED[0]].links.append("2007/01/thong-bao-0/toan-van.pdf")
    content.files["2007/01/thong-bao-0/toan-van.pdf"] = b"%PDF"
    return content


def second_version(notices: int) -> Content:
    """The site after: edited, added, deleted; a file where a folder was, a folder for a file."""
    content = first_version(notices)
    content.sources[NOTICE].header |= {
        "Title": "Tên khác",
        "Aliases": "/cu.html/a.html, /xua.html",
        "Tags": TAGS[0],
    }
    for path in DELETED:
        del content.sources[path]
    content.sources["2008/09/moi.vi.md"] = a_notice(Title="Mới", Date="2008-09-20 08:00")
    content.sources["2008/09/moi.vi.md"].links.append("2008/09/moi/anh.png")
    content.files["2008/09/moi/anh.png"] = a_picture()
    return content


class Change:
    """A site that was built in its first version, and is to become the second."""

    def __init__(self, folder: Path, notices: int = 5, **settings: object) -> None:
        self.old, self.new = first_version(notices), second_version(notices)
        plugins = [*FEW_STAGES, "tests.building.parting"]
        self.trial = Trial(folder, self.old, PLUGINS=plugins, **settings)
        self.trial.build()
        self.before = self.trial.tree()
        self._kept = folder / "kept"
        for path in (self.trial.out, self.trial.cache):
            shutil.copytree(path, self._kept / path.name, symlinks=True)
        self.trial.content = self.new
        self.after = self.trial.clean()

    def again(self) -> None:
        """Put the first version back."""
        for path in (self.trial.out, self.trial.cache):
            shutil.rmtree(path)
            shutil.copytree(self._kept / path.name, path, symlinks=True)

    def killed_at(self, number: int) -> bool:
        """Build the second version, and die before the `number`th change; whether it got there."""

        def work() -> None:
            die_at(number)
            self.trial.build()

        return killed(work)

    def is_promised(self) -> bool:
        """Whether the new version is all there, and only has to be put in place."""
        return (self.trial.out / OURS / "journal").exists()

    def check_half(self) -> None:
        """After a kill: each file is whole, an old or a new one; nothing new links to what is not
        there yet, and nothing is removed before all that is new is in place.
        """
        now = ours_aside(self.trial.tree())
        before, after = ours_aside(self.before), ours_aside(self.after)
        strange = [p for p, data in now.items() if data not in (before.get(p), after.get(p))]
        assert strange == []
        new = {p for p in after if p not in before or after[p] != before[p]}
        in_place = {p for p in new if now.get(p) == after[p]}
        ranks = [rank(path) for path in in_place]
        late = [path for path in new - in_place if ranks and rank(path) < max(ranks)]
        assert late == []
        gone = {p for p in before if p not in after and p not in now}
        makes_way = {p for p in gone if p.startswith(("cu.html", "xua.html"))}
        assert gone == makes_way or in_place == new

    def check_repeated(self) -> None:
        """After the next build: the second version, to the byte, with nothing left over."""
        self.trial.build()
        assert self.trial.untouched(self.after) == []


def ours_aside(found: Tree) -> dict[str, bytes]:
    """The files of a site, without what the archive keeps for itself."""
    return {
        path: data
        for path, data in found.items()
        if data is not None and not path.startswith(f"{OURS}/")
    }


def killed(work: Callable[[], None]) -> bool:
    """Do `work` in a fork; whether it was killed there."""
    process = get_context("fork").Process(target=work)
    process.start()
    process.join()
    assert process.exitcode in (0, -signal.SIGKILL)
    return process.exitcode != 0


def die() -> None:
    """As of a kill, or of a power supply that fails."""
    os.kill(os.getpid(), signal.SIGKILL)


def die_at(number: int) -> None:
    """Die before this process changes a file or a folder for the `number`th time."""
    left = [number]

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        changes = event in ("os.rename", "os.remove", "os.rmdir", "os.mkdir")
        if event == "open" and isinstance(arguments[2], int):
            changes = bool(arguments[2] & (os.O_WRONLY | os.O_RDWR))
        if changes:
            left[0] -= 1
            if left[0] == 0:
                die()

    sys.addaudithook(watch)


def test_killed_at_every_change(tmp_path: Path) -> None:
    """Killed before any of its changes to files and folders, and repeated, a build gives what a
    clean one gives.
    """
    change = Change(tmp_path)
    number, step = 1, 10  # all is alike until the build promises to end: every tenth change
    while change.killed_at(number):
        if step > 1 and change.is_promised():
            number, step = number - step, 1
        change.check_half()
        change.check_repeated()
        change.again()
        number += step
    assert step == 1
    assert number > 60


STEPS = [
    (Place, "promise"),
    (Place, "done"),
    (Ledger, "remember_outputs"),
    (Ledger, "commit"),
    (Ledger, "close"),
]


def moments() -> Iterator[tuple[type, str, str, int]]:
    """Before and after each of the first calls of each step."""
    for owner, name in STEPS:
        for when in ("before", "after"):
            for call in (1, 2):
                yield owner, name, when, call


@pytest.mark.parametrize("undone", [False, True])
def test_killed_between_output_and_ledger(tmp_path: Path, undone: bool) -> None:
    """Killed between two steps of output folder and ledger, and repeated, a build gives what a
    clean one gives; also where the webmaster meanwhile undid what he was about to publish.
    """
    change = Change(tmp_path)
    for owner, name, when, call in moments():
        step, left = getattr(owner, name), [call]

        def watched(*arguments: object, step=step, left=left, when=when) -> object:
            left[0] -= 1
            if left[0] == 0 and when == "before":
                die()
            result = step(*arguments)
            if left[0] == 0:
                die()
            return result

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(owner, name, watched)
            if not killed(change.trial.build):
                change.again()
                continue  # there is no such call
        change.check_half()
        if undone:
            change.trial.content = change.old
            change.trial.build()
            assert change.trial.untouched(change.before) == [], (name, when, call)
            change.trial.content = change.new
        else:
            change.check_repeated()
        change.again()


def test_killed_twice(tmp_path: Path) -> None:
    """Killed again while it completes what a kill interrupted, the build after that is whole."""
    change = Change(tmp_path)

    seed = random.randrange(10**6)
    chance = random.Random(seed)
    for _ in range(12):
        first, second = chance.randrange(40, 110), chance.randrange(1, 60)
        change.killed_at(first)
        change.killed_at(second)
        change.check_half()
        change.trial.build()
        assert change.trial.untouched(change.after) == [], (seed, first, second)
        change.again()


def test_killed_and_changed(tmp_path: Path) -> None:
    """Killed, and the content changed again before the next build: it is that of the content."""
    change = Change(tmp_path)

    def third_version(number: int) -> Content:
        content = second_version(5)
        content.sources[NOTICE].header["Aliases"] = "/cu.html/b/c.html"
        content.sources["2008/09/moi.vi.md"].header["Title"] = f"Mới {number}"
        return content

    seed = random.randrange(10**6)
    chance = random.Random(seed)
    for _ in range(8):
        number = chance.randrange(1, 110)
        change.killed_at(number)
        change.trial.content = third_version(number)
        if chance.randrange(2):
            shutil.rmtree(change.trial.cache)
        change.trial.build()
        assert difference(change.trial.tree(), change.trial.clean()) == [], (seed, number)
        change.trial.content = change.new
        change.again()


def members(group: int) -> list[int]:
    """The processes of a group that live."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, its_group = stat.read_text().rpartition(")")[2].split()[:3]
        except OSError:  # it has ended meanwhile
            continue
        if int(its_group) == group and state not in "ZX":
            found.append(int(stat.parent.name))
    return found


def wait_until(fact: Callable[[], bool]) -> bool:
    """Whether something becomes true before long."""
    end = time.monotonic() + 30
    while not fact() and time.monotonic() < end:
        time.sleep(0.02)
    return fact()


def kill(process: Popen[str], *, group: bool) -> None:
    """Kill a build, or its first process only."""
    (os.killpg if group else os.kill)(process.pid, signal.SIGKILL)
    process.communicate(timeout=60)


def test_killed_at_random(tmp_path: Path) -> None:
    """Killed by the system at any moment, with all of its processes, and repeated by the command,
    a build gives what a clean one gives.
    """
    change = Change(tmp_path, notices=70, WORKERS=2)
    began = time.monotonic()
    change.trial.run()
    duration = time.monotonic() - began
    change.again()
    seed = random.randrange(10**6)
    chance = random.Random(seed)
    for number in range(8):
        process = start(*change.trial.folders, **change.trial.settings)
        time.sleep(duration * (number + chance.random()) / 8)
        kill(process, group=True)
        change.check_half()
        change.trial.run()
        assert change.trial.untouched(change.after) == [], (seed, number)
        change.again()


def test_no_orphans(tmp_path: Path) -> None:
    """Where only the first process of a build is killed, its workers end by themselves, and the
    next build does not wait for them.
    """
    trial = Trial(tmp_path)
    trial.run()
    trial.content.sources[NOTICE].header["Title"] = "Tên khác"
    process = start(
        *trial.folders,
        PLUGINS=[*PLUGINS, "tests.building.staging"],
        TRIAL=str(tmp_path / "never"),
        WORKERS=2,
    )
    try:
        assert wait_until((tmp_path / "never.begun").exists)
        assert len(members(process.pid)) >= 3
        process.kill()
        process.wait(timeout=60)
        trial.run()
        assert difference(trial.tree(), trial.clean()) == []
        assert wait_until(lambda: not members(process.pid))
    finally:
        for member in members(process.pid):
            os.kill(member, signal.SIGKILL)
        process.communicate(timeout=60)


def test_told_of_what_a_kill_interrupted(tmp_path: Path) -> None:
    """The next build tells plugins on finished files of all that the killed one had promised, each
    file once and in order, and of nothing else.
    """
    change = Change(tmp_path)
    record = tmp_path / "record"
    plugins = [*change.trial.settings["PLUGINS"], "tests.building.recording"]
    before, after = ours_aside(change.before), ours_aside(change.after)
    promised = 0
    for number in range(40, 100, 5):
        if change.killed_at(number) and change.is_promised():
            promised += 1
            build(*change.trial.folders, PLUGINS=plugins, RECORD=str(record))
            *lines, last = record.read_text(encoding="utf-8").splitlines()
            record.unlink()
            told = [line.rpartition(" ")[0].removeprefix(f"{change.trial.out}/") for line in lines]
            assert last == "finalized"
            assert sorted(told) == sorted(p for p in after if after[p] != before.get(p))
            assert [rank(path) for path in told] == sorted(rank(path) for path in told)
        change.again()
    assert promised > 3
