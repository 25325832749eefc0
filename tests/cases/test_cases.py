"""Each faulty content in this folder, and the problems that it must be told by, all and exactly.

A case is a text file: what it shows, then `--- path` before each file of the content folder, then
`=== problems` and the lines that the webmaster reads. A file that a case does not give is the one
beside this test (`site.toml`, `taxonomy.toml`). `(a picture, 640 x 480)` stands for a PNG of that
size, `(half a picture, 640 x 480)` for the first half of its bytes. A case of a rule stands in the
folder of its table (`TABLES`) and has the rule's name, with a suffix if there are several.
"""

import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from plugins.checking import advising
from plugins.reading import body, editions, registry, text, whole
from tests.reading.content import lines_of, write

HERE = Path(__file__).parent
CASES = sorted(path.relative_to(HERE).with_suffix("").as_posix() for path in HERE.rglob("*.txt"))
TABLES = {
    "rules": (editions, "RULES"),
    "page_rules": (editions, "PAGE_RULES"),
    "whole_rules": (whole, "WHOLE_RULES"),
    "term_rules": (registry, "TERM_RULES"),
    "site_rules": (registry, "SITE_RULES"),
    "text_rules": (text, "TEXT_RULES"),
    "body_rules": (body, "BODY_RULES"),
    "advice_rules": (advising, "ADVICE_RULES"),
}
"""The folder of cases of each table of rules."""

OF_RULES = [
    pytest.param(folder, rule, id=f"{folder}-{rule.__name__}")
    for folder, (module, table) in TABLES.items()
    for rule in getattr(module, table)
]


_PICTURE = re.compile(r"\((a|half a) picture, (\d+) x (\d+)\)\n")


def bytes_of(text: str) -> bytes:
    """The bytes of a file of a case."""
    if not (match := _PICTURE.fullmatch(text)):
        return text.encode()
    data = BytesIO()
    Image.new("1", (int(match[2]), int(match[3]))).save(data, "PNG")
    return data.getvalue()[: None if match[1] == "a" else len(data.getvalue()) // 2]


def told_by(name: str, content: Path) -> list[str]:
    """What is told of a content: by a build, or by the verb `check` as well, which advises."""
    return lines_of(content, advised=name.startswith("advice_rules/"))


def read_case(name: str) -> tuple[dict[str, bytes], list[str]]:
    """The files of a case, and its problems."""
    content, marker, problems = (
        (HERE / f"{name}.txt").read_text(encoding="utf-8").partition("=== problems\n")
    )
    assert marker, f"{name}.txt has no line “=== problems”"
    _, *sections = re.split(r"^--- (.+)\n", content, flags=re.MULTILINE)
    files = dict(zip(sections[::2], map(bytes_of, sections[1::2]), strict=True))
    return files, problems.splitlines()


@pytest.mark.parametrize("name", CASES)
def test_case_is_told_exactly(name: str, tmp_path: Path) -> None:
    """Every problem of a case is told, in its line and with its remedy, and nothing else."""
    files, problems = read_case(name)
    assert told_by(name, write(tmp_path / "content", files)) == problems


@pytest.mark.parametrize(("folder", "rule"), OF_RULES)
def test_rule_is_what_its_case_shows(
    folder: str, rule: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each rule has a case whose problems are no longer told once the rule leaves the table."""
    module, table = TABLES[folder]
    rules = getattr(module, table)
    monkeypatch.setattr(module, table, tuple(other for other in rules if other is not rule))
    name = f"{folder}/{rule.__name__}"
    cases = [case for case in CASES if case == name or case.startswith(f"{name}-")]
    assert cases, f"{name} has no case"
    told = [
        (told_by(case, write(tmp_path / case.replace("/", "-"), files)), problems)
        for case in cases
        for files, problems in [read_case(case)]
    ]
    assert any(lines != problems for lines, problems in told)
