"""The code knows a list of languages, never which they are (law 6)."""

import ast
import re
import shutil
from pathlib import Path

import pytest

from tests.building.contents import Content, Source, a_notice, a_translation
from tests.conftest import ROOT, SITE, URL, Build
from tests.outputs.visiting import Visit, alternates, visit

FOR_ALL = ("/", "/404.html")
"""Pages that are in all languages, the default one first."""

LANGUAGES = {folder.name for folder in (ROOT / "theme/locale").iterdir()}

PLUGINS = ROOT / "plugins"
MODULES = sorted(file.relative_to(PLUGINS).as_posix() for file in PLUGINS.rglob("*.py"))


def strings(module: Path) -> set[str]:
    """Every string literal of a module."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    return {
        n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)
    }


@pytest.mark.parametrize("module", MODULES)
def test_no_module_names_a_language(module: str) -> None:
    """The languages of the site are in the settings, their words in the theme."""
    assert strings(PLUGINS / module) & LANGUAGES == set()


def test_no_template_names_a_language() -> None:
    """A template is for all languages; it asks the view which one it prints."""
    quoted = re.compile(f"[\"']({'|'.join(LANGUAGES)})[\"']")
    for template in (ROOT / "theme").rglob("*.html"):
        assert quoted.search(template.read_text(encoding="utf-8")) is None, template.name


def test_any_language_can_be_the_first(build: Build, site: Path, tmp_path: Path) -> None:
    """With the languages in another order, the same pages are there, and another one is default."""
    build(SITE, tmp_path / "out", tmp_path / "cache", LANGUAGES=["en", "vi"])
    swapped, usual = visit(tmp_path / "out", URL), visit(site, URL)
    assert swapped.pages.keys() == usual.pages.keys()
    for address in FOR_ALL:
        assert usual.pages[address].html["lang"] == "vi"
        assert swapped.pages[address].html["lang"] == "en"
    assert [door["lang"] for door in swapped.pages["/"].select(".door")] == ["en", "vi"]
    for address, page in usual.pages.items():
        other = swapped.pages[address]
        assert alternates(other) == alternates(page), address
        assert address in FOR_ALL or other.main.get_text() == page.main.get_text(), address


def a_content(original: str, *others: str) -> Content:
    """A notice, an event and a standing page in these languages."""
    event = a_notice(Kind="event", Starts="2008-04-20")
    notice = a_notice(Category="tin-hoat-dong", Tags="dich-vu-cong")
    page = Source({"Title": "Giới thiệu"}, "Về kho.")
    sources = {
        f"2008/03/hoi-nghi.{original}.md": notice,
        f"2008/04/su-kien.{original}.md": event,
        f"pages/gioi-thieu.{original}.md": page,
    }
    for other in others:
        sources[f"2008/03/hoi-nghi.{other}.md"] = a_translation()
        sources[f"2008/04/su-kien.{other}.md"] = a_translation()
        sources[f"pages/gioi-thieu.{other}.md"] = page
    return Content(sources, menu=["gioi-thieu"])


def with_third(registry: str) -> str:
    """A registry that says in a third language what it says in the second."""
    tables = re.sub(r'^en = (".*")$', r"en = \1\nfr = \1", registry, flags=re.MULTILINE)
    return re.sub(r'([{,]) en = ("[^"]*")', r"\1 en = \2, fr = \2", tables)


def tree(visited: Visit, language: str) -> set[str]:
    """The files of a language, below its folder."""
    folder = visited.folder / language
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_one_language_is_enough(build: Build, tmp_path: Path, language: str) -> None:
    """A site in one language says nothing of others, whichever it is."""
    content = a_content(language).write(tmp_path / "content")
    build(content, tmp_path / "out", tmp_path / "cache", LANGUAGES=[language])
    visited = visit(tmp_path / "out", URL)
    folders = {address.split("/")[1] for address in visited.pages}
    assert folders == {"", "404.html", language}
    assert f"/{language}/2008/03/hoi-nghi/" in visited.pages
    for page in visited.pages.values():
        assert page.html["lang"] == language
        assert alternates(page).keys() <= {language, "x-default"}
        assert {link["hreflang"] for link in page.select("nav.languages a")} <= {language}
        assert page.select(".missing") == []


def test_a_third_language_needs_no_code(build: Build, tmp_path: Path) -> None:
    """With a folder of words in the theme and labels in the registries, a language is whole."""
    theme = tmp_path / "theme"
    shutil.copytree(ROOT / "theme", theme)
    shutil.copytree(theme / "locale/en", theme / "locale/fr")
    words = theme / "locale/fr/language.toml"
    text = words.read_text(encoding="utf-8").replace('"en"', '"fr"')
    words.write_text(text.replace('"English"', '"Français"'), encoding="utf-8")
    content = a_content("vi", "en", "fr").write(tmp_path / "content")
    for name in ("site.toml", "taxonomy.toml"):
        registry = content / name
        text = registry.read_text(encoding="utf-8")
        registry.write_text(with_third(text), encoding="utf-8")
    languages = ["vi", "en", "fr"]
    build(content, tmp_path / "out", tmp_path / "cache", LANGUAGES=languages, THEME=str(theme))
    visited = visit(tmp_path / "out", URL)
    assert tree(visited, "fr") == tree(visited, "en")
    assert alternates(visited.pages["/fr/2008/03/hoi-nghi/"]).keys() == {*languages}
    assert [door["lang"] for door in visited.pages["/"].select(".door")] == languages


@pytest.mark.parametrize("languages", [["vi", "en"], ["en", "vi"]])
@pytest.mark.parametrize(("original", "other"), [("vi", "en"), ("en", "vi")])
def test_the_original_is_what_appeared_first(
    build: Build, tmp_path: Path, languages: list[str], original: str, other: str
) -> None:
    """A translation that appeared later may be in any language, the default one too."""
    content = Content(
        {
            f"2008/03/hoi-nghi.{original}.md": a_notice(Tags="dich-vu-cong"),
            f"2008/03/hoi-nghi.{other}.md": a_translation(Date="2008-04-01 08:00"),
        }
    )
    folder = content.write(tmp_path / "content")
    build(folder, tmp_path / "out", tmp_path / "cache", LANGUAGES=languages)
    visited = visit(tmp_path / "out", URL)
    for language, day in ((original, "2008-03-21"), (other, "2008-04-01")):
        page = visited.pages[f"/{language}/2008/03/hoi-nghi/"]
        assert str(page.select_one(".published time")["datetime"]).startswith(day)
        assert page.select(".tags a"), "the translation inherits the tags"
