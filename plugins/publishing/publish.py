"""Publishes: builds, looks the site over, says what changes, asks, hands it over, says what went.

Writes the output folder and the target, and nothing else.
"""

import sys
from collections.abc import Collection
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct
from pelican.settings import read_settings
from rich.console import Console

from plugins.building.opening import Workplace, opened, workplace_of
from plugins.building.report import Report
from plugins.building.settings import SettingsError
from plugins.model.inventory import INVENTORY, Inventory, inventory_of
from plugins.model.problem import Faults
from plugins.publishing.audit.auditing import audit
from plugins.publishing.audit.brief import brief_of
from plugins.publishing.building import is_built_here
from plugins.publishing.diff.changes import Changes, diff
from plugins.publishing.diff.promises import PROMISES, broken_promises
from plugins.publishing.diff.published import NOTHING, Unreadable, published
from plugins.publishing.diff.reaching import Unreached, in_folder
from plugins.publishing.diff.telling import as_text, listed
from plugins.publishing.targets import Handed, Target, Trouble
from plugins.publishing.targets.choosing import chosen
from plugins.speaking import Speech

BROKEN = 2
"""The exit code if a promise would be broken; 1 is for everything else that stops a publication."""


class Stopped(Exception):
    """The publication stops; what is to be said was said. `code` is the exit code."""

    def __init__(self, code: int = 1) -> None:
        self.code = code
        super().__init__(code)


class Wishes(Struct, frozen=True):
    """What a webmaster asks for: the target's name (or the first), promises that may be broken,
    to hand over nothing, to be asked nothing.
    """

    to: str = ""
    allow: tuple[str, ...] = ()
    dry_run: bool = False
    yes: bool = False


def publish(conf: str | Path, content: str, wishes: Wishes, speech: Speech) -> int:
    """Publish the content with a settings file; gives the exit code.

    That is 0 if it was published, or nothing had changed, or it was a dry run that found nothing
    wrong; 2 if a promise would be broken; 1 if there are faults, or it failed or was declined.
    """
    try:
        _published(conf, content, wishes, speech)
    except Stopped as stopped:
        return stopped.code
    except SettingsError as error:
        return _complain(str(error))
    except (Trouble, Unreached, Unreadable) as trouble:
        return _complain(trouble.said(speech))
    except KeyboardInterrupt:
        return _complain(speech.text("Interrupted. Nothing was published."))
    return 0


def _published(conf: str | Path, content: str, wishes: Wishes, speech: Speech) -> None:
    unknown = [name for name in wishes.allow if name not in PROMISES]
    if unknown:
        raise Trouble(
            "There is no promise “{name}”. There are: {names}.",
            name=unknown[0],
            names=", ".join(PROMISES),
        )
    place, target = _opened(conf, content, wishes.to)
    if not is_built_here(conf, Path(content).absolute()):
        raise Stopped
    inventory = inventory_of((place.output / INVENTORY).read_bytes())
    _looked_over(place, inventory, speech)
    seen = target.read(INVENTORY)
    if seen == inventory.encoded():
        print(
            speech.text(
                "Nothing has changed since the last publication to {place}.", place=target.place
            )
        )
        return
    changes = _compared(place, target)
    print(as_text(changes, ZoneInfo(place.settings.timezone), speech))
    _promises_kept(changes, wishes.allow, speech)
    if wishes.dry_run:
        print(
            speech.text("This was a dry run: nothing was published to {place}.", place=target.place)
        )
        return
    if not wishes.yes:
        _asked(target, speech)
    try:
        handed = target.hand_over(place.output, inventory, seen)
    except KeyboardInterrupt:
        raise Trouble(
            "Interrupted while it was handed over to {place}. Publish again, which completes it.",
            place=target.place,
        ) from None
    print(_told(handed, target, place, speech))


def _opened(conf: str | Path, content: str, to: str) -> tuple[Workplace, Target]:
    folder = Path(content).absolute()
    if not folder.is_dir():
        raise Trouble("There is no content folder {folder}.", folder=content)
    pelican: dict[str, Any] = read_settings(str(conf), override={"PATH": str(folder)})
    place = workplace_of(pelican)
    return place, chosen(to, pelican.get("PUBLISH"), place)


def _looked_over(place: Workplace, inventory: Inventory, speech: Speech) -> None:
    """Stop if a stranger finds something wrong in what was built."""
    report = Report(Console(stderr=True))
    try:
        with opened(place, report) as gathered:
            brief = brief_of(place, gathered)
    except Faults as faults:
        report.faults(faults)
        raise Stopped from None
    found = audit(place.output, inventory, brief, speech)
    if found:
        said = speech.count(
            "{number} finding in what was built; nothing was published:",
            "{number} findings in what was built; nothing was published:",
            len(found),
        )
        print("\n".join([said, *listed(found, str, speech)]), file=sys.stderr)
        raise Stopped


def _compared(place: Workplace, target: Target) -> Changes:
    after = published(in_folder(place.output))
    if after is None:
        raise Trouble(
            "The site has no archive.json, by which versions are compared. Put the stage"
            " plugins.outputs.manifest among PLUGINS."
        )
    return diff(published(target.read, known=after) or NOTHING, after)


def _promises_kept(changes: Changes, allowed: Collection[str], speech: Speech) -> None:
    """Stop at a promise that nobody allowed to break."""
    names = [promise.name for promise in broken_promises(changes) if promise.name not in allowed]
    if names:
        said = speech.text(
            "Nothing was published: it would break a promise. If that is meant, write {options}.",
            options=" ".join(f"--allow {name}" for name in names),
        )
        print(f"\n{said}", file=sys.stderr)
        raise Stopped(BROKEN)


def _asked(target: Target, speech: Speech) -> None:
    """Stop unless somebody at the terminal says yes."""
    if not sys.stdin.isatty():
        raise Trouble(
            "Nothing was published: nobody can be asked here. Look at what would change, and write"
            " --yes."
        )
    question = speech.text("Publish this to {place}? [y/N]", place=target.place)
    try:
        answer = input(f"\n{question} ").strip().casefold()
    except EOFError:
        answer = ""
    if answer not in {"y", "yes", speech.text("y"), speech.text("yes")}:
        raise Trouble("Nothing was published.")


def _told(handed: Handed, target: Target, place: Workplace, speech: Speech) -> str:
    sent = speech.text(
        "Published to {place}: {sent} files sent ({size} bytes), {removed} removed.",
        place=target.place,
        sent=f"{handed.sent:,}",
        size=f"{handed.size:,}",
        removed=f"{handed.removed:,}",
    )
    lines = ["", sent]
    if handed.release:
        lines.append(speech.text("It is the release {name}.", name=handed.release))
    return "\n".join([*lines, place.settings.url])


def _complain(message: str) -> int:
    print(message, file=sys.stderr)
    return 1
