"""The files that notices link: what they hold, and whether a picture among them can be shown."""

import warnings
from hashlib import blake2b
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from plugins.model.archive import Attachment, Form
from plugins.model.media import DECODERS, ORIENTATION, PICTURES

MOST_PIXELS = 64_000_000
"""A phone that shows a picture holds it whole, four bytes a pixel; so does who makes it smaller."""

SEVERAL_VIEWS = "MPO"
"""A JPEG with a second view of the same moment, as phones write it; browsers show the first."""


class Look(NamedTuple):
    """What a picture is, its width and height in pixels."""

    form: Form
    width: int = 0
    height: int = 0


def measure(content: Path, path: str, real: str) -> Attachment:
    """The file `real` of the content folder, whose composed path is `path`, looked through."""
    try:
        data = (content / real).read_bytes()
    except OSError:
        return Attachment(path, real, 0, b"", form=Form.BROKEN)
    is_picture = path.lower().endswith(PICTURES)
    form, width, height = _look(data) if is_picture else Look(Form.FILE)
    fingerprint = blake2b(data, digest_size=16).digest()
    return Attachment(path, real, len(data), fingerprint, width, height, form)


def _look(data: bytes) -> Look:
    """A picture, opened to its end: only then is it known to be whole."""
    from PIL import Image  # a slow import that most builds do not need

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of metadata that nobody reads
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(BytesIO(data), formats=DECODERS) as picture:
                width, height = picture.size
                if picture.getexif().get(ORIENTATION, 1) >= 5:
                    width, height = height, width
                if width * height > MOST_PIXELS:
                    return Look(Form.TOO_LARGE, width, height)
                moves = getattr(picture, "n_frames", 1) > 1 and picture.format != SEVERAL_VIEWS
                picture.draft(picture.mode, (1, 1))  # as quickly as its kind allows
                picture.load()
                return Look(Form.MOVING if moves else Form.PICTURE, width, height)
        except (Image.DecompressionBombWarning, Image.DecompressionBombError):
            return Look(Form.TOO_LARGE)
        except Exception:  # whatever its decoder stumbles over: there are many ways to be broken
            return Look(Form.BROKEN)
