"""A bucket: objects by path, and what goes wrong there, in words."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from plugins.publishing.targets.settings import S3Setting
from plugins.speaking import Trouble

if TYPE_CHECKING:
    from obstore import PutMode
    from obstore.store import S3Config

ATTEMPTS, PATIENCE = 4, timedelta(seconds=30)
"""How often a request is tried, and for how long altogether."""


class Found(NamedTuple):
    """An object: its bytes, its version, when it was written by the clock of the storage."""

    data: bytes
    etag: str
    written: datetime


KEYS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
"""The variables of the environment that hold the keys."""


class Bucket:
    """The objects of a bucket below a prefix."""

    def __init__(self, setting: S3Setting) -> None:
        from obstore.store import S3Store

        self.place = "/".join(
            part
            for part in (setting.endpoint.rstrip("/") or "s3:/", setting.bucket, setting.prefix)
            if part
        )
        if setting.keys == "environment":
            _with_keys(self.place)
        config: S3Config = {"region": setting.region}
        if setting.endpoint:
            config["endpoint"] = setting.endpoint.rstrip("/")
        self._store = S3Store(
            setting.bucket,
            prefix=setting.prefix or None,
            config=config,
            client_options={
                "allow_http": setting.endpoint.startswith("http:"),
                "connect_timeout": "10s",
                "timeout": "60s",
            },
            retry_config={"max_retries": ATTEMPTS - 1, "retry_timeout": PATIENCE},
        )

    def get(self, path: str) -> Found | None:
        """An object; nothing if there is none."""
        import obstore
        from obstore.exceptions import NotFoundError

        with self._told():
            try:
                result = obstore.get(self._store, path)
            except (NotFoundError, FileNotFoundError):
                return None
            meta = result.meta
            return Found(bytes(result.bytes()), meta["e_tag"] or "", meta["last_modified"])

    def put(self, path: str, data: bytes, mode: "PutMode", media: str, cache: str) -> str | None:
        """Write an object; gives its version, or nothing if `mode` forbids it: `create`, and there
        is one; a version, and there is another.
        """
        import obstore
        from obstore.exceptions import AlreadyExistsError, NotFoundError, PreconditionError

        said = {"Content-Type": media, "Cache-Control": cache}
        with self._told():
            try:
                result = obstore.put(
                    self._store, path, data, attributes=said, mode=mode, use_multipart=False
                )
            except (AlreadyExistsError, PreconditionError):
                return None
            except (NotFoundError, FileNotFoundError):
                if isinstance(mode, dict):
                    return None  # the version that it was is gone
                raise
            return result["e_tag"] or ""

    def remove(self, paths: Sequence[str]) -> None:
        """Remove objects; one that is not there is no fault."""
        import obstore

        with self._told():
            obstore.delete(self._store, list(paths))

    def strangers(self, ours: str) -> list[str]:
        """Some of the objects that are not in our folder, if there are any."""
        import obstore

        with self._told():
            for chunk in obstore.list(self._store, chunk_size=50):
                found = [one["path"] for one in chunk if not one["path"].startswith(f"{ours}/")]
                if found:
                    return found
        return []

    @contextmanager
    def _told(self) -> Iterator[None]:
        from obstore.exceptions import (
            BaseError,
            NotFoundError,
            PermissionDeniedError,
            UnauthenticatedError,
        )

        try:
            yield
        except (PermissionDeniedError, UnauthenticatedError, PermissionError) as error:
            raise Trouble(
                "{place} refuses us. See that AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are set"
                " and may write there.",
                place=self.place,
            ) from error
        except (NotFoundError, FileNotFoundError) as error:
            raise Trouble("{place} does not exist. Make the bucket first.", place=self.place) from (
                error
            )
        except (BaseError, OSError) as error:
            raise Trouble(
                "{place} cannot be reached, or does not answer as it should: {error}",
                place=self.place,
                error=str(error).strip().partition("\n")[0][:300],
            ) from error


def _with_keys(place: str) -> None:
    """Raises `Trouble` if the environment has no keys; the library would ask the cloud for some."""
    missing = [name for name in KEYS if not os.environ.get(name)]
    if missing:
        raise Trouble(
            "There are no keys for {place}: set {names} in the environment. On a machine that is"
            " given its keys by the cloud, write “keys”: “machine” in PUBLISH.",
            place=place,
            names=", ".join(missing),
        )
