"""Old addresses of a notice (`Aliases`): most lead to its page; at some, a file of it lies too."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from posixpath import basename
from typing import NamedTuple
from unicodedata import normalize
from urllib.parse import unquote

from plugins.model.archive import Attachment
from plugins.model.media import is_media
from plugins.model.notice import Edition


class FormerFile(NamedTuple):
    """An old address of a file, as it is written, and the file that lies there, too."""

    alias: str
    file: Attachment


def is_of_file(alias: str) -> bool:
    """Whether an old address is that of a file, by the ending of its name."""
    return is_media(unquote(alias))


def former_pages(edition: Edition) -> list[str]:
    """The old addresses that lead to the page of an edition."""
    return [alias for alias in edition.aliases if not is_of_file(alias)]


def former_folders(edition: Edition) -> list[str]:
    """The old addresses of its page below which files of its own lay, as this archive has them."""
    top = f"/{edition.language}/"
    return [one for one in former_pages(edition) if one.startswith(top) and one.endswith("/")]


def former_files(
    edition: Edition, siblings: Iterable[Edition], attachments: Mapping[str, Attachment]
) -> Iterator[FormerFile]:
    """The old addresses of files that an edition tells; a file of any of its `siblings`, itself
    among them, may lie there.
    """
    aliases = [alias for alias in edition.aliases if is_of_file(alias)]
    paths = files_of(siblings) if aliases else []
    for alias in aliases:
        if file := attachments.get(named(alias, paths)):
            yield FormerFile(alias, file)


def files_of(editions: Iterable[Edition]) -> list[str]:
    """What editions link or show, sorted: paths relative to the content folder, of sources too."""
    found = {link for edition in editions for link in edition.body.links}
    return sorted(found | {edition.picture.path for edition in editions if edition.picture})


def named(alias: str, paths: Sequence[str]) -> str:
    """The path that ends with the name of an old address; of several, the one whose folders are
    most like its own. Nothing, if none has the name.
    """
    wanted = normalize("NFC", unquote(alias))
    found = [path for path in paths if basename(path) == basename(wanted)]
    return max(found, key=lambda path: _in_common(path, wanted), default="")


def _in_common(path: str, other: str) -> int:
    """How many parts of two paths are the same, from the last one on."""
    pairs = zip(reversed(path.split("/")), reversed(other.split("/")), strict=False)
    return next((n for n, (one, two) in enumerate(pairs) if one != two), len(path.split("/")))
