"""Plugins of others that work on finished files work unchanged, on incremental builds too."""

import gzip
from pathlib import Path

from tests.building.running import PLUGINS, Trial, difference, rank, run, times

NOTICE = "2008/09/thong-bao-4.vi.md"
PRECOMPRESS = {"PLUGINS": [*PLUGINS, "pelican.plugins.precompress"], "PRECOMPRESS_OVERWRITE": True}
"""pelican-precompress leaves what it compressed before alone unless it may overwrite it."""

TEXTS = (".html", ".xml", ".css", ".txt")
SMALL = 200
"""A shorter file may be larger when compressed; then the plugin leaves it."""


def not_compressed(trial: Trial) -> list[str]:
    """The texts of the output that have no `.gz` beside them with the very same bytes."""
    found = trial.tree()
    wrong = []
    for path, data in found.items():
        if data is not None and path.endswith(TEXTS) and len(data) >= SMALL:
            compressed = found.get(f"{path}.gz")
            if compressed is None or gzip.decompress(compressed) != data:
                wrong.append(path)
    return wrong


def test_precompress(tmp_path: Path) -> None:
    """pelican-precompress keeps a compressed copy of each text, on a clean build, after edits, and
    where nothing changed.
    """
    trial = Trial(tmp_path, **PRECOMPRESS)
    trial.run()
    assert len([path for path in trial.tree() if path.endswith(".gz")]) > 50
    assert not_compressed(trial) == []

    header = trial.content.sources[NOTICE].header
    header["Title"] = "Tên khác"
    trial.run()
    assert not_compressed(trial) == []
    assert "Tên khác".encode() in gzip.decompress((trial.out / "vi/feed.xml.gz").read_bytes())

    header["Slug"] = "dia-chi-khac"
    trial.run()
    assert not_compressed(trial) == []

    before = times(trial.out)
    trial.run()
    assert times(trial.out) == before


def test_precompress_changes_nothing_of_ours(tmp_path: Path) -> None:
    """The site is the same with the plugin and without it, its own files aside."""
    trial = Trial(tmp_path)
    trial.run(**PRECOMPRESS)
    trial.content.sources[NOTICE].header["Title"] = "Tên khác"
    trial.run(**PRECOMPRESS)
    ours = {p: data for p, data in trial.tree().items() if not p.endswith(".gz")}
    clean = trial.clean()
    inventory = ".archive/inventory"
    assert [d for d in difference(ours, clean) if inventory not in d] == []


def test_no_copy_outlives_its_page(tmp_path: Path) -> None:
    """A compressed copy goes with its page: else a web server that sends copies goes on to publish
    what was put back into draft.
    """
    trial = Trial(tmp_path, **PRECOMPRESS)
    trial.run()
    trial.content.sources[NOTICE].header["Status"] = "draft"
    trial.run()
    found = trial.tree()
    assert [path for path in found if path.endswith(".gz") and path[:-3] not in found] == []


class Record:
    """What the plugin `tests.building.recording` was told."""

    def __init__(self, trial: Trial, folder: Path) -> None:
        self.settings = {
            "PLUGINS": [*PLUGINS, "tests.building.recording"],
            "RECORD": str(folder / "record"),
        }
        self._file = folder / "record"
        self._out = trial.out

    def told(self) -> list[str]:
        """The paths in the order in which they came, and `finalized`; forgets them."""
        if not self._file.exists():
            return []
        lines = self._file.read_text(encoding="utf-8").splitlines()
        self._file.unlink()
        return [line.rpartition(" ")[0].removeprefix(f"{self._out}/") or line for line in lines]


def test_what_is_told(tmp_path: Path) -> None:
    """`content_written` tells of each file that was written, once, and of no other; `finalized`
    comes after all of them, also where nothing was written.
    """
    trial = Trial(tmp_path)
    record = Record(trial, tmp_path)

    trial.run(**record.settings)
    *paths, last = record.told()
    assert last == "finalized"
    assert sorted(paths) == sorted(set(times(trial.out)) - {".archive/inventory"})

    before = times(trial.out)
    trial.content.sources[NOTICE].header["Title"] = "Tên khác"
    trial.run(**record.settings)
    *paths, last = record.told()
    after = times(trial.out)
    written = [path for path in after if after[path] != before.get(path)]
    assert last == "finalized"
    assert sorted(paths) == sorted(set(written) - {".archive/inventory"})
    assert paths

    trial.run(**record.settings)
    assert record.told() == ["finalized"]


def test_order_in_which_it_is_told(tmp_path: Path) -> None:
    """What is linked is told before what links it: files, pages, listings, feeds."""
    trial = Trial(tmp_path)
    record = Record(trial, tmp_path)
    trial.run(**record.settings)
    ranks = [rank(path) for path in record.told()[:-1]]
    assert ranks == sorted(ranks)
    assert set(ranks) == {0, 1, 2, 3, 4}


def test_nothing_is_told_of_a_fault(tmp_path: Path) -> None:
    """A build that stops on a fault tells nothing, and does not say that it is finished."""
    trial = Trial(tmp_path)
    record = Record(trial, tmp_path)
    trial.run(**record.settings)
    record.told()
    trial.content.sources[NOTICE].header["Tags"] = "khong-co"
    done = run(*trial.folders, **record.settings)
    assert done.returncode == 1
    assert record.told() == []


def test_listener_that_fails(tmp_path: Path) -> None:
    """Where a plugin fails over a file, the next build tells of this build's files again."""
    trial = Trial(tmp_path)
    record = Record(trial, tmp_path)
    settings = record.settings | {"RECORD": str(tmp_path / "no-such-folder/record")}
    done = run(*trial.folders, **settings)
    assert done.returncode != 0
    trial.run(**record.settings)
    *paths, last = record.told()
    assert last == "finalized"
    assert sorted(paths) == sorted(set(times(trial.out)) - {".archive/inventory"})
