"""What renderers are given."""

from pathlib import Path

from jinja2 import Environment

from plugins.building.ledger import Reader
from plugins.building.press import KEPT, ThemePress
from tests.conftest import ROOT
from tests.model.builders import a_site


def a_press(folder: Path, theme: Path = ROOT / "theme") -> ThemePress:
    """A press of a theme, which has no body."""
    return ThemePress(a_site(), Environment(), theme, folder, Reader(folder).body)


def test_once(tmp_path: Path) -> None:
    """What stands under a key is made once; another key is another thing."""
    press, made = a_press(tmp_path), []

    def make() -> list[int]:
        made.append(1)
        return list(made)

    assert press.once(b"a", make) is press.once(b"a", make)
    assert press.once(b"b", make) == [1, 1]


def test_what_is_kept_has_a_limit(tmp_path: Path) -> None:
    """The oldest gives way, and is made again when it is asked for."""
    press = a_press(tmp_path)
    for number in range(KEPT + 1):
        press.once(str(number).encode(), lambda number=number: [number])
    assert press.once(b"0", lambda: ["again"]) == ["again"]
    assert press.once(str(KEPT).encode(), lambda: ["again"]) == [KEPT]


def test_words_of_templates_are_html(tmp_path: Path) -> None:
    """A template prints words as they are read, whatever signs are in them."""
    press = a_press(tmp_path)
    template = Environment(autoescape=True).from_string("{{ _('Topics') }}")
    assert template.render(_=press._label("vi")) == "Chủ đề"
    assert str(press._label("vi")("a < b & c")) == "a &lt; b &amp; c"
