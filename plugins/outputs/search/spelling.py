"""How text stands in the index, so that a word is found however it is typed.

Pagefind takes the marks off every letter that Unicode decomposes, keeps the word with its marks
beside it, and prefers what has the same. Two things it does not know:

- đ is no d with a mark (Unicode decomposes it to nothing). It stands as ḏ, which is one.
- `hoà` and `hòa` are one word: the tone of an open `oa`, `oe`, `uy` is written on either letter.
  It stands on the first. A soft hyphen after it, which Pagefind skips, says that it stood on the
  second.

A filter is a word too, that no text holds.

`theme/static/search.js` writes what is typed in the same way, and undoes it in what is shown.
"""

import re
from itertools import product
from unicodedata import normalize

SECOND = "\u00ad"
"""After a syllable: its tone stood on its second vowel."""

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_PAIRS = [form for pair in ("oa", "oe", "uy") for form in (pair, pair.capitalize(), pair.upper())]
_MOVED = {
    normalize("NFC", pair + tone): normalize("NFC", pair[0] + tone + pair[1]) + SECOND
    for pair, tone in product(_PAIRS, _TONES)
}
_SYLLABLE = re.compile(rf"(?<![qQ])[oOuU][{''.join(sorted({pair[1] for pair in _MOVED}))}](?!\w)")
"""The u of `quý` belongs to its consonant; before a consonant the tone has one place."""

_LETTERS = (("ḏ", "d"), ("Ḏ", "D"), ("đ", "ḏ"), ("Đ", "Ḏ"), (SECOND, ""))


def indexed(text: str) -> str:
    """Text in composed Unicode (NFC), as it stands in the index: its words with a space between."""
    for letter, other in _LETTERS:
        text = text.replace(letter, other)
    plain = " ".join(text.split())
    return _SYLLABLE.sub(lambda found: _MOVED.get(found[0], found[0]), plain)


def filtering(name: str, value: str) -> str:
    """The word that stands for a value of a filter, a key of letters, digits and hyphens; none
    begins another.
    """
    return f"0f{name}0v{value.replace('0', '0x').replace('-', '0y')}0z"
