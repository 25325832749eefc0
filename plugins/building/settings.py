"""The settings that the archive reads, from Pelican's, typed and checked."""

import os
import re
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from fnmatch import translate
from hashlib import blake2b
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct

from plugins.model.notice import digest
from plugins.speaking import LANGUAGES as SPOKEN
from plugins.speaking import WRITTEN

_META = "markdown.extensions.meta"


class SettingsError(Exception):
    """A setting that does not say what it must; the message names it, and what to write."""

    exitcode = 1


class Settings(Struct, frozen=True):
    """What `pelicanconf.py` says of the archive; `as_of` is aware."""

    languages: tuple[str, ...]
    as_of: datetime
    workers: int
    cache: Path
    url: str
    timezone: str
    tag_authority: str
    latest: int
    feed_max_items: int
    largest_page: int
    largest_file: int
    websub_hub: str
    stages: tuple[str, ...]
    markdown: dict[str, Any]
    ignored: Callable[[str], bool]
    markdown_digest: bytes
    jinja_digest: bytes
    speech: str


def settings_of(pelican: Mapping[str, Any]) -> Settings:
    """The archive's settings out of all of Pelican's."""
    zone = _zone(pelican["TIMEZONE"])
    return Settings(
        languages=_languages(pelican.get("LANGUAGES")),
        as_of=_as_of(pelican.get("AS_OF"), zone),
        workers=_workers(pelican.get("WORKERS")),
        cache=Path(pelican["CACHE_PATH"]).absolute(),
        url=_url(pelican["SITEURL"]),
        timezone=zone.key,
        tag_authority=_authority(pelican.get("TAG_AUTHORITY")),
        latest=_number(pelican, "LATEST", 30),
        feed_max_items=_number(pelican, "FEED_MAX_ITEMS", 50),
        largest_page=_number(pelican, "LARGEST_PAGE", 500_000),
        largest_file=_number(pelican, "LARGEST_FILE", 25 * 1024 * 1024),
        websub_hub=_hub(pelican.get("WEBSUB_HUB")),
        stages=tuple(pelican["PLUGINS"]),
        markdown=_markdown(pelican["MARKDOWN"]),
        ignored=_ignored(pelican["IGNORE_FILES"]),
        markdown_digest=digest(_plain(_markdown(pelican["MARKDOWN"]))),
        jinja_digest=digest(
            [
                _plain(pelican[f"JINJA_{part}"])
                for part in ("ENVIRONMENT", "FILTERS", "GLOBALS", "TESTS")
            ]
        ),
        speech=_speech(pelican.get("SPEECH", WRITTEN)),
    )


def _languages(value: Any) -> tuple[str, ...]:
    form = re.compile(r"[a-z]{2,3}(-[a-z0-9]+)*")
    listed = value if isinstance(value, list | tuple) else ()
    tags = [tag for tag in listed if isinstance(tag, str) and form.fullmatch(tag)]
    if not tags or len(set(tags)) != len(listed):
        raise SettingsError(f'LANGUAGES is {value!r}. Write a list such as ["vi", "en"].')
    return tuple(tags)


def _speech(value: Any) -> str:
    if value not in SPOKEN:
        raise SettingsError(
            f"SPEECH (--lang) is {value!r}. Write a language in which the verbs speak:"
            f" {', '.join(SPOKEN)}."
        )
    return str(value)


def _zone(value: str) -> ZoneInfo:
    try:
        return ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, TypeError, OSError) as error:
        raise SettingsError(
            f'TIMEZONE is {value!r}. Write a zone of the tz database, such as "Asia/Ho_Chi_Minh".'
        ) from error


def _as_of(value: Any, zone: ZoneInfo) -> datetime:
    if value is None:
        return datetime.now(UTC)
    try:
        at = datetime.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise SettingsError(
            f'AS_OF is {value!r}. Write an ISO instant such as "2008-03-21T16:44:00+07:00".'
        ) from error
    return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)


def _workers(value: Any) -> int:
    if value is None:
        return os.cpu_count() or 1
    if not isinstance(value, int) or value < 1:
        raise SettingsError(f"WORKERS is {value!r}. Write a number from 1, or None for all cores.")
    return value


def _url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise SettingsError(
            f"SITEURL is {value!r}. Feeds need the site's whole address:"
            ' write "https://www.example.org".'
        )
    return value.rstrip("/")


def _hub(value: Any) -> str:
    """W3C WebSub: the address of the hub that feeds name, or nothing."""
    if value and urlsplit(str(value)).scheme not in ("http", "https"):
        raise SettingsError(
            f'WEBSUB_HUB is {value!r}. Write the address of a hub, such as "https://hub.example/",'
            ' or "" for none.'
        )
    return str(value or "")


def _authority(value: Any) -> str:
    """RFC 4151: a domain name (or mail address) and a day on which it was one's own."""
    if not isinstance(value, str) or not re.fullmatch(r"[a-z0-9.-]+(@[a-z0-9.-]+)?", value):
        raise SettingsError(
            f'TAG_AUTHORITY is {value!r}. Write a domain of yours, such as "example.org"; feeds are'
            " followed by it, so it must never change."
        )
    return value


def _number(pelican: Mapping[str, Any], name: str, default: int) -> int:
    value = pelican.get(name, default)
    if not isinstance(value, int) or value < 1:
        raise SettingsError(f"{name} is {value!r}. Write a number from 1, such as {default}.")
    return value


def _markdown(value: Mapping[str, Any]) -> dict[str, Any]:
    """The setting as Pelican's reader completes it, in place, when a build begins: verbs that do
    not build must read as a build does, or each would have the other read everything anew.
    """
    named = [*value.get("extensions", ()), *value.get("extension_configs", ()), _META]
    return {"extension_configs": {}} | dict(value) | {"extensions": list(dict.fromkeys(named))}


def _ignored(patterns: list[str]) -> Callable[[str], bool]:
    """Tells file names that Pelican's IGNORE_FILES names; hidden and backup files always."""
    names = [pattern.rpartition("/")[2] for pattern in patterns]
    form = re.compile("|".join(translate(name) for name in [*names, ".*", "*~"]))
    return lambda name: form.match(name) is not None


def _plain(value: Any) -> Any:
    """A setting as something that can be digested: objects by name, code and options."""
    if isinstance(value, Mapping):
        return sorted((str(key), _plain(item)) for key, item in value.items())
    if isinstance(value, list | tuple | set):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, str | int | float | bool):
        return value
    kind = value if hasattr(value, "__qualname__") else type(value)
    file = getattr(sys.modules.get(kind.__module__), "__file__", None)
    code = blake2b(Path(file).read_bytes()).hexdigest() if file else ""
    options = value.getConfigs() if hasattr(value, "getConfigs") else {}
    return [f"{kind.__module__}.{kind.__qualname__}", code, _plain(options)]
