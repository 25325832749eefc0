"""Media types of the files that may be published (IANA); the code asks no machine for them."""

import re

MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".txt": "text/plain",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".json": "application/json",
    ".geojson": "application/geo+json",
    ".ics": "text/calendar",
    ".rtf": "application/rtf",
    ".epub": "application/epub+zip",
    ".doc": "application/msword",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xls": "application/vnd.ms-excel",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".ppt": "application/vnd.ms-powerpoint",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".odp": "application/vnd.oasis.opendocument.presentation",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".ogg": "audio/ogg",
    ".oga": "audio/ogg",
    ".opus": "audio/ogg",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".ogv": "video/ogg",
    ".vtt": "text/vtt",
    ".zip": "application/zip",
    ".7z": "application/x-7z-compressed",
    ".gz": "application/gzip",
    ".p7s": "application/pkcs7-signature",
    ".p7m": "application/pkcs7-mime",
    ".asc": "application/pgp-signature",
    ".sig": "application/pgp-signature",
}
"""Files in which no browser runs scripts in the name of the site, by their endings."""

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif")
"""The pictures that every browser shows."""

DECODERS = ("PNG", "JPEG", "GIF", "WEBP", "AVIF")
"""What Pillow may take a picture for: some of its other decoders start programs."""

ORIENTATION = 0x0112
"""The tag of EXIF that says how a camera was held; from 5 on it lay on its side."""

VARIANT = re.compile(
    rf"(?:{'|'.join(map(re.escape, PICTURES))})\.[0-9]+\.(?:webp|jpg)\Z", re.IGNORECASE
)
"""How the name of a copy of a picture ends: `anh.jpg.640.webp`, 640 pixels wide."""


def media_type(path: str) -> str:
    """The media type of a file by its name's ending."""
    return MEDIA_TYPES.get(_ending(path), "application/octet-stream")


def is_media(path: str) -> bool:
    """Whether a path is that of a file which may be published, by its name's ending."""
    return _ending(path) in MEDIA_TYPES


def _ending(path: str) -> str:
    return path[path.rfind(".") :].lower() if "." in path else ""
