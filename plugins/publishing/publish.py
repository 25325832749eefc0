"""Publishes: builds, looks the site over, says what changes, asks, hands it over, says what went.

Writes the output folder and the target, and nothing else.
"""

import sys
from collections.abc import Callable
from contextlib import closing
from functools import partial
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from plugins.building.opening import Workplace
from plugins.building.running import build
from plugins.building.workers import Prepared, without_collection
from plugins.model.inventory import INVENTORY, Inventory, inventory_of
from plugins.publishing.allowing import is_stopped_by, only_known, options
from plugins.publishing.audit.auditing import audit, make_ready
from plugins.publishing.audit.brief import Brief, brief_of
from plugins.publishing.audit.finding import Finding, told_once
from plugins.publishing.audit.wording import RULES
from plugins.publishing.diff.changes import Changes
from plugins.publishing.diff.comparing import BROKEN, compared
from plugins.publishing.diff.promises import CLOCK, PROMISES, Promise, broken_promises
from plugins.publishing.diff.telling import as_text
from plugins.publishing.diff.telling import broken as as_broken
from plugins.publishing.holding import held_back
from plugins.publishing.targets import Handed, Target
from plugins.publishing.targets.choosing import chosen
from plugins.speaking import Speech, Trouble


class Wishes(Struct, frozen=True):
    """What a webmaster asks for: the target's name (or the first), promises that may be broken
    and rules of the audit that need not hold, to hand over nothing, to be asked nothing.
    """

    to: str = ""
    allow: tuple[str, ...] = ()
    dry_run: bool = False
    yes: bool = False


@without_collection()
def publish(place: Workplace, words: Speech, wishes: Wishes) -> int:
    """Publish; gives the exit code: 0 if it was published, or nothing had changed, or it was a dry
    run that found nothing wrong; 3 if a promise would be broken; 1 if something is wrong with what
    was built. Raises `SettingsError`, `Trouble`, and `Faults` of the content.
    """
    only_known(wishes.allow, (*PROMISES, *RULES))
    target = chosen(place, wishes.to)
    with closing(Prepared(partial(_auditor, place, words), place.settings.workers)) as auditor:
        gathered = build(place)
        built = (place.output / INVENTORY).read_bytes()
        looked_over = auditor.begin((brief_of(place, gathered), built))
        inventory = inventory_of(built)
        seen = target.read(INVENTORY)
        changes = None if seen == built else _changed(place, target, inventory)
        broken = _unallowed(changes, wishes)
        if broken and broken[0].name == CLOCK:
            print("\n".join(as_broken(broken[:1], words)))
            return _broken(broken[:1], wishes, words)
        findings = looked_over()
    if is_stopped_by(told_once(findings), wishes.allow, words):
        return 1
    zone = ZoneInfo(place.settings.timezone)
    if changes:
        print(as_text(changes, zone, words))
    if broken:
        return _broken(broken, wishes, words)
    print(_done(place, target, inventory, seen, wishes, words))
    held = held_back(gathered.notices, place.settings.as_of, zone, words)
    print("".join(f"{line}\n" for line in held), end="")
    return 0


def _auditor(place: Workplace, words: Speech) -> Callable[[tuple[Brief, bytes]], list[Finding]]:
    """What audits the output folder by its inventory; it needs nothing of what is published."""
    make_ready()

    def found(told: tuple[Brief, bytes]) -> list[Finding]:
        brief, built = told
        return audit(place.output, inventory_of(built), brief, words)

    return found


def _changed(place: Workplace, target: Target, new: Inventory) -> Changes:
    """What would change at the target, which knows what was taken back there."""
    return replace(compared(place, target.read), taken_back=target.taken_back(new))


def _unallowed(changes: Changes | None, wishes: Wishes) -> list[Promise]:
    """The promises that would be broken and that nobody allowed to break."""
    if changes is None:
        return []
    return [one for one in broken_promises(changes) if one.name not in wishes.allow]


def _broken(promises: list[Promise], wishes: Wishes, words: Speech) -> int:
    """Say what to write; gives the exit code."""
    said = words.text(
        "Nothing was published: it would break a promise. If that is meant, write {options}.",
        options=options([*wishes.allow, *(one.name for one in promises)]),
    )
    print(f"\n{said}", file=sys.stderr)
    return BROKEN


def _done(
    place: Workplace,
    target: Target,
    new: Inventory,
    seen: bytes | None,
    wishes: Wishes,
    words: Speech,
) -> str:
    """Hand it over, if there is anything to hand over and that is wished; says what was done."""
    if seen == new.encoded:
        message = "Nothing has changed since the last publication to {place}."
        return words.text(message, place=target.place)
    if wishes.dry_run:
        message = "This was a dry run: nothing was published to {place}."
        return words.text(message, place=target.place)
    if not wishes.yes:
        _ask(target, words)
    return _told(_handed(place, target, new, seen), target, place, words)


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
