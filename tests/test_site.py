"""`tests/site` shows every key, state and hazard, and has no fault."""

from pathlib import Path

import pytest

from plugins.model.notice import ChangeKind, EventStatus, Kind, Status
from plugins.reading.header import Field, split
from plugins.reading.values import KEYS
from tests.conftest import SITE, Build

NOTICES = sorted(path for path in SITE.rglob("*.md") if path.parent.name != "pages")


def fields(path: Path) -> tuple[Field, ...]:
    """The header of a notice."""
    name = path.relative_to(SITE).as_posix()
    return split(name, path.read_text(encoding="utf-8"), tuple(KEYS)).fields


def values(key: str) -> set[str]:
    """Every line that a key has as its value anywhere."""
    found = (field for path in NOTICES for field in fields(path) if field.key == key)
    return {line for field in found for line in field.lines}


def test_every_key_is_shown() -> None:
    """A key that is not in the fictional archive is not seen by the tests of outputs."""
    shown = {field.key for path in NOTICES for field in fields(path)}
    assert shown == KEYS.keys()


@pytest.mark.parametrize(
    ("key", "choices"), [("Kind", Kind), ("Status", Status), ("Event_status", EventStatus)]
)
def test_every_state_is_shown(key: str, choices: type[Kind | Status | EventStatus]) -> None:
    """Each value of a closed set is written out somewhere, the default ones too."""
    assert values(key) == set(choices)


def test_every_kind_of_change_is_shown() -> None:
    """Minor and major changes, a correction, a withdrawal."""
    assert {line.split(":")[1].split()[1] for line in values("Changes")} == set(ChangeKind)


@pytest.mark.parametrize(
    "key", ["Venue", "Organizer", "Contact", "Issuer", "Signer", "Source", "Date"]
)
def test_translations_have_facts_of_their_own(key: str) -> None:
    """What may differ by language differs in some translation."""
    own = []
    for translation in SITE.rglob("*.en.md"):
        original = translation.with_name(translation.name.replace(".en.", ".vi."))
        texts = [
            {field.text for field in fields(path) if field.key == key}
            for path in (translation, original)
            if path.is_file()
        ]
        own.append(len(texts) == 2 and bool(texts[0]) and texts[0] != texts[1])
    assert any(own)


def test_it_has_no_fault_and_little_advice(build: Build, tmp_path: Path) -> None:
    """It builds; advice is given on what is there to be advised on, and on nothing else."""
    lines = build(SITE, tmp_path / "out", tmp_path / "cache").stdout.splitlines()
    advice = [line.removeprefix("advice: ") for line in lines if line.startswith("advice: ")]
    places = {line.partition(":")[0] for line in advice}
    assert places == {
        "2026/02/bao-tri-cong-dich-vu-cong.vi.md",  # raw HTML with a script, a handler, a frame
        "2026/04/ket-qua-khao-sat.vi.md",  # a very long title
        "2026/04/thong-tu-bieu-mau-moi.en.md",  # its original was corrected since
        "2026/05/lich-tiep-cong-dan.vi.md",  # a link to a draft
        "pages/gioi-thieu.en.md",  # links to a notice under embargo
        "pages/gioi-thieu.vi.md",
    }
    assert any("<script> was removed" in line for line in advice)
