"""A folder of another machine, by ssh and rsync: releases, and `current`, as in `folder`.

    current -> releases/0042-20261122T043800Z     what a web server has as its root
    releases/…                                    .archive/before tells which one it followed
    .publishing/                                  says that it is ours; the lock; draft, notes

A release is made of hard links of the public one; rsync replaces what changed. A shell over there
holds the lock (flock), and gives it back when the connection ends, whatever happened to us; only
that shell moves the link, so that whoever lost the lock can show nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory

from plugins.model.inventory import INVENTORY, Inventory, inventory_of, size_of
from plugins.publishing.targets import Handed, Overtaken, Release
from plugins.publishing.targets.far import NOTHING, Far, Shell, configuration, quoted
from plugins.publishing.targets.folder import NAME
from plugins.publishing.targets.holder import holder_of, this_one
from plugins.publishing.targets.returning import NOTES, Kept, earlier_of, mark_of_site, noted
from plugins.publishing.targets.settings import SshSetting
from plugins.publishing.targets.writing import verified
from plugins.speaking import Trouble

_BEGIN = """\
set -eu
umask 022
LC_ALL=C
export LC_ALL
root={root}
if [ -e "$root" ] && [ ! -d "$root/.publishing" ] && [ -n "$(ls -A "$root")" ]; then
  echo strangers; exit 0
fi
mkdir -p "$root/.publishing" "$root/releases"
cd "$root"
exec 9>>.publishing/lock
if ! flock -n 9; then echo "held $(head -c 1000 .publishing/holder | tr '\\n' ' ')"; exit 0; fi
printf '%s\\n' {holder} >.publishing/holder
if [ -e current ] && [ ! -L current ]; then echo blocked; exit 0; fi
rm -rf .publishing/draft.* || true
names() {{ ls releases | grep -E '^[0-9]{{4,}}-[0-9]{{8}}T[0-9]{{6}}Z$' | sort -n; }}
show() {{
  rm -f .publishing/current; ln -s "releases/$1" .publishing/current; sync
  mv -T .publishing/current current
}}
before=""
if [ -L current ]; then before="$(basename "$(readlink current)")"; fi
if [ -f current/.archive/inventory ]; then
  echo "locked $(sha256sum <current/.archive/inventory | cut -c1-64)"
else
  echo "locked"
fi
"""

_DRAFT = """\
draft=.publishing/draft.{token}
mkdir "$draft"
if [ -n "$before" ]; then cp -al "releases/$before/." "$draft/"; fi
{removals}
echo ready
"""

_REMOVALS = """\
while IFS= read -r file; do rm -f "$draft/$file"; done <<'{token}'
{gone}
{token}
find "$draft" -mindepth 1 -depth -type d -empty -delete
"""

_FINISH = """\
number="$(names | tail -n 1 | sed 's/-.*//; s/^0*//')"
name="$(printf '%04d-%s' "$((${{number:-0}} + 1))" {instant})"
mkdir -p "$draft/.archive"
rm -f "$draft/.archive/before"
printf '%s' "$before" >"$draft/.archive/before"
mv "$draft" "releases/$name"
show "$name"
rm -f {notes} || true
echo "done $name"
"""

_TIDY = """\
for old in $(names | head -n -{keep}); do
  if [ "$old" != "$name" ] && [ "$old" != "$before" ]; then rm -rf "releases/$old"; fi
done
echo tidy
"""

_BACK = """\
to={to}
mark() {{ tail -n +2 "releases/$1/.archive/inventory" | sha256sum | cut -c1-64; }}
if ! names | grep -qxF -e "$to"; then echo gone
else
  old="$(mark "$before")"
  new="$(mark "$to")"
  touch {notes}
  grep -v -e "^$old" -e "^$new" {notes} >{notes}.draft || true
  printf '%s %s\\n' "$old" "$before" >>{notes}.draft
  sync
  mv -f {notes}.draft {notes}
  show "$to"
  echo "done $to"
fi
"""

_KEPT = f"""\
cd {{root}} 2>/dev/null || exit {NOTHING}
[ -L current ] || exit {NOTHING}
basename "$(readlink current)"
cat current/.archive/before 2>/dev/null || true
echo
ls releases
"""

_NOTED = f"""\
cd {{root}} 2>/dev/null || exit {NOTHING}
[ -f {NOTES} ] || exit {NOTHING}
exec cat {NOTES}
"""

_READ = f"""\
cd {{root}}/{{release}} 2>/dev/null || exit {NOTHING}
[ -f ./{{path}} ] || exit {NOTHING}
exec cat ./{{path}}
"""


class SshTarget:
    """Releases in a folder of another machine."""

    def __init__(self, setting: SshSetting) -> None:
        self._setting = setting
        self._root = setting.path.rstrip("/") or "/"

    @property
    def place(self) -> str:
        """The folder that a web server shows."""
        return f"{self._setting.host}:{self._root}/current"

    def read(self, path: str) -> bytes | None:
        """A file of the public release."""
        return self._read("current", path)

    def hand_over(self, folder: Path, new: Inventory, seen: bytes | None) -> Handed:
        """Publish the files of `new`, which lie in `folder`."""
        if (folder / INVENTORY).read_bytes() != new.encoded:
            raise Trouble("The site was built again in between. Publish again.")
        old = self._files_of(seen)
        late = sorted(path for path, mark in new.files.items() if old.get(path) != mark)
        gone = sorted(old.keys() - new.files.keys())
        token = token_hex(8)
        with self._far() as far, far.shell() as shell:
            if self._lock(shell) != (sha256(seen).hexdigest() if seen is not None else ""):
                raise Overtaken()
            removals = _REMOVALS.format(token=token, gone="\n".join(gone)) if gone else ""
            shell.ask(_DRAFT.format(token=token, removals=removals))
            before = _seen_as(folder, late, new)
            far.send(folder, [*late, INVENTORY], f"{self._root}/.publishing/draft.{token}")
            if _times(folder, late) != before:
                raise Trouble("The site was built again in between. Publish again.")
            instant = quoted(f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}")
            _, name = shell.ask(_FINISH.format(instant=instant, notes=NOTES))
            self._tidy(shell)
        return Handed(name, len(late), sum(size_of(new.files[path]) for path in late), len(gone))

    def _files_of(self, seen: bytes | None) -> Mapping[str, str]:
        """The marks of the files that are public."""
        try:
            return inventory_of(seen).files if seen else {}
        except ValueError as error:
            raise Trouble(
                "What {place} says of itself cannot be read: {path}. Put it back, or go back to an"
                " earlier release, and publish again.",
                place=self.place,
                path=INVENTORY,
            ) from error

    def rollback(self, to: str = "") -> str:
        """Move `current` to an earlier release."""
        name = self.earlier(to).name
        with self._far() as far, far.shell() as shell:
            self._lock(shell)
            word, rest = shell.ask(_BACK.format(to=quoted(name), notes=NOTES))
        if word == "gone":
            raise Overtaken()
        return rest

    def taken_back(self, new: Inventory) -> str:
        """The release of this very site that a rollback took back."""
        with self._far() as far:
            notes = far.read(_NOTED.format(root=quoted(self._root)))
        return noted(notes, mark_of_site(new.encoded))

    def earlier(self, to: str = "") -> Release:
        """The release that a rollback would show."""
        with self._far() as far:
            found = far.read(_KEPT.format(root=quoted(self._root)))
        if found is None:
            raise Trouble("Nothing is published in {place}.", place=self.place)
        public, before, *names = found.decode(errors="replace").split("\n")
        kept = sorted(filter(NAME.fullmatch, names), key=lambda name: int(name.split("-")[0]))
        name = earlier_of(Kept(public, before, kept), to)
        return Release(name, partial(self._read, f"releases/{name}"))

    def _read(self, release: str, path: str) -> bytes | None:
        script = _READ.format(root=quoted(self._root), release=release, path=quoted(path))
        with self._far() as far:
            return far.read(script)

    @contextmanager
    def _far(self) -> Iterator[Far]:
        with TemporaryDirectory(prefix="publishing-") as folder:
            config = Path(folder, "config")
            config.write_text(configuration(self._setting), "utf-8")
            yield Far(self._setting, config)

    def _lock(self, shell: Shell) -> str:
        """Hold the lock from now on; gives the digest of the public inventory."""
        holder = quoted(this_one().encoded().decode())
        word, rest = shell.ask(_BEGIN.format(root=quoted(self._root), holder=holder))
        if word == "locked":
            return rest
        if word == "held":
            other = holder_of(rest.encode())
            raise Trouble(
                "{who} (process {process}) is publishing there since {since}. Nothing was"
                " published; wait until that is done, and publish again.",
                who=other.who,
                process=other.process,
                since=other.since,
            )
        if word == "blocked":
            raise Trouble(
                "{place} is not this archive's link. Move it away; nothing was touched.",
                place=self.place,
            )
        raise Trouble(
            "{place} holds files that are not this archive's. Name an empty folder, or a new one,"
            " in PUBLISH; nothing was touched.",
            place=f"{self._setting.host}:{self._root}",
        )

    def _tidy(self, shell: Shell) -> None:
        try:
            shell.ask(_TIDY.format(keep=self._setting.keep))
        except Trouble:
            pass  # it is public; the next publication tidies


def _seen_as(folder: Path, paths: Iterable[str], new: Inventory) -> list[tuple[int, int]]:
    """When files were written, each of which is the one that the inventory names."""
    found = list(paths)
    times = _times(folder, found)
    for path in found:
        verified(folder, path, new.files[path])
    return times


def _times(folder: Path, paths: Iterable[str]) -> list[tuple[int, int]]:
    def stamp(path: str) -> tuple[int, int]:
        try:
            status = (folder / path).stat()
        except FileNotFoundError:
            return 0, 0
        return status.st_mtime_ns, status.st_ino

    return [stamp(path) for path in paths]
