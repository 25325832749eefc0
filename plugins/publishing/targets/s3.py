"""A bucket of an S3-compatible storage: what changed goes there, the inventory at the end.

    index.html  vi/…  archive.json     the site; each with its media type and how long it is kept
    .archive/inventory                 the version that is public, as a whole
    .archive/progress                  while one is handed over: what may be of either version
    .archive/lock                      who hands over

What S3 cannot give: objects change one at a time, so for the seconds of a hand-over a visitor may
see pages of both versions. So what is linked goes before what links it, new files before changed
ones, removals come last, and `archive.json` and feeds after all pages; a hand-over that was cut
leaves the old version with some pages of the new one, and the next goes on from there. There is
one version at a time and no release to go back to. Of the headers in `plugins/outputs/hosting.py` a
bucket gives the media type and `Cache-Control`; the policies must be set where it is served (CDN).
Whoever serves it should serve nothing below `.archive/`.
"""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from plugins.model.inventory import INVENTORY, OURS, Inventory, inventory_of
from plugins.outputs.hosting import said_of
from plugins.publishing.targets import Handed, Overtaken, Release
from plugins.publishing.targets.bucket import Bucket
from plugins.publishing.targets.lease import Lease, leased
from plugins.publishing.targets.ordering import stages
from plugins.publishing.targets.settings import S3Setting
from plugins.publishing.targets.writing import verified
from plugins.speaking import Trouble

PROGRESS = f"{OURS}/progress"
AT_ONCE = 16
PART = 320
"""Files after which is seen whether the lock is ours still."""
NOTED = 4000
"""Files after which the progress is written down."""


class S3Target:
    """A bucket, or what is below a prefix in it."""

    def __init__(self, setting: S3Setting, languages: tuple[str, ...]) -> None:
        self._bucket = Bucket(setting)
        self._languages = languages

    @property
    def place(self) -> str:
        """The bucket."""
        return self._bucket.place

    def read(self, path: str) -> bytes | None:
        """An object."""
        found = self._bucket.get(path)
        return found.data if found else None

    def hand_over(self, folder: Path, new: Inventory, seen: bytes | None) -> Handed:
        """Publish the files of `new`, which lie in `folder`."""
        with leased(self._bucket) as lease:
            if self.read(INVENTORY) != seen:
                raise Overtaken()
            held = self._held(seen)
            late = [path for path, mark in new.files.items() if held.get(path) != mark]
            gone = sorted(held.keys() - new.files.keys())
            for path in late:
                verified(folder, path, new.files[path])
            if late or gone:
                progress = _Progress(self._bucket, [*late, *gone])
                with _half_done(progress, len(late) + len(gone)):
                    size = self._send(folder, new, stages(late, held), held, progress, lease)
                    self._remove(gone, progress, lease)
                    lease.renew()
                    self._put(INVENTORY, new.encoded)
            elif seen != new.encoded:
                self._put(INVENTORY, new.encoded)
            with suppress(Trouble):  # one that is left says nothing wrong
                self._bucket.remove([PROGRESS])
        return Handed("", len(late), size if late or gone else 0, len(gone))

    def taken_back(self, new: Inventory) -> str:  # noqa: ARG002 (nothing is ever taken back)
        """Nothing: a bucket has no rollback."""
        return ""

    def earlier(self, to: str = "") -> Release:
        """Refuse: there is nothing to go back to."""
        raise self._no_way_back(to)

    def rollback(self, to: str = "") -> str:
        """Refuse: there is nothing to go back to."""
        raise self._no_way_back(to)

    def _no_way_back(self, to: str) -> Trouble:
        return Trouble(
            "{place} holds one version at a time, so there is none to go back to{named}. Take the"
            " content back in git (git revert), and publish again.",
            place=self.place,
            named=f" ({to})" if to else "",
        )

    def _held(self, seen: bytes | None) -> dict[str, str]:
        """The files that may be there by their marks, which are empty if nobody knows them."""
        noted = self.read(PROGRESS)
        if seen is None and noted is None:
            strangers = self._bucket.strangers(OURS)
            if strangers:
                raise Trouble(
                    "{place} holds objects that are not this archive's, such as {path}. Name an"
                    " empty bucket, or another prefix, in PUBLISH; nothing was touched.",
                    place=self.place,
                    path=strangers[0],
                )
        try:
            held = dict(inventory_of(seen).files) if seen else {}
            return held | (msgspec.json.decode(noted, type=dict[str, str]) if noted else {})
        except (ValueError, msgspec.DecodeError) as error:
            raise Trouble(
                "What {place} says of itself cannot be read: {path}. Put it back, or empty the"
                " bucket and publish again.",
                place=self.place,
                path=INVENTORY,
            ) from error

    def _send(
        self,
        folder: Path,
        new: Inventory,
        groups: Sequence[Sequence[str]],
        held: Mapping[str, str],
        progress: "_Progress",
        lease: Lease,
    ) -> int:
        """Send files, group after group; gives their bytes."""

        def send(path: str) -> int:
            data = verified(folder, path, new.files[path])
            self._write(path, data, is_new=path not in held)
            return len(data)

        size = 0
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for paths in (part for group in groups for part in _parts(group)):
                lease.keep()
                sending = [pool.submit(send, path) for path in paths]
                _, waiting = wait(sending, return_when=FIRST_EXCEPTION)
                for one in waiting:
                    one.cancel()
                size += sum(one.result() for one in sending if not one.cancelled())
                progress.note({path: new.files[path] for path in paths})
        return size

    def _write(self, path: str, data: bytes, *, is_new: bool) -> None:
        media, cache = said_of(path, self._languages)
        written = self._bucket.put(path, data, "create" if is_new else "overwrite", media, cache)
        if written is None and self.read(path) != data:
            raise Trouble(
                "{path} is in {place} already and is not this archive's. Move it away, and publish"
                " again.",
                path=path,
                place=self.place,
            )

    def _remove(self, gone: Sequence[str], progress: "_Progress", lease: Lease) -> None:
        for paths in _parts(gone):
            lease.keep()
            self._bucket.remove(paths)
            progress.count += len(paths)

    def _put(self, path: str, data: bytes) -> None:
        self._bucket.put(path, data, "overwrite", "text/plain; charset=utf-8", "no-store")


class _Progress:
    """What is known of the files that are being sent and removed."""

    def __init__(self, bucket: Bucket, paths: Sequence[str]) -> None:
        self._bucket = bucket
        self._marks = dict.fromkeys(paths, "")
        self._noted = 0
        self.count = 0
        self._write()

    def note(self, marks: Mapping[str, str]) -> None:
        """These files are there."""
        self._marks.update(marks)
        self.count += len(marks)
        if self.count - self._noted >= NOTED:
            self._write()

    def _write(self) -> None:
        data = msgspec.json.encode(self._marks)
        self._bucket.put(PROGRESS, data, "overwrite", "application/json", "no-store")
        self._noted = self.count


@contextmanager
def _half_done(progress: _Progress, number: int) -> Iterator[None]:
    """What goes wrong from here on leaves a part of the new version."""
    try:
        yield
    except Trouble as trouble:
        raise Trouble(
            "{trouble} {done} of {number} files were changed by then, so visitors may see pages of"
            " both versions. Publish again: it goes on from there.",
            trouble=trouble,
            done=progress.count,
            number=number,
        ) from trouble


def _parts(paths: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(paths), PART):
        yield paths[start : start + PART]
