"""Goes back to an earlier release: the verb `rollback`."""

from plugins.building.opening import Workplace
from plugins.publishing.targets.choosing import chosen
from plugins.speaking import Speech


def roll_back(place: Workplace, words: Speech, to: str, release: str) -> int:
    """Make `release`, or the one before the public one, public again at the target `to` of
    `PUBLISH`, by default the first; gives the exit code. Raises `SettingsError`, `Trouble`.
    """
    target = chosen(place, to)
    name = target.rollback(release)
    message = "The release {name} is public again at {place}. Mend the content before you publish."
    print(words.text(message, place=target.place, name=name))
    return 0
