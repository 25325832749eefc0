"""Media types of files that are published."""

import mimetypes

import pytest

from plugins.model.media import MEDIA_TYPES, media_type


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("2008/03/hop/toan-van.pdf", "application/pdf"),
        ("2008/03/hop/ANH.JPG", "image/jpeg"),
        ("2008/03/hop/so.lieu.csv", "text/csv"),
        ("2008/03/hop/khong-duoi", "application/octet-stream"),
        ("2008.pdf/03/hop", "application/octet-stream"),
    ],
)
def test_media_type(path: str, expected: str) -> None:
    """The ending of the name says it, whatever its case; what is not known is a lot of bytes."""
    assert media_type(path) == expected


def test_types_agree_with_the_standard_library() -> None:
    """Where Python knows an ending by itself, it says the same."""
    known = mimetypes.MimeTypes(()).types_map[1]
    same = {ending for ending, name in MEDIA_TYPES.items() if known.get(ending) == name}
    other = {ending for ending in MEDIA_TYPES.keys() & known.keys() if ending not in same}
    assert len(same) > 15
    assert other <= {".m4a", ".opus", ".p7s", ".p7m", ".gz"}


def test_no_type_runs_scripts() -> None:
    """HTML, SVG and XML are not among the files that may be published."""
    assert not any(
        "html" in name or "svg" in name or "script" in name for name in MEDIA_TYPES.values()
    )
