"""What all outputs share: another setting, theme or code builds anew all that depends on it."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from plugins.building import digests
from tests.building.contents import TAGS
from tests.building.running import ROOT, Trial, build, difference, tree

MARKDOWN = {
    "extensions": ["markdown.extensions.extra"],  # without the one that gives headings their id
    "extension_configs": {},
}
JINJA = {"autoescape": True, "trim_blocks": False, "lstrip_blocks": False}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SITEURL", "https://example.org/thu-muc"),
        ("TIMEZONE", "America/New_York"),  # a date without an offset is another instant
        ("LANGUAGES", ["en", "vi"]),
        ("TAG_AUTHORITY", "example.net"),
        ("LATEST", 2),
        ("FEED_MAX_ITEMS", 1),
        ("MARKDOWN", MARKDOWN),
        ("MARKDOWN", {**MARKDOWN, "tab_length": 2}),
        ("JINJA_ENVIRONMENT", JINJA),
        ("IGNORE_FILES", ["lien-he*"]),
    ],
)
def test_changed_setting(tmp_path: Path, name: str, value: Any) -> None:
    """Another value of a setting gives what a clean build with it gives; so does the way back."""
    trial = Trial(tmp_path)
    trial.build()
    before = trial.tree()
    trial.settings[name] = value
    trial.build()
    assert trial.untouched(before) != []
    assert difference(trial.tree(), trial.clean()) == []
    del trial.settings[name]
    trial.build()
    assert trial.untouched(before) == []


def test_changed_theme(tmp_path: Path) -> None:
    """A change in any file of the theme is seen on every page: a template, a word, a style."""
    theme = Path(shutil.copytree(ROOT / "theme", tmp_path / "theme"))
    trial = Trial(tmp_path, THEME=str(theme))
    trial.build()
    for path, old, new in (
        ("templates/layout.html", "</main>", "</main><!-- khác -->"),
        ("locale/vi/messages.po", 'msgstr "Sự kiện"', 'msgstr "Sự kiện khác"'),
        ("components/cards/cards.html", "</ol>", "</ol><!-- khác -->"),
        ("components/cards/cards.css", ".card {", ".card, .khac {"),
        ("static/base.css", "body {", "body, .khac {"),
    ):
        text = (theme / path).read_text(encoding="utf-8")
        assert old in text
        before = trial.tree()
        (theme / path).write_text(text.replace(old, new), encoding="utf-8")
        trial.build()
        assert trial.untouched(before) != []
        assert difference(trial.tree(), trial.clean()) == []


def test_overridden_template(tmp_path: Path) -> None:
    """A template of the webmaster's own (THEME_TEMPLATES_OVERRIDES) is seen, and a change in it."""
    own = tmp_path / "own"
    own.mkdir()
    trial = Trial(tmp_path)
    trial.build()
    trial.settings["THEME_TEMPLATES_OVERRIDES"] = [str(own)]
    text = (ROOT / "theme/templates/redirect.html").read_text(encoding="utf-8")
    for number in range(2):
        before = trial.tree()
        (own / "redirect.html").write_text(f"{text}<!-- {number} -->\n", encoding="utf-8")
        trial.build()
        assert trial.untouched(before) != []
        assert difference(trial.tree(), trial.clean()) == []


BODY = """

from msgspec.structs import replace

_render = Renderer.render


def _louder(*arguments):
    found = _render(*arguments)
    return replace(found, html=found.html + "<p>!</p>")


Renderer.render = _louder
"""
NOTICES = """

_render = render


def render(*arguments):
    return _render(*arguments).replace(b"</main>", b"!</main>")
"""
WORDS = """

_time = LanguageWords.time
LanguageWords.time = lambda words, at: _time(words, at) + "!"
"""
NOTICE = """

_phase = Event.phase
Event.phase = lambda event, as_of, zone: Phase.PAST
"""


@pytest.mark.parametrize(
    ("module", "addition"),
    [
        ("plugins/reading/body.py", BODY),
        ("plugins/outputs/notices/__init__.py", NOTICES),
        ("plugins/building/words.py", WORDS),
        ("plugins/model/notice.py", NOTICE),
    ],
    ids=lambda value: value if value.endswith(".py") else "",
)
def test_changed_code(tmp_path: Path, module: str, addition: str) -> None:
    """Another version of the code gives what a clean build by it gives, from the old cache too."""
    root = tmp_path / "checkout"
    for name in ("plugins", "theme"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "pelicanconf.py", root)
    trial = Trial(tmp_path)
    build(*trial.folders, root=root)
    before = trial.tree()
    with (root / module).open("a", encoding="utf-8") as code:
        code.write(addition)
    build(*trial.folders, root=root)
    build(trial.source, tmp_path / "clean", tmp_path / "clean-cache", root=root)
    clean = tree(tmp_path / "clean")
    assert [path for path in difference(before, clean) if ".html" in path] != []
    assert difference(trial.tree(), clean) == []


def test_relabelled_term(tmp_path: Path) -> None:
    """Another label of a tag re-reads no text, and is seen wherever the tag is shown."""
    trial = Trial(tmp_path)
    trial.build()
    trial.content.labels[TAGS[0]] = "Nhãn khác"
    trial.build()
    assert difference(trial.tree(), trial.clean()) == []
    assert "Nhãn khác vi" in (trial.out / "vi/tags/index.html").read_text(encoding="utf-8")


def test_a_link_that_leads_nowhere(tmp_path: Path) -> None:
    """Editors lock a file by such a link beside it; it is no part of the theme."""
    (tmp_path / "layout.html").write_text("layout", encoding="utf-8")
    before = digests.of_theme(tmp_path)
    (tmp_path / ".#layout.html").symlink_to("somebody@somewhere.1:2")
    assert digests.of_theme(tmp_path) == before
    (tmp_path / "other.html").write_text("", encoding="utf-8")
    assert digests.of_theme(tmp_path) != before
