"""What the paths of a real site tell of the order of its files."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from plugins.building import generator
from plugins.model.output import Order, Output
from plugins.outputs.hosting import Said, said_of
from plugins.publishing.targets.ordering import order_of, stages
from tests.building.running import build_here

SITE = Path(__file__).parents[2] / "site"


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> list[Output]:
    """All outputs of `tests/site`, as they are planned."""
    folder, planned = tmp_path_factory.mktemp("ordering"), []

    class Planned(Exception):
        pass

    def render(stages: list[Callable[[], Iterable[Output]]], *_: Any) -> None:
        planned.extend(output for stage in stages for output in stage())
        raise Planned

    with pytest.MonkeyPatch.context() as patch, pytest.raises(Planned):
        patch.setattr(generator, "render", render)
        given = {"AS_OF": "2026-06-01T00:00:00+07:00"}
        build_here(SITE, folder / "out", folder / "cache", **given)
    return planned


def test_paths_tell_the_order_that_stages_gave(outputs: list[Output]) -> None:
    """Whatever a stage puts out; a redirect at an old listing may come with the listings."""
    wrong = {
        output.path: (output.order, order_of(f"{output.path}x" * output.is_bundle or output.path))
        for output in outputs
        if order_of(f"{output.path}x" if output.is_bundle else output.path) != output.order
    }
    assert set(wrong.values()) <= {(Order.PAGE, Order.LISTING)}, wrong
    assert len(wrong) < 12
    assert {output.order for output in outputs} == set(Order)


def test_every_file_has_a_type(outputs: list[Output]) -> None:
    """No path is unknown to the table, and only pages are HTML."""
    for output in outputs:
        if not output.is_bundle:
            said = said_of(output.path, ("vi", "en"))
            is_page = order_of(output.path) in (Order.PAGE, Order.LISTING)
            of_hosts = output.path in ("_headers", "nginx.conf")
            assert (said.media == "text/html; charset=utf-8") == is_page or of_hosts, output.path
            assert said.cache


def test_new_files_go_before_changed_ones() -> None:
    """Within one kind; no group mixes two."""
    there = {"vi/a/index.html", "vi/feed.xml"}
    paths = ["vi/feed.xml", "vi/a/index.html", "vi/b/index.html", "vi/b/feed.xml"]
    assert stages(paths, there) == [
        ["vi/b/index.html"],
        ["vi/a/index.html"],
        ["vi/b/feed.xml"],
        ["vi/feed.xml"],
    ]


def test_a_file_of_the_widest_rule_is_a_page() -> None:
    """An alias may have any ending, or none."""
    assert said_of("tin/6", ("vi",)) == Said(
        "text/html; charset=utf-8", "public, max-age=60, must-revalidate"
    )
