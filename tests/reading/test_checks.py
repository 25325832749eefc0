"""The rules at their edges; what each rule tells is shown in `tests/cases/rules`."""

import pytest

from plugins.model.problem import Level
from plugins.reading.checks import (
    LONG_TITLE,
    LONGEST_TITLE,
    PAGE_RULES,
    RULES,
    Case,
    title_is_there,
)


def a_case(**own: str) -> Case:
    """An original that gives these keys, in their order."""
    lines = {key: ("a.md", line) for line, key in enumerate(own, 1)}
    return Case("a.md", lines, own, own, has_body=True, is_original=True)


@pytest.mark.parametrize(
    ("length", "levels"),
    [
        (1, []),
        (LONG_TITLE, []),
        (LONG_TITLE + 1, [Level.ADVICE]),
        (LONGEST_TITLE, [Level.ADVICE]),
        (LONGEST_TITLE + 1, [Level.FAULT]),
    ],
)
def test_length_of_a_title(length: int, levels: list[Level]) -> None:
    """A title may have 120 characters unasked, and 500 with an advice; not one more."""
    assert [problem.level for problem in title_is_there(a_case(Title="a" * length))] == levels


@pytest.mark.parametrize("rule", [*RULES, *PAGE_RULES])
def test_a_rule_says_what_it_asks(rule: object) -> None:
    """A rule's docstring is the rule, for those who write the guide."""
    assert rule.__doc__
    assert rule.__doc__.strip().endswith(".")


@pytest.mark.parametrize("rule", RULES)
def test_a_sound_notice_breaks_no_rule(rule: object) -> None:
    """A bulletin with a title, a date and a text is all that a rule can ask."""
    assert list(rule(a_case(Title="Hội nghị", Date="2008-03-21 16:44"))) == []
