"""What two processes plan is one plan; what it means for the site in place."""

import pytest

from plugins.building.planning import Clash, Planned, both, holdings_of

KNOWN = {"a": b"1", "b": b"2", "c/": b"3", "d": b"4"}
HERE = Planned(b"\1\1\0\0", {"b"})


def test_both() -> None:
    """All paths of both, new ones too, and those that are known and gone."""
    there = Planned(b"\0\0\1\0", {"c/", "new"})
    assert both(KNOWN, HERE, there) == ({"a", "b", "c/", "new"}, {"d"})
    assert both({}, Planned(b"", set()), Planned(b"", {"new"})) == ({"new"}, set())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (HERE, Planned(b"\1\0\1\1", set())),
        (Planned(b"\1\1\0\0", {"new"}), Planned(b"\0\0\1\1", {"new"})),
    ],
)
def test_a_path_that_both_want(one: Planned, other: Planned) -> None:
    """Whether it is known or new, it is a clash."""
    with pytest.raises(Clash):
        both(KNOWN, one, other)


def test_holdings() -> None:
    """Files of bundles are told from files that nothing plans; what a plan lacks is known."""
    inventory = dict.fromkeys(["a", "c/x", "c/y/z", "old", "e/x"], "")
    holdings = holdings_of({"a", "b", "c/", "d/"}, inventory)
    assert {path: set(files) for path, files in holdings.held.items()} == {
        "c/": {"c/x", "c/y/z"},
        "d/": set(),
    }
    assert (holdings.absent, holdings.beyond) == ({"b"}, {"old", "e/x"})
    assert holdings.files_of(["a", "c/", "d/"]) == {"a", "c/x", "c/y/z"}


@pytest.mark.parametrize(
    ("lost", "outputs"),
    [(set(), set()), ({"a"}, {"a"}), ({"c/y/z"}, {"c/"}), ({"old", "b"}, {"b"})],
)
def test_outputs_of_lost_files(lost: set[str], outputs: set[str]) -> None:
    """A lost file is its output's matter, or its bundle's; a bundle without a file is made."""
    holdings = holdings_of({"a", "b", "c/", "d/"}, dict.fromkeys(["a", "c/x", "c/y/z", "old"], ""))
    assert holdings.outputs_of(lost) == {*outputs, "d/"}
