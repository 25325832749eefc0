"""Goes back to an earlier release, unless that shows what was withdrawn: the verb `rollback`."""

import sys
from collections.abc import Collection

from plugins.building.opening import Workplace
from plugins.building.workers import without_collection
from plugins.publishing.allowing import only_known, options
from plugins.publishing.diff.changes import Changes, diff
from plugins.publishing.diff.comparing import BROKEN
from plugins.publishing.diff.promises import WITHDRAWN_AGAIN, broken_promises
from plugins.publishing.diff.published import NOTHING, at_target
from plugins.publishing.diff.telling import listed, summary
from plugins.publishing.targets import Release, Target
from plugins.publishing.targets.choosing import chosen
from plugins.speaking import Speech, Trouble


@without_collection()
def roll_back(
    place: Workplace, words: Speech, to: str, release: str, allow: Collection[str] = ()
) -> int:
    """Make `release`, or the one before the public one, public again at the target `to` of
    `PUBLISH`, by default the first; gives the exit code: 3 if it shows again what was withdrawn,
    and nobody allowed that. Raises `SettingsError`, `Trouble`.
    """
    only_known(allow, (WITHDRAWN_AGAIN,))
    target = chosen(place, to)
    earlier = target.earlier(release)
    if not _may_be_shown(target, earlier, words, is_allowed=WITHDRAWN_AGAIN in allow):
        return BROKEN
    name = target.rollback(earlier.name)
    message = "The release {name} is public again at {place}. Mend the content before you publish."
    print(words.text(message, place=target.place, name=name))
    return 0


def _may_be_shown(target: Target, earlier: Release, words: Speech, *, is_allowed: bool) -> bool:
    """Say what an earlier release changes; whether it may be public again."""
    try:
        changes = _compared(target, earlier)
    except Trouble as trouble:
        if is_allowed:
            return True
        raise Trouble(
            "What the release {name} would show again cannot be told: {trouble} If it is to be"
            " public all the same, write {options}.",
            name=earlier.name,
            trouble=trouble,
            options=options([WITHDRAWN_AGAIN]),
        ) from trouble
    print(summary(changes, words))
    promises = [one for one in broken_promises(changes) if one.name == WITHDRAWN_AGAIN]
    if not promises:
        return True
    for promise in promises:
        print("\n".join(["", promise.said(words), *listed(promise.concerns, str, words)]))
    if not is_allowed:
        message = "Nothing was rolled back. If that is meant, write {options}."
        print(f"\n{words.text(message, options=options([WITHDRAWN_AGAIN]))}", file=sys.stderr)
    return is_allowed


def _compared(target: Target, earlier: Release) -> Changes:
    """What becomes of the public release when the earlier one takes its place."""
    before = at_target(target.read) or NOTHING
    after = at_target(earlier.read, known=before)
    return diff(before, after or NOTHING)
