"""Every kind of page is in `tests/site`, and every page is of a kind."""

from pathlib import Path

from pelicanconf import PLUGINS
from tests.consumers.kinds import Kind, addresses, expected, forms, kind_of


def test_every_kind_is_there(kinds: dict[Kind, str]) -> None:
    """A kind that is missing in a language would be tried nowhere."""
    assert [kind for kind in expected(PLUGINS) if kind not in kinds] == []


def test_every_page_is_of_a_kind(site: Path) -> None:
    """A page whose form is not in the table would be tried by chance only."""
    table = forms(PLUGINS)
    assert [address for address in addresses(site) if not kind_of(address, table)] == []


def test_a_stage_brings_its_kinds() -> None:
    """The kinds of a stage are expected if it is in the pipeline, and come before wider forms."""
    with_search = forms(["plugins.outputs.search"])
    assert kind_of("/vi/search/", with_search) == Kind("search", "vi")
    assert Kind("search", "en") in expected(["plugins.outputs.search"])
    assert Kind("search", "en") not in expected(["plugins.outputs.pages"])
    assert kind_of("/404.html", with_search) == Kind("not found in any language", "vi")
    assert kind_of("/vi/a/b/c/d/", with_search) is None
