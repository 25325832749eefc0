"""Publishes: builds, looks the site over, says what changes, asks, hands it over, says what went.

Writes the output folder and the target, and nothing else.
"""

import sys
from collections.abc import Collection
from zoneinfo import ZoneInfo

from msgspec import Struct

from plugins.building.opening import Workplace
from plugins.model.inventory import INVENTORY, Inventory, inventory_of
from plugins.publishing.audit.auditing import audit
from plugins.publishing.audit.brief import brief_of
from plugins.publishing.audit.finding import Finding
from plugins.publishing.building import build
from plugins.publishing.diff.comparing import BROKEN, compared
from plugins.publishing.diff.promises import PROMISES, broken_promises
from plugins.publishing.diff.telling import as_text, listed
from plugins.publishing.targets import Handed, Target
from plugins.publishing.targets.choosing import chosen
from plugins.speaking import Speech, Trouble


class Wishes(Struct, frozen=True):
    """What a webmaster asks for: the target's name (or the first), promises that may be broken,
    to hand over nothing, to be asked nothing.
    """

    to: str = ""
    allow: tuple[str, ...] = ()
    dry_run: bool = False
    yes: bool = False


def publish(place: Workplace, words: Speech, wishes: Wishes) -> int:
    """Publish; gives the exit code: 0 if it was published, or nothing had changed, or it was a dry
    run that found nothing wrong; 3 if a promise would be broken; 1 if something is wrong with what
    was built. Raises `SettingsError`, `Trouble`, and `Faults` of the content.
    """
    _known(wishes.allow)
    target = chosen(place, wishes.to)
    gathered = build(place)
    inventory = inventory_of((place.output / INVENTORY).read_bytes())
    findings = audit(place.output, inventory, brief_of(place, gathered), words)
    if findings:
        return _found(findings, words)
    seen = target.read(INVENTORY)
    if seen == inventory.encoded():
        message = "Nothing has changed since the last publication to {place}."
        print(words.text(message, place=target.place))
        return 0
    changes = compared(place, target.read)
    print(as_text(changes, ZoneInfo(place.settings.timezone), words))
    broken = [one.name for one in broken_promises(changes) if one.name not in wishes.allow]
    if broken:
        return _broken(broken, words)
    if wishes.dry_run:
        message = "This was a dry run: nothing was published to {place}."
        print(words.text(message, place=target.place))
        return 0
    if not wishes.yes:
        _ask(target, words)
    print(_told(_handed(place, target, inventory, seen), target, place, words))
    return 0


def _known(allowed: Collection[str]) -> None:
    for name in allowed:
        if name not in PROMISES:
            raise Trouble(
                "There is no promise “{name}”. There are: {names}.",
                name=name,
                names=", ".join(PROMISES),
            )


def _found(findings: list[Finding], words: Speech) -> int:
    """Something is wrong with what was built."""
    said = words.count(
        "{number} finding in what was built; nothing was published:",
        "{number} findings in what was built; nothing was published:",
        len(findings),
    )
    print("\n".join([said, *listed(findings, str, words)]), file=sys.stderr)
    return 1


def _broken(names: list[str], words: Speech) -> int:
    """Promises would be broken that nobody allowed to break."""
    said = words.text(
        "Nothing was published: it would break a promise. If that is meant, write {options}.",
        options=" ".join(f"--allow {name}" for name in names),
    )
    print(f"\n{said}", file=sys.stderr)
    return BROKEN


def _handed(place: Workplace, target: Target, new: Inventory, seen: bytes | None) -> Handed:
    try:
        return target.hand_over(place.output, new, seen)
    except KeyboardInterrupt:
        raise Trouble(
            "Interrupted while it was handed over to {place}. Publish again, which completes it.",
            place=target.place,
        ) from None


def _ask(target: Target, speech: Speech) -> None:
    """Raises `Trouble` unless somebody at the terminal says yes."""
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
