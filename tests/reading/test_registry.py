"""`site.toml` and `taxonomy.toml` (see `tests/cases` for their faults)."""

from pathlib import Path

import pytest

from plugins.model.site import Contact
from plugins.model.taxonomy import Taxonomy, Term
from plugins.reading.registry import SiteFile, read_site, read_taxonomy
from tests.reading.content import LANGUAGES, write

SITE = """menu = ["gioi-thieu", "tiep-can"]

[name]
vi = "Lưu trữ"
en = "Archive"

[tagline]
vi = "Thử"
en = "Trial"

[publisher]
vi = "Cơ quan"
en = "Body"

[contact]
email = "a@example.org"
phone = "024 0000 0000"
address = { vi = "Hà Nội", en = "Hanoi" }
"""


def test_site(tmp_path: Path) -> None:
    """The site's words are read by language, the menu in its order."""
    site, problems = read_site(write(tmp_path, {"site.toml": SITE}), LANGUAGES)
    assert problems == []
    assert site == SiteFile(
        name={"vi": "Lưu trữ", "en": "Archive"},
        tagline={"vi": "Thử", "en": "Trial"},
        publisher={"vi": "Cơ quan", "en": "Body"},
        contact=Contact("a@example.org", "024 0000 0000", {"vi": "Hà Nội", "en": "Hanoi"}),
        menu=("gioi-thieu", "tiep-can"),
    )


def test_contact_and_menu_may_be_left_out(tmp_path: Path) -> None:
    """An archive without a contact and without standing pages is no fault."""
    plain = SITE.partition("\n")[2].partition("[contact]")[0]
    site, problems = read_site(write(tmp_path, {"site.toml": plain}), LANGUAGES)
    assert (site.contact, site.menu, problems) == (Contact(), (), [])


@pytest.mark.parametrize("languages", [("vi",), ("en", "vi"), ("vi", "en", "fr")])
def test_languages_are_those_of_the_settings(languages: tuple[str, ...], tmp_path: Path) -> None:
    """A name is missed in each language of the settings that has none, and in no other."""
    _, problems = read_site(write(tmp_path, {"site.toml": SITE}), languages)
    assert {str(problem.message) for problem in problems} == {
        f"There is no text for the language “{language}”."
        for language in {*languages} - {"vi", "en"}
    }


def test_terms(tmp_path: Path) -> None:
    """A term has a label, a slug and a description in each language; the key is the plain slug."""
    text = """
[tags.thue]
label = { vi = "Thuế", en = "Tax" }
slug = { en = "tax" }
description = { vi = "Về thuế." }

[categories.tin]
label = { vi = "Tin", en = "News" }
"""
    taxonomy, problems = read_taxonomy(write(tmp_path, {"taxonomy.toml": text}), LANGUAGES)
    assert problems == []
    assert taxonomy == Taxonomy(
        tags={
            "thue": Term(
                "thue",
                label={"vi": "Thuế", "en": "Tax"},
                slug={"vi": "thue", "en": "tax"},
                description={"vi": "Về thuế.", "en": ""},
            )
        },
        categories={
            "tin": Term(
                "tin",
                label={"vi": "Tin", "en": "News"},
                slug={"vi": "tin", "en": "tin"},
                description={"vi": "", "en": ""},
            )
        },
    )


def test_terms_stand_in_their_order(tmp_path: Path) -> None:
    """Terms keep the order of the file; pages sort them by the language that shows them."""
    text = "".join(f'[tags.{key}]\nlabel = {{ vi = "{key}", en = "{key}" }}\n' for key in "cab")
    taxonomy, _ = read_taxonomy(write(tmp_path, {"taxonomy.toml": text}), LANGUAGES)
    assert list(taxonomy.tags) == ["c", "a", "b"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a", 3),
        ("a =", 3),
        ("a = b", 3),
        ("a = 1 2", 3),
        ("a = 1\na = 2", 4),
        ('a = "', 3),
        ('a = """', 1),  # the parser names no line for an error at the end
        ("[a", 3),
        ("[a]]", 3),
        ("a.b = 1\na = 2", 4),
        ("a = {b = 1", 3),
        ("a = [1", 1),
        ("a = 2008-13-01", 3),
        ('a = "\\x"', 3),
        ("line 1, column 2", 3),
    ],
)
@pytest.mark.parametrize("name", ["site.toml", "taxonomy.toml"])
def test_what_is_not_toml_is_a_fault(name: str, text: str, line: int, tmp_path: Path) -> None:
    """Whatever is wrong with the TOML, it is told on its line, and nothing else is."""
    read = {"site.toml": read_site, "taxonomy.toml": read_taxonomy}[name]
    _, [problem] = read(write(tmp_path, {name: f"# Một\n# Hai\n{text}\n"}), LANGUAGES)
    assert (problem.path, problem.line, problem.key) == (name, line, "file")


def test_what_cannot_be_read_is_empty(tmp_path: Path) -> None:
    """Without its registries a content folder can still be read, so that all faults are told."""
    site, _ = read_site(tmp_path, LANGUAGES)
    taxonomy, _ = read_taxonomy(tmp_path, LANGUAGES)
    assert (site, taxonomy) == (SiteFile({}, {}, {}), Taxonomy({}, {}))
