"""The guides say all that the code knows, in every language, and nothing that it does not know.

What must be told is read from the code. Whoever adds a key, a rule, a setting, a verb or a name
tells it in the guides; the failure of a test here says where.
"""

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from pelican.settings import DEFAULT_CONFIG

import pelicanconf
import plugins
import publishconf
from plugins.building.words import LanguageWords
from plugins.model.media import MEDIA_TYPES
from plugins.model.notice import ChangeKind, EventStatus, Kind, Phase, Status
from plugins.outputs import hosting, manifest
from plugins.outputs.embeds import element
from plugins.outputs.views.wording import change_words, phase_words, status_words
from plugins.publishing.diff.promises import PROMISES
from plugins.publishing.targets.settings import FolderSetting, S3Setting, SshSetting
from plugins.reading.registry import SiteFile, TermEntry
from plugins.reading.sanitising import TAGS
from plugins.reading.values import KEYS, PAGE_KEYS
from plugins.speaking import WRITTEN
from tests.conftest import ROOT
from tests.content.guides import (
    GUIDES,
    LANGUAGES,
    PARTNERS,
    READERS,
    REFERENCE,
    VERBS,
    WEBMASTERS,
    codes,
    commands,
    flags,
    guide,
    options,
    rows,
    section,
    sources,
)
from tests.model.builders import an_archive

FOR_MANY = {"--content", "--lang", "--speak"}
"""Options that are told once for all verbs that take them."""

PELICANS = {*DEFAULT_CONFIG, "TIMEZONE"}
"""Pelican's settings; it has no default for that of the zone."""

TARGETS = {"folder": FolderSetting, "ssh": SshSetting, "s3": S3Setting}


def own_settings() -> set[str]:
    """The settings of the two files that are not Pelican's."""
    names = {name for conf in (pelicanconf, publishconf) for name in vars(conf) if name.isupper()}
    return {name for name in names - PELICANS if not name.endswith("_SAVE_AS")} - {"HERE"}


NAMES: dict[tuple[str, str, int], Callable[[], object]] = {
    (REFERENCE, "keys", 0): lambda: KEYS,
    (REFERENCE, "page-keys", 0): lambda: PAGE_KEYS,
    (REFERENCE, "kinds", 0): lambda: Kind,
    (REFERENCE, "statuses", 0): lambda: Status,
    (REFERENCE, "event-states", 0): lambda: EventStatus,
    (REFERENCE, "changes", 0): lambda: ChangeKind,
    (REFERENCE, "file-kinds", 1): lambda: MEDIA_TYPES,
    (REFERENCE, "html", 1): lambda: TAGS,
    (REFERENCE, "site-toml", 0): lambda: SiteFile.__struct_fields__,
    (REFERENCE, "taxonomy-toml", 0): lambda: TermEntry.__struct_fields__,
    (REFERENCE, "hosting", 0): lambda: [output.path for output in hosting.outputs(an_archive())],
    (WEBMASTERS, "verbs", 0): lambda: [f"inv {name}" for name in VERBS],
    (WEBMASTERS, "promises", 0): lambda: PROMISES,
    (WEBMASTERS, "targets", 0): lambda: TARGETS,
    (PARTNERS, "feeds", 0): lambda: manifest.FEEDS,
    (PARTNERS, "json-index", 0): lambda: manifest.Index.__struct_fields__,
    (PARTNERS, "json-language", 0): lambda: manifest.Language.__struct_fields__,
    (PARTNERS, "json-part", 0): lambda: manifest.Part.__struct_fields__,
    (PARTNERS, "json-standing", 0): lambda: manifest.Standing.__struct_fields__,
    (PARTNERS, "json-shelf", 0): lambda: manifest.Shelf.__struct_fields__,
    (PARTNERS, "json-feeds", 0): lambda: manifest.Feeds.__struct_fields__,
    (PARTNERS, "json-item", 0): lambda: manifest.Item.__struct_fields__,
    (PARTNERS, "json-occurrence", 0): lambda: manifest.Occurrence.__struct_fields__,
}
"""What a column of the tables of a section must name: all of it, once, and nothing else."""


def rules() -> dict[str, str]:
    """Each rule of reading and checking, as the guides name it, with its sentence."""
    found = {}
    for module in pkgutil.walk_packages(plugins.__path__, "plugins."):
        if module.name.split(".")[1] in ("reading", "checking"):
            for table, value in vars(importlib.import_module(module.name)).items():
                if table.endswith("RULES") and isinstance(value, tuple):
                    found |= {rule.__name__: " ".join(rule.__doc__.split()) for rule in value}
    return {name.replace("_", "-"): sentence for name, sentence in found.items()}


def told_rules(language: str) -> Iterator[tuple[str, str, str]]:
    """Each rule that the reference tells: its name, its sentence, what to write."""
    for cells in rows(guide(REFERENCE, language)):
        if name := cells[0].get("id"):
            yield str(name), " ".join(cells[0].text.split()), cells[1].text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("stem", "name", "column"), NAMES)
def test_a_table_names_all_that_there_is(stem: str, name: str, column: int, language: str) -> None:
    """Each name of the code stands in its table, once, and no other."""
    known = [str(known) for known in NAMES[stem, name, column]()]  # type: ignore[attr-defined]
    assert sorted(codes(section(stem, language, name), column)) == sorted(known)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_is_told(language: str) -> None:
    """Each rule stands in the reference, once, with its sentence and what to write."""
    told = list(told_rules(language))
    assert sorted(name for name, _, _ in told) == sorted(rules())
    assert [name for name, sentence, remedy in told if not (sentence and remedy)] == []


def test_the_docstring_of_a_rule_is_the_rule() -> None:
    """In the language of the code, the reference has the very sentence of the docstring."""
    told = {name: sentence for name, sentence, _ in told_rules(WRITTEN)}
    said = {name: sentence.replace("`", "") for name, sentence in rules().items()}
    assert told == said


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_setting_is_told(language: str) -> None:
    """The settings that are ours stand in the reference; what else stands there is Pelican's."""
    told = codes(section(REFERENCE, language, "settings"))
    assert sorted(own_settings() - set(told)) == []
    assert sorted(set(told) - own_settings() - PELICANS) == []
    assert len(set(told)) == len(told)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_setting_of_a_target_is_told(language: str) -> None:
    """Each kind of target stands in the guide with all that it takes."""
    told = {
        cells[0].text: {code.text for code in cells[1].select("code")}
        for cells in rows(section(WEBMASTERS, language, "targets"))
    }
    for kind, setting in TARGETS.items():
        assert set(setting.__struct_fields__) - told[kind] == set(), kind


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_option_is_told(language: str) -> None:
    """The table of verbs tells each option of each verb, and no other."""
    part = section(WEBMASTERS, language, "verbs")
    intro = set(options(" ".join(code.text for code in part.select("p code"))))
    assert intro == FOR_MANY
    for cells in rows(part):
        verb = cells[0].text.removeprefix("inv ")
        told = {code.text.split()[0] for code in cells[1].select("code")}
        named = {name for name in told if name.startswith("--")}
        assert flags(verb) - FOR_MANY <= named <= flags(verb), verb


@pytest.mark.parametrize(
    "source",
    [*sources(), *(ROOT / name for name in ("README.md", "content/README.md", "tests/README.md"))],
    ids=lambda path: path.name,
)
def test_every_command_can_be_given(source: object) -> None:
    """A command that a guide shows is a verb, and its options are its own."""
    text = source.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    for verb, given in commands(text):
        assert verb in VERBS, f"inv {verb}"
        assert set(given) <= flags(verb), f"inv {verb}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_marks_are_explained_in_the_words_of_the_pages(language: str) -> None:
    """What readers see on a page is what the guide explains."""
    words = LanguageWords(ROOT / "theme/locale" / language, ZoneInfo(pelicanconf.TIMEZONE))
    part = section(READERS, language, "marks")
    told = [strong.text for strong in part.select("td strong")]
    seen = [phase_words(phase, words) for phase in Phase]
    seen += [status_words(state, words) for state in EventStatus]
    seen += [change_words(kind, words) for kind in ChangeKind]
    banners = (
        "This notice has been corrected.",
        "This notice has been withdrawn.",
        "A newer document replaces this one.",
        "The original has changed since this translation was made.",
        "What it says may no longer be true.",
    )
    seen += [words.text(banner) for banner in banners]
    assert sorted(told) == sorted(filter(None, seen))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_attribute_of_the_element_is_told(language: str) -> None:
    """The guide for partners tells what the element of today reads."""
    script = (ROOT / f"theme/embed/{element.CURRENT}.js").read_text(encoding="utf-8")
    read = set(re.findall(r'getAttribute\("([a-z-]+)"\)', script))
    assert set(codes(section(PARTNERS, language, "embeds"))) == read


@pytest.mark.parametrize("stem", GUIDES)
def test_a_guide_has_the_same_sections_in_every_language(stem: str) -> None:
    """What one language says, the others say: sections by their ids, tables by their rows."""

    def outline(page: BeautifulSoup) -> list[tuple[str, str | None]]:
        parts = page.select("h2, h3, tr, pre")
        return [(part.name, part.get("id")) for part in parts]  # type: ignore[misc]

    first, *others = (outline(guide(stem, language)) for language in LANGUAGES)
    assert all(name for kind, name in first if kind == "h2")
    assert all(other == first for other in others)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("stem", GUIDES)
def test_a_link_to_a_section_finds_it(stem: str, language: str) -> None:
    """What follows `#` is the id of something on the page that the link leads to."""
    for link in guide(stem, language).select("a[href*='#']"):
        address, _, name = str(link["href"]).partition("#")
        there = re.search(r"([a-z-]+)\.[a-z]+\.md", address)
        page = guide(there[1], language) if there else guide(stem, language)
        assert page.find(id=name), link
