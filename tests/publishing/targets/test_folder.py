"""A folder: releases, an atomic link, and what happens on bad days."""

import os
import resource
import shutil
import signal
import subprocess
from collections.abc import Iterator
from functools import partial
from itertools import count
from pathlib import Path
from threading import Event, Thread

import pytest
from msgspec.structs import replace

from plugins.model.inventory import INVENTORY, Inventory, mark_of
from plugins.publishing.targets import Handed, Overtaken
from plugins.publishing.targets.folder import FolderTarget
from plugins.speaking import Trouble
from tests.publishing.targets.sites import a_site, files_of, in_child, killed_at, version_of

KEEP = 3


class Desk:
    """A built site, a folder target, and what a webmaster does with them."""

    def __init__(self, folder: Path) -> None:
        self.out, self.public = folder / "output", folder / "public"
        self.out.mkdir()

    @property
    def target(self) -> FolderTarget:
        return FolderTarget(self.public, KEEP)

    def build(self, version: str, *extra: str) -> Inventory:
        return a_site(self.out, version, *extra)

    def publish(self, version: str, *extra: str) -> Handed:
        inventory = self.build(version, *extra)
        return self.target.hand_over(self.out, inventory, self.target.read(INVENTORY))

    @property
    def shown(self) -> dict[str, bytes]:
        return files_of(self.public / "current")

    @property
    def version(self) -> str:
        return version_of(self.shown)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_a_site_is_published_whole(desk: Desk) -> None:
    """What is public after a hand-over is what the inventory names, and nothing else."""
    handed = desk.publish("one", "new/index.html")
    assert desk.version == "one"
    assert "new/index.html" in desk.shown
    assert (desk.public / "current").readlink() == Path("releases", handed.release)
    assert handed.sent == len(desk.shown) - 2
    assert handed.size == sum(len(desk.shown[path]) for path in desk.shown if path[0] != ".")


def test_files_that_the_inventory_does_not_name_stay_here(desk: Desk) -> None:
    """Neither somebody else's files nor what a build keeps for itself go out."""
    (desk.out / "private.txt").write_text("not ours")
    (desk.out / ".archive").mkdir()
    (desk.out / ".archive/journal").write_text("ours, of no use to others")
    desk.publish("one")
    assert desk.version == "one"
    assert not {"private.txt", ".archive/journal"} & desk.shown.keys()


def test_only_what_changed_is_sent(desk: Desk) -> None:
    """From the first release to one that is made of a recycled folder."""
    desk.publish("one", "gone/index.html")
    second = desk.publish("two")
    assert (second.sent, second.removed) == (3, 1)
    for number in range(KEEP + 2):
        assert desk.publish(f"more {number}").sent == 3
        assert desk.version == f"more {number}"
    assert desk.publish(f"more {number}").sent == 0


def test_the_last_releases_are_kept(desk: Desk) -> None:
    """So many as the setting says, the public one among them."""
    names = [desk.publish(f"{number}").release for number in range(KEEP + 3)]
    assert desk.target.names() == names[-KEEP:]
    shown = [version_of(files_of(desk.public / "releases" / name)) for name in names[-KEEP:]]
    assert shown == ["3", "4", "5"]


def test_times_of_unchanged_files_stay(desk: Desk) -> None:
    """Hosts make ETags of them: also after a clean build, a rollback, a change back and forth."""
    page, lasting = desk.public / "current/index.html", desk.public / "current/lasting/1/index.html"
    desk.publish("one")
    first = lasting.stat().st_mtime_ns
    times = []
    for number in range(2 * KEEP + 3):
        shutil.rmtree(desk.out)
        desk.out.mkdir()
        desk.build(("one", "two")[number // 2 % 2])
        for path in (path for path in desk.out.rglob("*") if path.is_file()):
            os.utime(path, ns=(number, number))
        desk.publish(("one", "two")[number // 2 % 2])
        assert lasting.stat().st_mtime_ns == first
        times.append(page.stat().st_mtime_ns)
    assert times[1::2] == [
        2 * (number // 2) if number > 1 else times[0] for number in range(1, 9, 2)
    ]


def test_a_later_build_alters_nothing_that_is_public(desk: Desk) -> None:
    """No file is shared with the output folder, even if somebody writes into a file there."""
    desk.publish("one")
    desk.publish("two")
    for path in (path for path in desk.out.rglob("*") if path.is_file()):
        with path.open("r+b") as file:
            file.write(b"X")
    assert desk.version == "two"
    assert all(data[:1] != b"X" for data in desk.shown.values())


def test_earlier_releases_are_never_altered(desk: Desk) -> None:
    """Releases share files, so none may be written to."""
    kept: dict[str, dict[str, bytes]] = {}
    for number in range(2 * KEEP):
        handed = desk.publish(f"{number}", f"only/{number}.html")
        kept[handed.release] = desk.shown
        for name in desk.target.names():
            assert files_of(desk.public / "releases" / name) == kept[name]


def test_a_file_that_was_changed_by_hand_is_not_published(desk: Desk) -> None:
    """The bytes are compared with their mark as they are copied."""
    desk.publish("one")
    inventory = desk.build("two")
    (desk.out / "index.html").write_text("by hand")
    with pytest.raises(Trouble, match=r"index\.html is not as it was built"):
        desk.target.hand_over(desk.out, inventory, desk.target.read(INVENTORY))
    assert desk.version == "one"
    desk.publish("three")
    assert desk.version == "three"


def test_a_file_that_is_missing_is_told(desk: Desk) -> None:
    """Such as one of an output folder that was half deleted."""
    inventory = desk.build("one")
    (desk.out / "index.html").unlink()
    with pytest.raises(Trouble, match=r"index\.html cannot be read"):
        desk.target.hand_over(desk.out, inventory, None)
    assert not (desk.public / "current").exists()


def test_a_folder_may_take_the_place_of_a_file_and_the_other_way_round(desk: Desk) -> None:
    """Also in a folder that was recycled."""
    for number in range(2 * KEEP + 2):
        desk.publish(f"{number}", "a" if number % 2 else "a/b/c")
        assert desk.version == f"{number}"


def test_a_rollback_shows_the_release_before(desk: Desk) -> None:
    """Without a name, what was public before; with one, any that is kept."""
    names = [desk.publish(version).release for version in ("one", "two", "three")]
    assert desk.target.rollback() == names[1]
    assert desk.version == "two"
    assert desk.target.rollback() == names[0]
    assert desk.target.rollback(names[2]) == names[2]
    assert desk.version == "three"


def test_a_rollback_to_nothing_is_refused(desk: Desk) -> None:
    """It is told what is kept; the name is never a path."""
    with pytest.raises(Trouble, match="Nothing is published"):
        desk.target.rollback()
    assert not desk.public.exists()
    name = desk.publish("one").release
    for wrong in ("", "0007-20260101T000000Z", "../output", "..", "/"):
        with pytest.raises(Trouble, match=name):
            desk.target.rollback(wrong)
    assert desk.version == "one"


def test_what_a_rollback_took_back_is_remembered(desk: Desk) -> None:
    """Until something is handed over: by its files, whatever it was built from."""
    names = [desk.publish(version).release for version in ("one", "two", "three")]
    desk.target.rollback()
    desk.target.rollback()
    two, three = (replace(desk.build(version), whole=b"other") for version in ("two", "three"))
    assert desk.target.taken_back(two) == names[1]
    assert desk.target.taken_back(three) == names[2]
    assert (
        desk.target.taken_back(desk.build("one")) == desk.target.taken_back(desk.build("4")) == ""
    )
    desk.target.rollback(names[2])
    assert desk.target.taken_back(three) == ""
    assert desk.target.taken_back(desk.build("one")) == names[0]
    desk.publish("four")
    assert desk.target.taken_back(two) == desk.target.taken_back(desk.build("one")) == ""


def test_a_rollback_that_is_killed_remembers_what_it_shows(desk: Desk) -> None:
    """The note is there before the link moves."""
    desk.publish("one")
    bad = desk.publish("two").release
    for number in count(1):
        inventory = desk.build("two")
        ended = killed_at(number, desk.target.rollback)
        if desk.version == "one":
            assert desk.target.taken_back(inventory) == bad
            break
        assert ended == -signal.SIGKILL
    assert number > 3


def test_an_earlier_release_is_read_before_it_is_shown(desk: Desk) -> None:
    """And one that is public, or the only one, is none."""
    first = desk.publish("one").release
    with pytest.raises(Trouble, match=f"{first}, which is public, is the only one"):
        desk.target.earlier()
    second = desk.publish("two").release
    release = desk.target.earlier()
    assert (release.name, release.read("archive.json")) == (first, b"one")
    assert desk.version == "two"
    with pytest.raises(Trouble, match="is public already"):
        desk.target.earlier(second)
    desk.target.rollback()
    with pytest.raises(Trouble, match=f"than {first}, which is public. Kept are: {second}.*--rel"):
        desk.target.earlier()


def test_a_publication_follows_a_rollback(desk: Desk) -> None:
    """What was rolled back is not gone back to, and is recycled in its turn; the public one is
    never, however old.
    """
    first = desk.publish("one").release
    bad = desk.publish("two").release
    desk.target.rollback()
    desk.publish("three")
    assert desk.version == "three"
    assert desk.target.rollback() == first
    assert bad in desk.target.names()
    for number in range(2 * KEEP):
        desk.publish(f"more {number}")
        assert desk.version == f"more {number}"
    oldest = desk.target.names()[0]
    desk.target.rollback(oldest)
    shown = desk.shown
    inventory = desk.build("after")
    desk.target.hand_over(desk.out, inventory, desk.target.read(INVENTORY))
    desk.target.rollback()
    assert desk.shown == shown


def test_a_clock_that_is_wrong_changes_no_order(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Releases are numbered; the newest is the newest although an hour, or years, before others."""
    from plugins.publishing.targets import folder

    class Wrong(folder.datetime):
        @classmethod
        def now(cls, tz: object = None) -> "Wrong":
            return cls(2001, 1, 1, tzinfo=tz)  # type: ignore[arg-type]

    desk.publish("one")
    monkeypatch.setattr(folder, "datetime", Wrong)
    names = [desk.publish(f"{number}").release for number in range(KEEP + 1)]
    assert "20010101T" in names[-1]
    assert desk.target.names() == names[-KEEP:]
    assert desk.target.rollback() == names[-2]


def test_somebody_else_s_folder_is_refused(desk: Desk) -> None:
    """Nothing there is touched."""
    desk.public.mkdir()
    (desk.public / "index.html").write_text("somebody else's")
    before = files_of(desk.public)
    with pytest.raises(Trouble, match="not this archive's"):
        desk.publish("one")
    assert files_of(desk.public) == before
    assert [path.name for path in desk.public.iterdir()] == ["index.html"]


def test_files_that_others_put_beside_the_releases_stay(desk: Desk) -> None:
    """The folder is ours by then; what is beside is not looked at."""
    desk.publish("one")
    (desk.public / "notes.txt").write_text("of the host's admin")
    desk.publish("two")
    assert (desk.public / "notes.txt").read_text() == "of the host's admin"


def test_a_current_that_is_no_link_is_refused(desk: Desk) -> None:
    """Somebody has copied a site over the link."""
    desk.publish("one")
    (desk.public / "current").unlink()
    (desk.public / "current").mkdir()
    (desk.public / "current/index.html").write_text("copied")
    with pytest.raises(Trouble, match="not this archive's link"):
        desk.publish("two")
    assert (desk.public / "current/index.html").read_text() == "copied"


def test_two_at_once_do_not_mix(desk: Desk) -> None:
    """The second is told who publishes, and since when."""
    desk.publish("one")
    seen = desk.target.read(INVENTORY)
    inventory = desk.build("two")
    with desk.target._locked(), pytest.raises(Trouble, match=rf"process {os.getpid()}.* since 20"):
        desk.target.hand_over(desk.out, inventory, seen)
    assert desk.version == "one"
    desk.target.hand_over(desk.out, inventory, seen)
    assert desk.version == "two"


def test_who_was_overtaken_is_told(desk: Desk) -> None:
    """What was shown to the webmaster as the difference must be the difference."""
    desk.publish("one")
    seen = desk.target.read(INVENTORY)
    desk.publish("two")
    with pytest.raises(Overtaken):
        desk.target.hand_over(desk.out, desk.build("three"), seen)
    assert desk.version == "two"


def test_a_kill_at_any_moment_leaves_a_whole_version(desk: Desk) -> None:
    """The old or the new one; and the next publication completes what the killed one began."""
    desk.publish("old", "gone/index.html", "a")
    number = 1
    while True:
        before = desk.version
        inventory = desk.build(f"{number}", "a" if number % 3 else "a/b", f"new/{number}.html")
        seen = desk.target.read(INVENTORY)
        ended = killed_at(number, partial(desk.target.hand_over, desk.out, inventory, seen))
        assert desk.version in {before, f"{number}"}
        if number % 4 == 0 or ended == 0:
            desk.publish(f"after {number}", f"again/{number}.html")
            assert desk.version == f"after {number}"
        for name in desk.target.names():
            version_of(files_of(desk.public / "releases" / name))
        if ended == 0:
            break
        assert ended == -signal.SIGKILL
        number += 1
    assert number > 30


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of one megabyte; without the right to mount one, a limit of this process."""
    folder = tmp_path / "small"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    if subprocess.run(command, check=False, capture_output=True).returncode == 0:
        yield folder
        subprocess.run(["umount", str(folder)], check=True)
        return
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    yield folder
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, handler)


def test_a_full_disk_leaves_what_was_public(small_disk: Path, desk: Desk) -> None:
    """It is told, and when there is room again, the next publication is whole."""
    desk.public = small_disk / "public"
    desk.publish("one")
    inventory = desk.build("two")
    large = Path(desk.out, "large.bin")
    large.write_bytes(b"x" * 2_000_000)
    marks = dict(inventory.files) | {"large.bin": mark_of(large.read_bytes())}
    full = Inventory(b"two", marks)
    seen = desk.target.read(INVENTORY)

    def hand_over() -> None:
        if not os.path.ismount(small_disk):
            hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
            resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, hard))
        desk.target.hand_over(desk.out, full, seen)

    assert in_child(hand_over) == 1
    assert desk.version == "one"
    desk.publish("three")
    assert desk.version == "three"


def test_a_reader_sees_whole_versions_only(desk: Desk) -> None:
    """One who resolves `current` and reads all of it, while releases come and go."""
    desk.publish("0")
    stop, seen, wrong = Event(), set(), []

    def read() -> None:
        while not stop.is_set():
            release = (desk.public / "current").resolve(strict=True)
            try:
                seen.add(version_of(files_of(release)))
            except Exception as error:
                if release == (desk.public / "current").resolve():
                    wrong.append(error)

    reader = Thread(target=read)
    reader.start()
    for number in range(1, 40):
        desk.publish(f"{number}", f"only/{number}.html")
    stop.set()
    reader.join()
    assert not wrong
    assert len(seen) > 2
