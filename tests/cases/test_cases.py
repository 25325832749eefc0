"""Each faulty content in this folder, and the problems that it must be told by, all and exactly.

A case is a text file: what it shows, then `--- path` before each file of the content folder, then
`=== problems` and the lines that the webmaster reads. A file that a case does not give is the one
beside this test (`site.toml`, `taxonomy.toml`). A case of a rule stands in `rules/` or
`page_rules/` and has the rule's name, with a suffix if there are several.
"""

import re
from pathlib import Path

import pytest

from plugins.reading import editions
from plugins.reading.checks import PAGE_RULES, RULES
from tests.reading.content import lines_of, write

HERE = Path(__file__).parent
CASES = sorted(path.relative_to(HERE).with_suffix("").as_posix() for path in HERE.rglob("*.txt"))
OF_RULES = [
    *(("rules", "RULES", rule) for rule in RULES),
    *(("page_rules", "PAGE_RULES", rule) for rule in PAGE_RULES),
]


def read_case(name: str) -> tuple[dict[str, str], list[str]]:
    """The files of a case, and its problems."""
    content, marker, problems = (
        (HERE / f"{name}.txt").read_text(encoding="utf-8").partition("=== problems\n")
    )
    assert marker, f"{name}.txt has no line “=== problems”"
    _, *sections = re.split(r"^--- (.+)\n", content, flags=re.MULTILINE)
    return dict(zip(sections[::2], sections[1::2], strict=True)), problems.splitlines()


@pytest.mark.parametrize("name", CASES)
def test_case_is_told_exactly(name: str, tmp_path: Path) -> None:
    """Every problem of a case is told, in its line and with its remedy, and nothing else."""
    files, problems = read_case(name)
    assert lines_of(write(tmp_path / "content", files)) == problems


@pytest.mark.parametrize(
    ("folder", "table", "rule"), OF_RULES, ids=[f"{f}-{rule.__name__}" for f, _, rule in OF_RULES]
)
def test_rule_is_what_its_case_shows(
    folder: str, table: str, rule: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each rule has a case whose problems are no longer told once the rule leaves the table."""
    rules = getattr(editions, table)
    monkeypatch.setattr(editions, table, tuple(other for other in rules if other is not rule))
    name = f"{folder}/{rule.__name__}"
    cases = [case for case in CASES if case == name or case.startswith(f"{name}-")]
    assert cases, f"{name} has no case"
    for case in cases:
        files, problems = read_case(case)
        assert lines_of(write(tmp_path / case.replace("/", "-"), files)) != problems
