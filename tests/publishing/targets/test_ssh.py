"""A folder of another machine, by a real sshd of this one, and what happens on bad days."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Event, Thread

import pytest
from msgspec.structs import replace

from plugins.model.inventory import INVENTORY, Inventory, mark_of
from plugins.publishing.targets import Handed, Overtaken
from plugins.publishing.targets.settings import SshSetting
from plugins.publishing.targets.ssh import SshTarget
from plugins.speaking import Trouble
from tests.publishing.targets.conftest import LARGEST, Sshd, free_port
from tests.publishing.targets.proxy import Proxy
from tests.publishing.targets.sites import a_site, files_of, version_of

KEEP = 2


class Desk:
    """A built site, a folder behind sshd, and what a webmaster does with them."""

    def __init__(self, folder: Path, sshd: Sshd) -> None:
        self.out, self.public = folder / "output", folder / "pub lic $(touch hurt)'"
        self.out.mkdir()
        self.setting = SshSetting(
            host="127.0.0.1",
            path=str(self.public),
            port=sshd.port,
            identity=str(sshd.identity),
            known_hosts=str(sshd.known_hosts),
            keep=KEEP,
        )

    def target(self, **other: object) -> SshTarget:
        return SshTarget(replace(self.setting, **other))

    def build(self, version: str, *extra: str) -> Inventory:
        return a_site(self.out, version, *extra)

    def publish(self, version: str, *extra: str, **other: object) -> Handed:
        inventory = self.build(version, *extra)
        seen = self.target().read(INVENTORY)
        return self.target(**other).hand_over(self.out, inventory, seen)

    @property
    def shown(self) -> dict[str, bytes]:
        found = files_of(self.public / "current")
        found.pop(".archive/before")
        return found

    @property
    def version(self) -> str:
        return version_of(self.shown)

    @property
    def names(self) -> list[str]:
        return sorted(path.name for path in (self.public / "releases").iterdir())


@pytest.fixture
def desk(tmp_path: Path, sshd: Sshd) -> Desk:
    return Desk(tmp_path, sshd)


def test_releases_are_published_kept_and_gone_back_to(desk: Desk) -> None:
    """As in a folder of this machine: only what changed is sent, times and old releases stay."""
    names = [desk.publish("one", "gone/index.html", "a").release]
    assert desk.version == "one"
    first = (desk.public / "current/lasting/1/index.html").stat()
    old = desk.shown
    shutil.rmtree(desk.out)
    desk.out.mkdir()
    handed = desk.publish("two", "a/b")
    names.append(handed.release)
    assert (handed.sent, handed.removed) == (4, 2)
    assert desk.version == "two"
    assert not (desk.public / "current/gone").exists()
    again = (desk.public / "current/lasting/1/index.html").stat()
    assert (again.st_ino, again.st_mtime_ns) == (first.st_ino, first.st_mtime_ns)
    assert desk.target().rollback() == names[0]
    assert desk.shown == old
    names.append(desk.publish("three").release)
    assert desk.target().rollback() == names[0]
    assert desk.target().rollback(names[2]) == names[2]
    names.append(desk.publish("four").release)
    assert desk.names == names[-KEEP:]


NASTY = (
    "-rf",
    "$(touch hurt).html",
    "a b/c'd\".html",
    "`touch hurt`;x/index.html",
    "*",
    "é/ü.html",
)


def test_names_of_files_are_never_commands(desk: Desk, tmp_path: Path) -> None:
    """Sent, read and removed, whatever they look like; the folder's name is as bad."""
    desk.publish("one", *NASTY)
    assert desk.version == "one"
    assert desk.target().read(NASTY[2]) == f"{NASTY[2]} one".encode()
    assert desk.target().read("no; such") is None
    desk.publish("two", NASTY[0])
    assert desk.version == "two"
    assert not [path for path in tmp_path.rglob("hurt*") if path != desk.public]
    assert not Path.home().joinpath("hurt").exists()


def test_what_a_rollback_took_back_is_remembered(desk: Desk) -> None:
    """Until something is handed over; an earlier release is read before it is shown."""
    first, second = (desk.publish(version).release for version in ("one", "two"))
    target, two = desk.target(), replace(desk.build("two"), whole=b"other")
    assert target.taken_back(two) == ""
    release = target.earlier()
    assert (release.name, release.read("archive.json")) == (first, b"one")
    target.rollback()
    assert target.taken_back(two) == second
    with pytest.raises(Trouble, match=f"than {first}, which is public. Kept are: {second}.*--rel"):
        target.earlier()
    target.rollback(second)
    assert target.taken_back(two) == ""
    assert target.taken_back(desk.build("one")) == first
    desk.publish("three")
    assert target.taken_back(desk.build("one")) == ""


def test_a_rollback_to_nothing_is_refused(desk: Desk) -> None:
    """It is told what is kept; the name is never a path, nor a command."""
    with pytest.raises(Trouble, match="Nothing is published"):
        desk.target().rollback()
    name = desk.publish("one").release
    for wrong in ("", "../../output", "'; touch hurt; '"):
        with pytest.raises(Trouble, match=name):
            desk.target().rollback(wrong)
    assert desk.version == "one"


def test_an_inventory_that_cannot_be_read_is_told(desk: Desk) -> None:
    """Nobody guesses what is public over there; what is public stays."""
    desk.publish("one")
    (desk.public / "current" / INVENTORY).write_bytes(b"cut off")
    before = desk.shown
    with pytest.raises(Trouble, match="cannot be read"):
        desk.publish("two")
    assert desk.shown == before


def test_somebody_else_s_folder_is_refused(desk: Desk) -> None:
    """Nothing there is touched."""
    desk.public.mkdir()
    (desk.public / "index.html").write_text("somebody else's")
    with pytest.raises(Trouble, match="not this archive's"):
        desk.publish("one")
    assert [path.name for path in desk.public.iterdir()] == ["index.html"]


def test_two_at_once_do_not_mix(desk: Desk) -> None:
    """The second is told who publishes, and since when; who was overtaken is told, too."""
    desk.publish("one")
    target = desk.target()
    with target._far() as far, far.shell() as shell:
        target._lock(shell)
        with pytest.raises(Trouble, match=rf"process {os.getpid()}\) is publishing .* since 20"):
            desk.publish("two")
    seen = desk.target().read(INVENTORY)
    desk.publish("two")
    with pytest.raises(Overtaken):
        desk.target().hand_over(desk.out, desk.build("three"), seen)
    assert desk.version == "two"


@pytest.mark.parametrize("bytes_sent", [1_000, 6_000, 150_000])
def test_a_cut_connection_leaves_the_old_version(desk: Desk, sshd: Sshd, bytes_sent: int) -> None:
    """Wherever it is cut, it is told; the next publication is whole."""
    desk.publish("one")
    larger = with_a_large_file(desk, "two", 400_000)
    seen = desk.target().read(INVENTORY)
    proxy = Proxy(sshd.port, cut_after=bytes_sent)
    with pytest.raises(Trouble, match="still"):
        desk.target(port=proxy.port).hand_over(desk.out, larger, seen)
    assert desk.version == "one"
    desk.publish("three")
    assert desk.version == "three"
    assert not list((desk.public / ".publishing").glob("draft.*"))


PUBLISH = """
import sys
from pathlib import Path
import msgspec
from plugins.model.inventory import INVENTORY, inventory_of
from plugins.publishing.targets.settings import Setting
from plugins.publishing.targets.ssh import SshTarget
folder = Path(sys.argv[1])
target = SshTarget(msgspec.json.decode(sys.argv[2], type=Setting))
new = inventory_of((folder / INVENTORY).read_bytes())
target.hand_over(folder, new, target.read(INVENTORY))
"""


def test_a_kill_leaves_a_whole_version(desk: Desk) -> None:
    """At several moments; the lock is given back, and a reader sees whole versions only."""
    import msgspec

    desk.publish("0")
    setting = msgspec.json.encode(desk.setting).decode()
    for number, wait in enumerate((0.3, 0.5, 0.7, 0.9, 1.1), start=1):
        before = desk.version
        desk.build(f"{number}")
        process = subprocess.Popen([sys.executable, "-c", PUBLISH, desk.out, setting])
        try:
            process.wait(wait)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
        assert desk.version in {before, f"{number}"}
    until = time.monotonic() + 20
    while True:  # sshd may take a moment to see that nobody is there any more
        try:
            desk.publish("after")
            break
        except Trouble:
            assert time.monotonic() < until
    assert desk.version == "after"


def test_a_reader_sees_whole_versions_only(desk: Desk) -> None:
    """One who resolves `current` and reads all of it, while releases come."""
    desk.publish("0")
    stop, seen, wrong = Event(), set(), []

    def read() -> None:
        while not stop.is_set():
            release = (desk.public / "current").resolve(strict=True)
            try:
                found = files_of(release)
                found.pop(".archive/before")
                seen.add(version_of(found))
            except Exception as error:
                wrong.append(error)

    reader = Thread(target=read)
    reader.start()
    for number in range(1, 3):
        desk.publish(f"{number}", f"only/{number}.html")
    stop.set()
    reader.join()
    assert not wrong
    assert len(seen) > 1


def test_a_host_that_is_not_known_is_not_trusted(desk: Desk, tmp_path: Path) -> None:
    """Whoever answers there may be somebody else."""
    empty = tmp_path / "none"
    empty.write_text("")
    with pytest.raises(Trouble, match="known_hosts"):
        desk.target(known_hosts=str(empty)).read("archive.json")
    with pytest.raises(Trouble, match="cannot be reached"):
        desk.target(port=free_port()).read("archive.json")


def test_a_full_disk_over_there_is_told(desk: Desk) -> None:
    """What was public is public, and the next publication is whole; a file that may not grow as
    large over there stands for a disk without room.
    """
    desk.publish("one")
    larger = with_a_large_file(desk, "two", 2 * LARGEST)
    with pytest.raises(Trouble, match=r"could not do it|was cut"):
        desk.target().hand_over(desk.out, larger, desk.target().read(INVENTORY))
    assert desk.version == "one"
    desk.publish("three")
    assert desk.version == "three"


def with_a_large_file(desk: Desk, version: str, size: int) -> Inventory:
    """A built site with a file of so many bytes."""
    inventory = desk.build(version)
    data = os.urandom(size)
    (desk.out / "large.bin").write_bytes(data)
    larger = Inventory(inventory.whole, {**inventory.files, "large.bin": mark_of(data)})
    (desk.out / INVENTORY).write_bytes(larger.encoded)
    return larger
