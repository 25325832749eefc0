"""Vietnamese in an old encoding that was taken for another: letters that nobody can read.

A word counts only if it holds a sign that Vietnamese in Unicode never has there, and if it is a
syllable of Vietnamese once it is read in the old encoding; a file is told if it has two of them.
Sources: TCVN 5712:1993 (VN3), the tables of VNI-Windows and of windows-1258.
"""

import re
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from typing import NamedTuple
from unicodedata import normalize

ENOUGH = 2
"""Words that a file must have: one alone may be a name, or a formula."""

_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
_SYLLABLE = re.compile(
    r"(?:b|ch?|d|đ|gh?|gi|h|kh?|l|m|nh?|ngh?|ph?|qu?|r|s|t[hr]?|v|x)?"
    r"[aăâeêioôơuưy]{1,3}(?:ch?|m|n[gh]?|p|t)?"
)

_TCVN3 = dict(
    zip(
        "¡¢£¤¥¦§¨©ª«¬\xad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        strict=True,
    )
)
_VNI = {
    **dict(zip("ñöôæóòî", "đươỉĩịỵ", strict=True)),
    **{
        base + mark: normalize("NFC", letter + tone)
        for base, letter in zip("aeouyöô", "aeouyươ", strict=True)
        for mark, tone in zip("ùøûõï", "\u0301\u0300\u0309\u0303\u0323", strict=True)
    },
    **{
        base + mark: normalize("NFC", letter + tone)
        for base, letter in zip("aeo", "âêô", strict=True)
        for mark, tone in zip("âáàåãä", ["", *"\u0301\u0300\u0309\u0303\u0323"], strict=True)
    },
    **dict(zip(("aê", "aé", "aè", "aú", "aü", "aë"), "ăắằẳẵặ", strict=True)),
}
_W1258 = {
    **dict(zip("ÌÒÞìò", "\u0300\u0309\u0303\u0301\u0323", strict=True)),
    **dict(zip("ãðõýÃÐÕÝ", "ăđơưĂĐƠƯ", strict=True)),
}
_LETTERS = r"A-Za-z\u00a1-\u00ff\u00ad"
_UTF8 = re.compile(
    r"[A-Za-z]*(?:Ã[\u00a0-\u00bf]|Ä[‘\u0090]|Æ[°¡]|á[º»][\u00a0-\u00bf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ])"
    r"[A-Za-z]*"
)


class Misread(NamedTuple):
    """A word as it stands at a place of a text, what it seems to be, and its encoding."""

    start: int
    word: str
    better: str
    encoding: str


def misread(text: str) -> Misread | None:
    """The first word of a text that seems to be in an old encoding, if it has enough of them."""
    if not _SIGN.search(text):
        return None
    for find in FINDERS:
        found = list(islice(find(text), ENOUGH))
        if len(found) == ENOUGH:
            return found[0]
    return None


def _syllables(
    encoding: str, sign: re.Pattern[str], units: re.Pattern[str], table: dict[str, str], text: str
) -> Iterator[Misread]:
    """Words that hold `sign` and are syllables once each of `units` is what `table` says."""
    if not sign.search(text):
        return
    for match in _WORD.finditer(text):
        word = match[0]
        if sign.search(word):
            better = normalize("NFC", units.sub(lambda unit: table[unit[0]], word))
            if _is_syllable(better):
                yield Misread(match.start(), word, better, encoding)


def _is_syllable(word: str) -> bool:
    """Whether a word could be Vietnamese: its letters, whatever its tone."""
    bare = normalize("NFC", normalize("NFD", word.casefold()).translate(_TONES))
    return _SYLLABLE.fullmatch(bare) is not None


def _twice(text: str) -> Iterator[Misread]:
    """Words in UTF-8 that were taken for windows-1252 and saved as UTF-8 once more."""
    for match in _UTF8.finditer(text):
        try:
            better = match[0].encode("cp1252").decode()
        except ValueError:
            continue
        yield Misread(match.start(), match[0], better, "UTF-8")


def _units(table: dict[str, str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(table, key=len, reverse=True))))


_SIGN = re.compile("[¨©ª«¬®µ¶·¸¹º»¼½¾øûïåäëüöñæîØÛÏÅÄËÜÖÑÆÎÌÒÞðÃ]")
"""What a text must hold for any finder to find something: few do."""

_WORD = re.compile(f"[{_LETTERS}]+")
_VNI_CASED = {
    **_VNI,
    **{unit.upper(): letter.upper() for unit, letter in _VNI.items()},
    **{unit.capitalize(): letter.capitalize() for unit, letter in _VNI.items()},
}

FINDERS: tuple[Callable[[str], Iterator[Misread]], ...] = (
    _twice,
    partial(
        _syllables,
        "TCVN3 (ABC)",
        re.compile("[A-Za-z][¨©ª«¬µ¶·¸¹»¼½¾®]|[¨©ª«¬®¶·¸¹»¼½¾][A-Za-z]"),
        _units(_TCVN3),
        _TCVN3,
    ),
    partial(
        _syllables,
        "VNI",
        re.compile("[øûïåäëüöñæîØÛÏÅÄËÜÖÑÆÎ]"),
        _units(_VNI_CASED),
        _VNI_CASED,
    ),
    partial(
        _syllables,
        "windows-1258",
        re.compile("[aeiouyâêôãõý][ÌÒÞ]|ð"),
        _units(_W1258),
        _W1258,
    ),
)
"""What looks for each encoding; the surest first."""
