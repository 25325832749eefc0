"""What a translation is made from: the words of an original, told by a digest."""

from collections.abc import Iterable
from hashlib import blake2b

from plugins.reading.header import Field
from plugins.reading.values import WORDS

TRANSLATED = ("Title", "Summary", *WORDS, "Image_alt", "Image_caption")
"""The keys whose values are words; what else a header says is the same in every language."""


def digest_of_words(fields: Iterable[Field], body: str) -> str:
    """16 hexadecimal digits that stand for an edition's words: what `Translation_of` holds.

    BLAKE2b (RFC 7693) with 8 bytes of: a line `Key: value` for each key of `TRANSLATED` that has a
    value, in this order; an empty line; the body. White space between words counts as one space, so
    that a text can be wrapped anew. This never changes: files hold it.
    """
    values = {field.key: field.text for field in reversed([*fields])}
    told = [f"{key}: {_plain(values[key])}" for key in TRANSLATED if values.get(key)]
    text = "\n".join([*told, "", _plain(body)])
    return blake2b(text.encode(), digest_size=8).hexdigest()


def _plain(text: str) -> str:
    """Its words, a space between them. Most texts hold no other white space than spaces and ends of
    lines, which are put together sooner than words are taken apart.
    """
    line = text.replace("\n", " ")
    if not line.isprintable():  # as all other white space is
        return " ".join(text.split())
    while "  " in line:
        line = line.replace("  ", " ")
    return line.strip()
