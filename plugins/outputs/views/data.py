"""Data in a page, for programs: JSON in a script element, which no text in it can end."""

from markupsafe import Markup, escape
from msgspec import json

_encode = json.Encoder().encode


def data_element(media: str, value: object, name: str = "") -> Markup:
    """The element that holds `value` under a media type; `name` is its id."""
    text = _encode(value).decode()
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    named = f' id="{escape(name)}"' if name else ""
    return Markup(f'<script type="{media}"{named}>{text}</script>')  # noqa: S704 (escaped)
