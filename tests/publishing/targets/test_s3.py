"""A bucket: what goes there, in which order, and what happens on bad days."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from email.message import Message
from itertools import count
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from plugins.model.inventory import INVENTORY, Inventory, inventory_of
from plugins.model.output import Order
from plugins.publishing.targets import Handed, Overtaken, bucket, lease
from plugins.publishing.targets.holder import Holder, this_one
from plugins.publishing.targets.ordering import order_of
from plugins.publishing.targets.s3 import PROGRESS, S3Target
from plugins.publishing.targets.settings import S3Setting
from plugins.speaking import Trouble
from tests.publishing.targets.conftest import free_port
from tests.publishing.targets.proxy import Proxy
from tests.publishing.targets.sites import a_site, version_of

NAMES = count(1)
LANGUAGES = ("vi", "en")
SIGNED = {
    "Authorization": "AWS4-HMAC-SHA256 Credential=of-the-test/20260101/us-east-1/s3/x, X=x",
    "Content-Type": "application/octet-stream",
}
"""Says that somebody asks; the server of the tests believes it."""


class Desk:
    """A built site, a bucket, and what a webmaster does with them."""

    def __init__(self, folder: Path, port: int, prefix: str = "") -> None:
        self.out, self.port, self.prefix = folder / "output", port, prefix
        self.out.mkdir()
        self.name = f"bucket-{os.getpid()}-{next(NAMES)}"
        self.ask("PUT", "")

    def ask(self, method: str, path: str, data: bytes | None = None) -> tuple[bytes, Message]:
        """What the server answers to a stranger."""
        address = f"http://127.0.0.1:{self.port}/{self.name}/{path}"
        with urlopen(Request(address, data, SIGNED, method=method), timeout=10) as answer:
            return answer.read(), answer.headers

    def target(self, port: int | None = None) -> S3Target:
        endpoint = f"http://127.0.0.1:{port or self.port}"
        return S3Target(S3Setting(self.name, self.prefix, endpoint), LANGUAGES)

    def build(self, version: str, *extra: str) -> Inventory:
        return a_site(self.out, version, *extra)

    def publish(self, version: str, *extra: str, port: int | None = None) -> Handed:
        inventory = self.build(version, *extra)
        target = self.target(port)
        return target.hand_over(self.out, inventory, target.read(INVENTORY))

    @property
    def objects(self) -> dict[str, bytes]:
        import obstore

        store = self.target()._bucket._store
        found = [one["path"] for chunk in obstore.list(store) for one in chunk]
        return {path: bytes(obstore.get(store, path).bytes()) for path in found}

    @property
    def version(self) -> str:
        return version_of(self.objects)


@pytest.fixture(autouse=True)
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "of-the-test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "of-the-test")


@pytest.fixture
def desk(tmp_path: Path, s3_port: int) -> Desk:
    return Desk(tmp_path, s3_port)


@pytest.fixture
def proxy(s3_port: int) -> Iterator[Proxy]:
    found = Proxy(s3_port)
    yield found
    found.cut()


def test_a_site_is_published_whole(desk: Desk) -> None:
    """What is there after a hand-over is what the inventory names, and the inventory."""
    handed = desk.publish("one", "vi/2026/05/hop-bao/index.html", "vi/tag/a b & ü/feed.xml")
    assert desk.version == "one"
    assert handed.sent == len(desk.objects) - 1


def test_only_what_changed_is_sent(desk: Desk) -> None:
    """And what is gone is removed."""
    desk.publish("one", "gone/index.html")
    handed = desk.publish("two")
    assert (handed.sent, handed.removed) == (3, 1)
    assert desk.version == "two"
    assert desk.publish("two")[1:] == (0, 0, 0)


def test_a_site_may_live_below_a_prefix(tmp_path: Path, s3_port: int) -> None:
    """What is beside it is not looked at."""
    desk = Desk(tmp_path, s3_port, "sites/archive")
    desk.ask("PUT", "somebody.txt", b"else's")
    desk.publish("one", "gone.html")
    desk.publish("two")
    assert desk.version == "two"
    assert desk.ask("GET", "sites/archive/archive.json")[0] == b"two"
    assert desk.ask("GET", "somebody.txt")[0] == b"else's"


def test_files_have_their_types_and_times(desk: Desk) -> None:
    """As the table of all hosts has them."""
    desk.publish("one", "vi/index.html", "vi/feed.xml", "theme/a.css", "a/PLAN.PDF", "tin/6.asp")
    for path, media, cache in (
        ("vi/index.html", "text/html; charset=utf-8", "public, max-age=60, must-revalidate"),
        ("vi/feed.xml", "application/rss+xml", "public, max-age=300, must-revalidate"),
        ("theme/a.css", "text/css; charset=utf-8", "public, max-age=31536000, immutable"),
        ("a/PLAN.PDF", "application/pdf", "public, max-age=86400, must-revalidate"),
        ("tin/6.asp", "text/html; charset=utf-8", "public, max-age=60, must-revalidate"),
    ):
        _, headers = desk.ask("HEAD", path)
        assert (headers["Content-Type"], headers["Cache-Control"]) == (media, cache), path


def test_what_is_linked_goes_before_what_links_it(desk: Desk, proxy: Proxy) -> None:
    """Pages before listings before feeds; new before changed; removals, then the inventory."""
    kinds = ("theme/a.css", "vi/2026/05/a/index.html", "vi/2026/index.html", "vi/feed.xml")
    desk.publish("one", *kinds, "gone/index.html")
    desk.publish("two", *kinds, "vi/2026/05/new/index.html", port=proxy.port)
    asked = [one.replace(f"/{desk.name}", "") for one in proxy.requests]
    asked = [one for one in asked if "/.archive/lock" not in one]
    assert asked[0] == "PUT /.archive/progress"
    removed, inventory, *forgotten = asked[-4:]
    assert inventory == "PUT /.archive/inventory"
    assert all(one.startswith(("POST", "DELETE")) for one in (removed, *forgotten))
    sent = [one.removeprefix("PUT /") for one in asked[1:-4]]
    assert [order_of(path) for path in sent] == sorted(map(order_of, sent))
    assert sent[0] == "theme/a.css"
    assert sent.index("vi/2026/05/new/index.html") < sent.index("vi/2026/05/a/index.html")
    assert {order_of(path) for path in sent} == set(Order) - {Order.INDEX}


def test_somebody_else_s_objects_are_refused(desk: Desk) -> None:
    """Nothing there is touched."""
    desk.ask("PUT", "index.html", b"somebody else's")
    with pytest.raises(Trouble, match=r"not this archive's, such as index\.html"):
        desk.publish("one")
    assert desk.objects == {"index.html": b"somebody else's"}


def test_an_object_that_somebody_put_later_is_not_replaced(desk: Desk) -> None:
    """If a new file of the site has its name, that is told."""
    desk.publish("one")
    desk.ask("PUT", "notes.txt", b"somebody else's")
    with pytest.raises(Trouble, match=r"notes\.txt is in .* already"):
        desk.publish("two", "notes.txt")
    assert desk.objects["notes.txt"] == b"somebody else's"
    desk.ask("DELETE", "notes.txt")
    desk.publish("two", "notes.txt")
    assert desk.version == "two"


def test_two_at_once_do_not_mix(desk: Desk) -> None:
    """The second is told who publishes, and since when; the lock of the first stays."""
    desk.publish("one")
    target = desk.target()
    with lease.leased(target._bucket), pytest.raises(Trouble, match=r"is publishing .*since 20"):
        desk.publish("two")
    assert desk.version == "one"
    desk.publish("two")
    assert desk.version == "two"


def test_who_was_overtaken_is_told(desk: Desk) -> None:
    """What was shown to the webmaster as the difference must be the difference."""
    desk.publish("one")
    seen = desk.target().read(INVENTORY)
    desk.publish("two")
    with pytest.raises(Overtaken):
        desk.target().hand_over(desk.out, desk.build("three"), seen)
    assert desk.version == "two"


def test_the_lock_of_a_process_that_has_ended_is_free(desk: Desk) -> None:
    """On this machine one can know."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    ours = this_one()
    gone = Holder(ours.who, ended.pid, ours.since, ours.machine, "1")
    desk.ask("PUT", lease.LOCK, gone.encoded())
    desk.publish("one")
    assert desk.version == "one"


def test_a_lock_of_another_machine_ends_with_time(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the clock of the storage; what the lock says of the time does not count."""
    elsewhere = Holder("minh@ci-7", 7, "2001-01-01T00:00:00+00:00", "another", "1")
    desk.ask("PUT", lease.LOCK, elsewhere.encoded())
    with pytest.raises(Trouble, match=r"minh@ci-7 \(process 7\).*since 2001.*within 10 minutes"):
        desk.publish("one")
    monkeypatch.setattr(lease, "LEASE", timedelta(seconds=-1))
    desk.publish("one")
    assert desk.version == "one"


def test_who_lost_the_lock_stops(desk: Desk) -> None:
    """It was not heard of for long, and somebody else is at work by now."""
    desk.publish("one")
    with lease.leased(desk.target()._bucket) as ours:
        desk.ask("PUT", lease.LOCK, Holder("lan@elsewhere", 1, "now").encoded())
        with pytest.raises(Trouble, match="taken over"):
            ours.renew()
    assert b"lan@elsewhere" in desk.objects[lease.LOCK]


@pytest.mark.parametrize("bytes_sent", [5_000, 9_000, 14_000, 20_000])
def test_a_cut_connection_loses_nothing(desk: Desk, s3_port: int, bytes_sent: int) -> None:
    """It is told; feeds never tell of pages that are not there; the next hand-over completes it."""
    pages = [f"vi/2026/05/page-{number}/index.html" for number in range(20)]
    desk.publish("one", *pages)
    proxy = Proxy(s3_port, cut_after=bytes_sent)
    with pytest.raises(Trouble, match="cannot be reached"):
        desk.publish("two", *pages, "vi/2026/05/new/index.html", port=proxy.port)
    objects = desk.objects
    assert inventory_of(objects[INVENTORY]).whole == b"one"
    if objects["feed.atom"] == b"feed.atom two":
        assert all(objects[path].endswith(b" two") for path in pages)
    free_the_lock(desk)
    handed = desk.publish("two", *pages, "vi/2026/05/new/index.html")
    assert handed.sent >= 1
    assert desk.version == "two"


def free_the_lock(desk: Desk) -> None:
    """The process that published has ended: here it is the test itself."""
    if lease.LOCK in desk.objects:
        desk.ask("DELETE", lease.LOCK)


def test_a_first_publication_goes_on_where_it_was_cut(
    desk: Desk, s3_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What had arrived is not sent again; and what is there is known to be ours."""
    from plugins.publishing.targets import s3

    monkeypatch.setattr(s3, "PART", 5)
    monkeypatch.setattr(s3, "NOTED", 5)
    pages = [f"vi/2026/05/page-{number}/index.html" for number in range(40)]
    proxy = Proxy(s3_port, cut_after=30_000)
    with pytest.raises(Trouble, match=r"[1-9][0-9]* of 46 files were changed"):
        desk.publish("one", *pages, port=proxy.port)
    free_the_lock(desk)
    assert 0 < desk.publish("one", *pages).sent < 40
    assert desk.version == "one"


def test_another_version_may_follow_one_that_was_cut(desk: Desk, s3_port: int) -> None:
    """What only the cut one had is removed."""
    pages = [f"vi/2026/05/page-{number}/index.html" for number in range(20)]
    desk.publish("one")
    with pytest.raises(Trouble):
        desk.publish("two", *pages, port=Proxy(s3_port, cut_after=9_000).port)
    assert len(desk.objects) > len(desk.out.parts)
    free_the_lock(desk)
    desk.publish("three")
    assert desk.version == "three"


PUBLISH = """
import sys
from pathlib import Path
from plugins.model.inventory import INVENTORY, inventory_of
from plugins.publishing.targets.s3 import S3Target
from plugins.publishing.targets.settings import S3Setting
folder = Path(sys.argv[1])
target = S3Target(S3Setting(sys.argv[2], "", sys.argv[3]), ("vi", "en"))
new = inventory_of((folder / INVENTORY).read_bytes())
target.hand_over(folder, new, target.read(INVENTORY))
"""


def test_a_killed_publication_is_completed_by_the_next(desk: Desk, s3_port: int) -> None:
    """At several moments; its lock is in nobody's way."""
    desk.publish("0", "a/index.html")
    for number in (1, 2, 4, 6, 7, 8):
        proxy, left = Proxy(s3_port), [number]
        desk.build(f"{number}", f"new/{number}.html")
        endpoint = f"http://127.0.0.1:{proxy.port}"
        process = subprocess.Popen([sys.executable, "-c", PUBLISH, desk.out, desk.name, endpoint])

        def kill(_: str, process=process, left=left) -> None:
            left[0] -= 1
            if not left[0]:
                process.send_signal(signal.SIGKILL)

        proxy.on_request = kill
        assert process.wait(60) == -signal.SIGKILL
        desk.publish(f"after {number}", f"newer/{number}.html")
        assert desk.version == f"after {number}"
        proxy.cut()


@pytest.mark.parametrize(
    ("status", "said"),
    [("507 Insufficient Storage", "cannot be reached, or does not answer"), ("403 No", "refuses")],
)
def test_a_storage_that_refuses_is_told(desk: Desk, proxy: Proxy, status: str, said: str) -> None:
    """It is full, or our keys may not write: what was public is public but for what went before."""
    desk.publish("one")
    proxy.on_request = lambda request: (
        f"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode()
        if request.endswith("feed.atom")
        else None
    )
    with pytest.raises(Trouble, match=f"{said}.*2 of 3 files|{said}.*[0-9] of 3 files"):
        desk.publish("two", port=proxy.port)
    assert desk.objects["feed.atom"] == b"feed.atom one"
    assert json.loads(desk.objects[PROGRESS]).keys() >= {"feed.atom", "index.html"}
    desk.publish("three")
    assert desk.version == "three"


def test_a_bucket_that_is_not_there_is_told(desk: Desk, s3_port: int) -> None:
    """It is not made unasked."""
    target = S3Target(S3Setting("none-here", "", f"http://127.0.0.1:{s3_port}"), LANGUAGES)
    with pytest.raises(Trouble, match="Make the bucket first"):
        target.hand_over(desk.out, desk.build("one"), target.read(INVENTORY))


@pytest.mark.parametrize("name", bucket.KEYS)
def test_missing_keys_are_told(desk: Desk, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """By the names of the variables, before anybody is asked; unless the machine has them."""
    monkeypatch.setenv(name, "")
    with pytest.raises(Trouble, match=f"no keys for .*: set {name} in"):
        desk.target()
    S3Target(S3Setting(desk.name, keys="machine"), LANGUAGES)


def test_no_server_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Such as without a network."""
    monkeypatch.setattr(bucket, "PATIENCE", timedelta(seconds=1))
    port = free_port()
    with pytest.raises(Trouble, match="cannot be reached"):
        desk.publish("one", port=port)


def test_a_rollback_is_refused_with_what_to_do(desk: Desk) -> None:
    """A bucket has one version; earlier ones are in git."""
    desk.publish("one")
    with pytest.raises(Trouble, match="git revert"):
        desk.target().rollback()
    assert desk.version == "one"
