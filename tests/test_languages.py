"""The code knows a list of languages, never which they are (law 6)."""

import ast
import re
import shutil
from pathlib import Path

import pytest

from tests.building.contents import Content, Source, a_notice, a_translation
from tests.conftest import ROOT, SITE, URL, Build
from tests.outputs.visiting import Visit, alternates, is_frame, visit

FOR_ALL = ("/", "/404.html")
"""Pages that are in all languages, the default one first."""

LANGUAGES = {folder.name for folder in (ROOT / "theme/locale").iterdir()}

WRITTEN_IN = {"speaking/__init__.py": {"en"}}
"""The language in which the code is written, whatever those of the site are, is named once."""

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
    assert strings(PLUGINS / module) & LANGUAGES == WRITTEN_IN.get(module, set())


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
        versions, swapped_versions = alternates(page), alternates(other)
        if versions.pop("x-default", None) not in (f"{URL}/", None):
            assert swapped_versions.pop("x-default") == versions["en"]
        swapped_versions.pop("x-default", None)
        assert swapped_versions == versions, address
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
    """The files of a language, below its folder, without those that Pagefind names by what they
    hold.
    """
    folder = visited.folder / language
    files = (file for file in folder.rglob("*") if file.is_file() and ".pf_" not in file.name)
    return {file.relative_to(folder).as_posix() for file in files}


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


FRENCH = {
    "language.toml": {'"en"': '"fr"', '"English"': '"Français"', '"en_GB"': '"fr_FR"'},
    "messages.po": {
        "Language: en": "Language: fr",
        'msgstr "Skip to content"': 'msgstr "Aller au contenu"',
        'msgstr "Events"': 'msgstr "Événements"',
    },
}
"""What makes of the English words some French ones: enough to see whose they are."""


def with_french(theme: Path) -> Path:
    """A copy of the theme that speaks French too: two files more, none changed."""
    shutil.copytree(ROOT / "theme", theme)
    french = Path(shutil.copytree(theme / "locale/en", theme / "locale/fr"))
    for name, words in FRENCH.items():
        text = (french / name).read_text(encoding="utf-8")
        for old, new in words.items():
            assert old in text
            text = text.replace(old, new)
        (french / name).write_text(text, encoding="utf-8")
    return theme


@pytest.fixture(scope="module")
def trilingual(build: Build, tmp_path_factory: pytest.TempPathFactory) -> Visit:
    """A site in three languages; a notice more is in the first of them only."""
    folder = tmp_path_factory.mktemp("trilingual")
    sources = a_content("vi", "en", "fr")
    sources.sources["2008/05/chi-mot-thu-tieng.vi.md"] = a_notice(Date="2008-05-05 08:00")
    content = sources.write(folder / "content")
    for name in ("site.toml", "taxonomy.toml"):
        registry = content / name
        registry.write_text(with_third(registry.read_text(encoding="utf-8")), encoding="utf-8")
    theme = str(with_french(folder / "theme"))
    build(content, folder / "out", folder / "cache", LANGUAGES=THREE, THEME=theme)
    return visit(folder / "out", URL)


THREE = ["vi", "en", "fr"]
NOTICE = "/fr/2008/03/hoi-nghi/"


def test_a_third_language_needs_no_code(trilingual: Visit) -> None:
    """With a folder of words in the theme and labels in the registries, a language is whole: every
    page, feed and calendar that another language has.
    """
    files = tree(trilingual, "fr")
    assert files == tree(trilingual, "en")
    assert {"index.html", "feed.xml", "feed.atom", "calendar.ics", "404.html"} <= files
    assert {f"{NOTICE[4:]}index.html", "events/feed.json", "tag/dich-vu-cong-en/feed.xml"} <= files


def test_a_third_language_is_in_every_switch(trilingual: Visit) -> None:
    """Each page leads to its versions in the other two, and says where there is none."""
    assert [door["lang"] for door in trilingual.pages["/"].select(".door")] == THREE
    assert alternates(trilingual.pages[NOTICE]).keys() == {*THREE, "x-default"}
    for address, page in trilingual.pages.items():
        items = page.select("nav.languages li > *")
        if not is_frame(page) and address not in FOR_ALL:
            assert [item["lang"] for item in items] == THREE, address
    alone = trilingual.pages["/vi/2008/05/chi-mot-thu-tieng/"].select("nav.languages .missing")
    assert [note["lang"] for note in alone] == ["en", "fr"]


def test_a_third_language_speaks_for_itself(trilingual: Visit) -> None:
    """Its pages, feeds and calendars are in its words, and say that they are."""
    own = {a: p for a, p in trilingual.pages.items() if a.startswith("/fr/") and not is_frame(p)}
    assert len(own) > 15
    for page in own.values():
        assert page.html["lang"] == "fr"
        assert page.select_one(".skip").get_text() == "Aller au contenu"
        assert "Événements" in page.select_one(".menu").get_text()
    assert "21 mars 2008" in own[NOTICE].main.get_text()
    assert own[NOTICE].select_one('meta[property="og:locale"]')["content"] == "fr_FR"
    feed = (trilingual.folder / "fr/feed.atom").read_text(encoding="utf-8")
    assert 'xml:lang="fr"' in feed
    assert ",2008:2008/03/hoi-nghi/fr<" in feed
    for address in (NOTICE, "/fr/tag/dich-vu-cong-en/", "/fr/events/"):
        sitemaps = (trilingual.folder / "sitemap").glob("fr*.xml")
        assert any(f"<loc>{URL}{address}</loc>" in file.read_text() for file in sitemaps)


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
        assert str(page.select_one(".origin time")["datetime"]).startswith(day)
        assert page.select(".tags a"), "the translation inherits the tags"
