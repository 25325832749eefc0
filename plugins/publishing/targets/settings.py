"""The setting `PUBLISH`: the targets by name, typed and checked."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from plugins.building.settings import SettingsError

Name = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_][A-Za-z0-9_.-]*\Z")]
"""What may stand in a command without being an option or an address."""

Text = Annotated[str, Meta(pattern=r"^[^\x00-\x1f\x7f\"]+\Z")]
Absolute = Annotated[str, Meta(pattern=r"^/[^\x00-\x1f\x7f\"]+\Z")]
Keep = Annotated[int, Meta(ge=1, le=1000)]
Port = Annotated[int, Meta(ge=1, le=65535)]


class FolderSetting(
    Struct, frozen=True, tag="folder", tag_field="kind", forbid_unknown_fields=True
):
    """A folder of this machine: its path, and how many releases it keeps."""

    path: Text
    keep: Keep = 5


class SshSetting(Struct, frozen=True, tag="ssh", tag_field="kind", forbid_unknown_fields=True):
    """A folder of another machine, by ssh and rsync. Without `identity` and `known_hosts`, those of
    the user count.
    """

    host: Name
    path: Absolute
    user: Name | None = None
    port: Port = 22
    identity: Text | None = None
    known_hosts: Text | None = None
    keep: Keep = 5


class S3Setting(Struct, frozen=True, tag="s3", tag_field="kind", forbid_unknown_fields=True):
    """A bucket of an S3-compatible storage, or what is below `prefix` in it.

    Keys never stand in settings: they are read from the environment (`AWS_ACCESS_KEY_ID` and
    `AWS_SECRET_ACCESS_KEY`), or, if `keys` says so, given by the machine on which this runs (a role
    in a cloud). Without `endpoint` it is Amazon's.
    """

    bucket: Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\Z")]
    prefix: Annotated[
        str, Meta(pattern=r"^([A-Za-z0-9_-][A-Za-z0-9_.-]*(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*)?\Z")
    ] = ""
    endpoint: Annotated[str, Meta(pattern=r"^(https?://[^/\s?#]+/?)?\Z")] = ""
    region: Name = "us-east-1"
    keys: Literal["environment", "machine"] = "environment"


Setting = FolderSetting | SshSetting | S3Setting

EXAMPLES = {
    "folder": '{"kind": "folder", "path": "public", "keep": 5}',
    "ssh": '{"kind": "ssh", "host": "www.example.org", "user": "archive", "path": "/srv/archive"}',
    "s3": '{"kind": "s3", "bucket": "archive", "endpoint": "https://s3.example.org"}',
}


def targets_of(value: Any) -> dict[str, Setting]:
    """The targets by name, in the order of the setting. Raises `SettingsError`."""
    if not isinstance(value, Mapping) or not value:
        raise SettingsError(
            f'PUBLISH is {value!r}. Write where to publish: {{"local": {EXAMPLES["folder"]}}}.'
        )
    return {str(name): _target(name, given) for name, given in value.items()}


def _target(name: Any, given: Any) -> Setting:
    if not isinstance(name, str) or not name or name.startswith("-"):
        raise SettingsError(f'PUBLISH names a target {name!r}. Write a name such as "local".')
    kind = given.get("kind") if isinstance(given, Mapping) else None
    example = EXAMPLES.get(kind) if isinstance(kind, str) else None
    try:
        if example is None:
            raise msgspec.ValidationError('"kind" is "folder", "ssh" or "s3"')
        setting: Setting = msgspec.convert(given, Setting)
    except msgspec.ValidationError as error:
        text = str(error).partition(" - at ")
        where = f" ({text[2].strip('`').removeprefix('$.')})" if text[2] else ""
        raise SettingsError(
            f'PUBLISH["{name}"] is {given!r}: {text[0]}{where}.'
            f" Write it like {example or EXAMPLES['folder']}."
        ) from error
    return setting


def folder_of(setting: FolderSetting, here: Path) -> Path:
    """Where a folder target is; `here` is the folder of the settings file."""
    return here / Path(setting.path).expanduser()


def with_files_of(setting: SshSetting, here: Path) -> SshSetting:
    """The setting with its files named in full; `here` is the folder of the settings file."""
    named = {"identity": setting.identity, "known_hosts": setting.known_hosts}
    full = {name: str(here / Path(file).expanduser()) for name, file in named.items() if file}
    return msgspec.structs.replace(setting, **full)
