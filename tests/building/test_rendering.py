"""What is built: after a change, the outputs that show it and no others; never two in one place."""

from pathlib import Path

import pytest

from plugins.model.problem import Faults
from tests.building.contents import CATEGORIES, TAGS, a_notice
from tests.building.running import WITHOUT_SEARCH, Trial, counts, times

NOTICE = "2008/09/thong-bao-4.vi.md"
PARTS = (
    *("", "bulletins/", "category/tin-hoat-dong/"),
    *("tag/chinh-phu-dien-tu/", "tag/hop-tac-quoc-te/"),
)
"""The listings that hold it, below its language."""

FEEDS = {
    f"vi/{part}feed.{form}"
    for part in (*PARTS, "archive/2008/")
    for form in ("xml", "atom", "json")
}
MANIFEST = {"archive.json", "archive/2008.json"}
LISTINGS = {f"vi/{part}index.html" for part in PARTS}
FRAMES = {f"vi/embed/{part or 'latest/'}index.html" for part in PARTS}


def written(trial: Trial) -> tuple[set[str], dict[str, int]]:
    """Build again: the files of the site that were written, and the numbers of the last line."""
    before = times(trial.out)
    numbers = counts(trial.run())
    after = times(trial.out)
    files = {path for path in after if after[path] != before.get(path)}
    return files - {".archive/inventory"}, numbers


def test_nothing_changed(tmp_path: Path) -> None:
    """Without a change nothing is read and nothing is written, and the last line says so."""
    trial = Trial(tmp_path, PLUGINS=WITHOUT_SEARCH)
    trial.run()
    files, numbers = written(trial)
    assert files == set()
    assert numbers == {
        "sources": len(trial.content.sources),
        "read": 0,
        "re-read": 0,
        "files built": 0,
        "unchanged": len(times(trial.out)) - 1,  # the inventory is not counted
        "removed": 0,
    }


def test_one_body_edited(tmp_path: Path) -> None:
    """An edited body re-reads one source and writes its page and the feeds that hold it."""
    trial = Trial(tmp_path, PLUGINS=WITHOUT_SEARCH)
    trial.run()
    trial.content.sources[NOTICE].text += "\n\nĐoạn cuối."
    files, numbers = written(trial)
    assert files == {"vi/2008/09/thong-bao-4/index.html", *FEEDS, *MANIFEST}
    assert (numbers["read"], numbers["re-read"], numbers["files built"]) == (0, 1, len(files))


def test_search_after_an_edit(tmp_path: Path) -> None:
    """An edited body writes the part of the index that holds it, what names the others last, and
    leaves the documents of other notices.
    """
    trial = Trial(tmp_path)
    trial.run()
    trial.content.sources[NOTICE].text += "\n\nĐoạn cuối."
    files, _ = written(trial)
    parts = {path for path in files if "/search/" in path}
    assert {path.rsplit("/", 2)[0] for path in parts if "fragment" in path} == {
        "vi/search/2000-2009"
    }
    assert all(path.startswith("vi/search/2000-2009/") for path in parts)
    assert len([path for path in parts if path.endswith(".pf_fragment")]) == 1
    assert "vi/search/2000-2009/pagefind-entry.json" in parts


def test_first_words_edited(tmp_path: Path) -> None:
    """Where the first words stand for a missing summary, the listings that show it change too."""
    trial = Trial(tmp_path, PLUGINS=WITHOUT_SEARCH)
    trial.run()
    trial.content.sources[NOTICE].text = "Lời đầu khác."
    files, numbers = written(trial)
    pages = {"vi/2008/09/thong-bao-4/index.html", "vi/2008/09/index.html"}
    assert files == pages | FEEDS | LISTINGS | MANIFEST
    assert (numbers["read"], numbers["re-read"], numbers["files built"]) == (0, 1, len(files))


def test_one_notice_added(tmp_path: Path) -> None:
    """A new notice writes its page, its neighbours', and what lists it: no other tag, category,
    year or language is touched.
    """
    trial = Trial(tmp_path, PLUGINS=WITHOUT_SEARCH)
    trial.run()
    trial.content.sources["2008/09/moi.vi.md"] = a_notice(
        Title="Mới", Date="2008-09-20 08:00", Category=CATEGORIES[0], Tags=f"{TAGS[0]}, {TAGS[1]}"
    )
    files, numbers = written(trial)
    assert files == {
        "vi/2008/09/moi/index.html",
        "vi/2008/09/moi/oembed.json",
        "vi/2008/09/thong-bao-4/index.html",  # the older neighbour
        "vi/2008/12/thong-bao-7/index.html",  # the newer one
        "vi/2008/06/thong-bao-1/index.html",  # near it in the list of a tag
        "vi/2007/07/thong-bao-6/index.html",
        "vi/2008/09/index.html",
        "vi/2008/index.html",  # the number of its month
        "vi/bulletins/2008/index.html",
        "vi/category/tin-hoat-dong/2008/index.html",
        "vi/tag/chinh-phu-dien-tu/2008/index.html",
        "vi/tag/hop-tac-quoc-te/2008/index.html",
        "vi/tags/index.html",  # the numbers of its tags
        "vi/feeds/index.html",
        "sitemap/vi-2008.xml",
        *MANIFEST,
        *FEEDS,
        *LISTINGS,
        *FRAMES,
    }
    assert (numbers["read"], numbers["re-read"], numbers["removed"]) == (1, 0, 0)


def test_one_translation_deleted(tmp_path: Path) -> None:
    """A deleted translation reads nothing; its page is removed, and what was there for it only."""
    trial = Trial(tmp_path, PLUGINS=WITHOUT_SEARCH)
    trial.run()
    before = set(times(trial.out))
    del trial.content.sources["2008/09/thong-bao-4.en.md"]
    numbers = counts(trial.run())
    page = "en/2008/09/notice-4"
    gone = {f"{page}/index.html", f"{page}/oembed.json", "sitemap/en-2008.xml"}
    assert before - set(times(trial.out)) == gone
    assert (numbers["read"], numbers["re-read"], numbers["removed"]) == (0, 0, len(gone))


def test_days_go_by(tmp_path: Path) -> None:
    """A later instant at which nothing falls due reads nothing and writes nothing."""
    trial = Trial(tmp_path, PLUGINS=WITHOUT_SEARCH)
    trial.run()
    trial.settings["AS_OF"] = "2009-06-15T12:00:00+07:00"
    files, numbers = written(trial)
    assert (files, numbers["read"], numbers["re-read"]) == (set(), 0, 0)


@pytest.mark.parametrize(
    ("alias", "path"),
    [
        ("/robots.txt", "robots.txt"),
        ("/vi", "vi/index.html"),  # an alias without an ending is a folder
        ("/vi/events/feed.xml", "vi/events/feed.xml"),
        ("/theme/site.css", "theme/site.css"),
        ("/vi/tag/dich-vu-cong/", "vi/tag/dich-vu-cong/index.html"),
        ("/2007/07/thong-bao-6/toan-van.pdf", "2007/07/thong-bao-6/toan-van.pdf"),  # a file linked
        ("/index.html/cu.html", "index.html"),  # a folder where a file stands
        ("/sitemap.xml/", "sitemap.xml"),
        ("/.archive/inventory", ".archive/inventory"),  # what the archive keeps for itself
        ("/.archive/journal", ".archive/journal"),
    ],
)
def test_two_outputs_for_one_path(tmp_path: Path, alias: str, path: str) -> None:
    """Two outputs for one path, or one where another needs a folder, are a fault that names the
    path; the output stays as it was.
    """
    trial = Trial(tmp_path, PLUGINS=WITHOUT_SEARCH)
    trial.build()
    before = trial.tree()
    trial.content.sources[NOTICE].header["Aliases"] = alias
    with pytest.raises(Faults) as faults:
        trial.build()
    assert any(path in str(problem) for problem in faults.value.problems)
    assert trial.untouched(before) == []
