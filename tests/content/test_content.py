"""The notices that this repository publishes are whole: in both languages, without a fault."""

from pathlib import Path

import pytest

from tests.conftest import ROOT, URL, Build
from tests.outputs.visiting import Visit, alternates, visit

NOTICES = sorted((ROOT / "content").glob("[0-9]*/*/*.md"))


@pytest.fixture(scope="module")
def visited(build: Build, tmp_path_factory: pytest.TempPathFactory) -> Visit:
    """The site of `content/`, built by the real command."""
    folder = tmp_path_factory.mktemp("content")
    done = build(ROOT / "content", folder / "out", folder / "cache", AS_OF=None)
    assert "advice:" not in done.stdout
    return visit(folder / "out", URL)


def test_every_notice_is_told_in_both_languages() -> None:
    """Each original has its translation."""
    stems: dict[str, set[str]] = {}
    for path in NOTICES:
        stem, language, _ = path.name.rsplit(".", 2)
        stems.setdefault(f"{path.parent}/{stem}", set()).add(language)
    assert len(stems) >= 7
    assert {tuple(sorted(languages)) for languages in stems.values()} == {("en", "vi")}


def test_every_notice_has_its_page(visited: Visit) -> None:
    """As many notice pages as sources are built, each with its alternate."""
    pages = [page for page in visited.pages.values() if page.select("article.notice")]
    assert len(pages) == len(NOTICES)
    assert all(alternates(page).keys() == {"vi", "en", "x-default"} for page in pages)


def test_every_link_leads_somewhere(visited: Visit) -> None:
    """No page links to nothing on this site."""
    own = {(a, to) for a in visited.pages for to in visited.links(a) if visited.is_own(to)}
    assert len(own) > 500
    assert sorted(link for link in own if visited.is_dead(link[1])) == []


@pytest.mark.parametrize(
    ("source", "facts"),
    [
        (
            "2009/11/doi-thoai-xay-dung-chinh-phu-dien-tu",
            ["Starts: 2009-11-22 10:00", "VTC2", "VTCHD9", "VietnamNet", "ICTnews"],
        ),
        ("2008/03/hoi-nghi-tham-van", ["Date: 2008-03-21 16:44", "UNDP", "Lê Doãn Hợp"]),
        ("2008/03/thong-bao-hoi-nghi-tham-van", ["Starts: 2008-03-20", "Kind: event"]),
        ("2008/02/doi-thoai-truc-tuyen", ["Starts: 2008-02-29", "Kind: event"]),
    ],
)
def test_the_facts_of_the_old_portal_are_kept(source: str, facts: list[str]) -> None:
    """What the old announcements said of time, channel and people is in the original."""
    text = Path(ROOT / f"content/{source}.vi.md").read_text(encoding="utf-8")
    assert [fact for fact in facts if fact not in text] == []
