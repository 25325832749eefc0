"""From the setting `PUBLISH` to the target that a webmaster names."""

from pathlib import Path

from plugins.building.opening import Workplace
from plugins.building.settings import SettingsError
from plugins.publishing.targets import Target
from plugins.publishing.targets.settings import (
    FolderSetting,
    S3Setting,
    Setting,
    folder_of,
    targets_of,
)
from plugins.speaking import Trouble


def chosen(place: Workplace, name: str = "") -> Target:
    """The target of `PUBLISH` with this name; without one, the first.

    Raises `SettingsError`, `Trouble`.
    """
    targets = targets_of(place.publish)
    wanted = name or next(iter(targets))
    if wanted not in targets:
        raise Trouble(
            "There is no target “{name}” in PUBLISH. There are: {names}.",
            name=wanted,
            names=", ".join(targets),
        )
    return opened(wanted, targets[wanted], place)


def opened(name: str, setting: Setting, place: Workplace) -> Target:
    """The target that a setting describes."""
    if isinstance(setting, FolderSetting):
        from plugins.publishing.targets.folder import FolderTarget

        folder = folder_of(setting)
        _no_overlap(name, folder, place)
        return FolderTarget(folder, setting.keep)
    if isinstance(setting, S3Setting):
        from plugins.publishing.targets.s3 import S3Target

        return S3Target(setting, place.settings.languages)
    from plugins.publishing.targets.ssh import SshTarget

    return SshTarget(setting)


def _no_overlap(name: str, folder: Path, place: Workplace) -> None:
    """What is published lies apart from what it is made of."""
    target = folder.resolve()
    for other in (place.content, place.output, place.settings.cache):
        there = other.resolve()
        if target.is_relative_to(there) or there.is_relative_to(target):
            raise SettingsError(
                f'PUBLISH["{name}"] has the path {str(folder)!r}, which is not apart from {other}.'
                " Name a folder of its own."
            )
