"""Tests of `theme/components`: every example of every component is printed and parsed."""

import re
from pathlib import Path
from typing import Any

import html5lib
import pytest
from jinja2 import Environment, StrictUndefined

from plugins.building.catalogue import catalogue, write
from plugins.building.components import STYLE, Example, examples, loader, printed, stylesheet
from tests.building.test_press import a_press
from tests.conftest import ROOT

THEME = ROOT / "theme"
OPTIONS: dict[str, Any] = {
    "autoescape": True,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "undefined": StrictUndefined,
}
FOLDERS = sorted(folder.name for folder in (THEME / "components").iterdir())
EXAMPLES = list(examples(THEME))
NAMES = {"usual", "long", "empty", "marks", "markup"}
"""What every component is shown with."""

HOSTILE = '<&"'


def markup(example: Example) -> str:
    """What a component prints of an example."""
    return printed(Environment(loader=loader(THEME), **OPTIONS), example)


@pytest.mark.parametrize("name", FOLDERS)
def test_a_component_is_whole(name: str) -> None:
    """Its folder holds markup, examples and perhaps styles, all of its name, and nothing else."""
    files = {file.name for file in (THEME / "components" / name).iterdir()}
    whole = {f"{name}.html", "examples.toml"}
    assert whole <= files <= {*whole, f"{name}.css"}
    assert {e.name for e in EXAMPLES if e.component == name} >= NAMES


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: f"{e.component}-{e.name}")
def test_an_example_is_html(example: Example) -> None:
    """A strict parser finds nothing wrong, and no style or handler that a policy would refuse."""
    tree = html5lib.HTMLParser(strict=True).parseFragment(markup(example))
    attributes = {str(name) for element in tree.iter() for name in element.attrib}
    assert not {name for name in attributes if name == "style" or name.startswith("on")}


@pytest.mark.parametrize("name", FOLDERS)
def test_what_is_given_is_text(name: str) -> None:
    """Characters that HTML reserves are printed as text, wherever they are given."""
    found = markup(next(e for e in EXAMPLES if (e.component, e.name) == (name, "markup")))
    assert HOSTILE not in found
    tree = html5lib.parseFragment(found)
    texts = ["".join(tree.itertext()), *(v for e in tree.iter() for v in e.attrib.values())]
    assert any(HOSTILE in text for text in texts)


def test_the_catalogue_shows_every_example(tmp_path: Path) -> None:
    """The page is HTML, names all components, and stands beside the style sheet."""
    write(THEME, tmp_path, OPTIONS)
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert page == catalogue(THEME, OPTIONS)
    html5lib.HTMLParser(strict=True).parse(page)
    assert re.findall("<h2>(.*)</h2>", page) == FOLDERS
    assert re.findall("<h3>(.*)</h3>", page).count("usual") == len(FOLDERS)
    assert (tmp_path / "site.css").read_bytes() == stylesheet(THEME)


def parts() -> list[str]:
    """Every file that the style sheet is made of."""
    layers = [f"static/{name}.css" for name in ("tokens", "base", "layout", "print")]
    return [*layers, *(str(f.relative_to(THEME)) for f in THEME.glob("components/*/*.css"))]


def a_theme(folder: Path) -> Path:
    """The parts of the style sheet, each with a rule that names it."""
    for part in parts():
        (folder / part).parent.mkdir(parents=True, exist_ok=True)
        (folder / part).write_text(f"/* {part} */\n\n.x {{\n  --part: {part};\n}}\n")
    return folder


def test_the_style_sheet_is_in_layers(tmp_path: Path) -> None:
    """Tokens, base, layout, the components by name, print; no comments."""
    text = stylesheet(a_theme(tmp_path)).decode()
    tokens, base, layout, printing, *own = parts()
    assert text.startswith("@layer tokens, base, layout, components, print;\n@layer tokens {\n.x {")
    assert re.findall("--part: (.*);", text) == [tokens, base, layout, *sorted(own), printing]
    assert "/*" not in text
    assert "\n\n" not in text


@pytest.mark.parametrize("part", parts())
def test_a_changed_part_changes_the_address(tmp_path: Path, part: str) -> None:
    """Browsers keep the style sheet for ever: whatever changes in it changes its mark."""
    theme = a_theme(tmp_path)
    before = a_press(tmp_path, theme).fingerprint(STYLE)
    (theme / part).write_text(".y {}")
    assert a_press(tmp_path, theme).fingerprint(STYLE) != before
