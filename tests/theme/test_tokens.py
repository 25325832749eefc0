"""Tests of `theme/static/tokens.css`: colours that can be told apart, in light and in dark."""

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT

STATIC = ROOT / "theme/static"
CSS = (STATIC / "tokens.css").read_text(encoding="utf-8")
_LIGHT, _DARK = (
    dict(re.findall(r"--([a-z-]+): (#[0-9a-f]+);", part))
    for part in CSS.split("@media (prefers-color-scheme: dark)")
)
SCHEMES = {"light": _LIGHT, "dark": _LIGHT | _DARK}

PANELS = ("paper", "panel", "warning-panel", "note-panel")
TEXTS = ("ink", "quiet", "link", "visited")
READ = [
    *((text, panel) for text in TEXTS for panel in PANELS),
    *((text, panel) for text in ("brand", "warning", "note") for panel in ("paper", "panel")),
    *(("warning", "warning-panel"), ("note", "note-panel")),
    *(("on-brand", "brand"), ("on-focus", "focus")),
]
"""Text and what it stands on."""

SEEN = [(line, panel) for line in ("edge", "ink", "brand") for panel in PANELS[:2]]
"""Borders of controls, rings of what has the focus, marks of what is current."""


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    digits = colour[1:]
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, contrast ratio: 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("needed", "pairs"), [(7, READ), (3, SEEN)], ids=["text", "lines"])
def test_colours_stand_out(scheme: str, needed: float, pairs: list[tuple[str, str]]) -> None:
    """Text has the contrast of WCAG 2.2 AAA (1.4.6), what must be seen that of 1.4.11."""
    tokens = SCHEMES[scheme]
    found = {(a, b): round(contrast(tokens[a], tokens[b]), 2) for a, b in pairs}
    assert {pair: ratio for pair, ratio in found.items() if ratio < needed} == {}


def test_the_measure_of_contrast() -> None:
    """Black on white is 21; the grey that WCAG's authors call just AA on white is 4.5."""
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#fff") == pytest.approx(4.54, abs=0.01)


def test_frames_have_the_tokens_of_the_site() -> None:
    """The frames' own sheet, which partners' readers load alone, says the same colours."""
    frame = (STATIC / "frame.css").read_text(encoding="utf-8")
    for one, other in zip(frame.split("@media ("), CSS.split("@media ("), strict=True):
        site = dict(re.findall(r"--([a-z-]+): ([^;]+);", other))
        own = dict(re.findall(r"--([a-z-]+): ([^;]+);", one))
        assert own.items() <= site.items()
    assert len(own) > 5


def test_only_tokens_have_colours() -> None:
    """Components and layout name colours by their tokens, so that dark mode is complete."""
    files = [*(ROOT / "theme/components").glob("*/*.css"), *STATIC.glob("*.css")]
    own = {"tokens.css", "print.css", "frame.css"}  # paper is white; frames are sheets of their own
    found = {
        file.name: re.findall(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl)a?\(", file.read_text())
        for file in files
        if file.name not in own
    }
    assert {name: colours for name, colours in found.items() if colours} == {}


def test_every_token_that_is_used_is_there() -> None:
    """A misspelt custom property would silently be nothing."""
    css = [*(ROOT / "theme/components").glob("*/*.css"), *STATIC.glob("*.css")]
    used = {name for f in css for name in re.findall(r"var\(--([a-z0-9-]+)", f.read_text())}
    assert used - set(re.findall(r"--([a-z0-9-]+):", CSS)) == set()


@pytest.mark.parametrize("file", sorted(STATIC.glob("*.css")), ids=lambda file: file.name)
def test_lines_leave_room_for_stacked_marks(file: Path) -> None:
    """No line is lower than 1.5: letters such as Ể and Ỗ carry two marks. The 0 of a footnote's
    number leaves lines as they are.
    """
    text = file.read_text(encoding="utf-8")
    heights = re.findall(r"line-height: ([\d.]+)|font:[^;]*?/\s*([\d.]+)", text)
    assert [h for pair in heights for h in pair if h and 0 < float(h) < 1.5] == []
