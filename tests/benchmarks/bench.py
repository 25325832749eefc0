"""Measures whole builds as a webmaster waits for them, and prints tables in Markdown.

Each row is a process of its own: the median of its runs, with the greatest memory of one process
and of all processes together. Rows “without search” leave out that stage, those “without search and
syndication” feeds, calendars and embeds, too: the differences are what these cost; a pipeline that
lacks a stage has no such rows. Rows “with RSS alone” have feeds in that format and nothing else of
these: what other generators are measured with. Below is what the first view of a notice weighs.

Each clean build goes to a folder of its own, and nothing is deleted before the end: for minutes
after many files were deleted, ext4 looks through all of them for each that is made.
`python -m tests.benchmarks.bench [CONTENT]`; with no content folder it writes synthetic archives of
2,000 and 10,000 notices, and one of 100 with a picture each.
"""

import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from pelicanconf import PLUGINS
from tests.benchmarks import desk, publishing, synthetic, weight

ROOT = Path(__file__).parents[2]
SIZES = (2_000, 10_000)
WITH_PICTURES = 100
RUNS = 3

STAGES = {
    "search": ("search",),
    "search and syndication": ("search", "feeds", "calendars", "embeds"),
    "pictures": ("pictures",),
}
"""Stages that are left out together, to see what they cost."""

RSS_ALONE = "tests.benchmarks.rss_alone"
"""The plugin that takes all other formats out of the feeds."""

Pipelines = dict[str, list[str]]
"""The plugins of each pipeline that takes part, by what is added to the names of its rows."""


class Measured(NamedTuple):
    """A row: seconds of each run, megabytes at the most of the greatest process and of all."""

    what: str
    seconds: list[float]
    one: float
    all: float


def main() -> None:
    """Measure the archive that is named, or synthetic ones."""
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        folder = Path(scratch)
        usual = _pipelines("search", "search and syndication")
        usual[" with RSS alone"] = [*_without("search", "calendars", "embeds"), RSS_ALONE]
        if len(sys.argv) > 1:
            given = Path(sys.argv[1]).resolve()
            shutil.copytree(given, folder / "content")
            _print(given.name, _measure(folder / "content", folder / "site", usual))
            weight.show(folder / "site/run/output")
            return
        for size in SIZES:
            content = folder / f"content-{size}"
            synthetic.write(content, size)
            rows = _measure(content, folder / str(size), usual)
            rows += _desk(content, folder / f"{size}/run")
            _print(f"{size:,} notices", [*rows, *_publications(content, folder / f"{size}/run")])
            weight.show(folder / f"{size}/run/output")
        content = folder / "content-pictures"
        synthetic.write(content, WITH_PICTURES, pictures=True)
        rows = _measure(content, folder / "pictures", _pipelines("pictures"))
        _print(f"{WITH_PICTURES} notices with a picture each", rows)
        _edit(_recent(content)[0], random.Random(3))
        _show_made_again(content, folder / "pictures/run")


def _pipelines(*left_out: str) -> Pipelines:
    """The whole pipeline, and those without some stages, as far as it has them."""
    found = {"": PLUGINS}
    for name in left_out:
        kept = _without(*STAGES[name])
        if len(kept) < len(PLUGINS):
            found[f" without {name}"] = kept
    return found


def _without(*stages: str) -> list[str]:
    return [plugin for plugin in PLUGINS if plugin.rpartition(".")[2] not in stages]


def _measure(content: Path, folder: Path, pipelines: Pipelines) -> list[Measured]:
    """The rows of one archive: clean builds first, then the same site again and again.

    The pipelines take turns, so that a machine whose speed drifts treats all alike.
    """
    rows: dict[str, Measured] = {}
    chance = random.Random(2)
    sources = sorted(content.glob("[0-9]*/*/*.md"))
    changes: dict[str, Callable[[int], None]] = {
        "clean build": lambda _: None,
        "no change": lambda _: None,
        "one edited body": lambda _: _edit(chance.choice(sources), chance),
        "one edited recent body": lambda _: _edit(chance.choice(_recent(content)), chance),
        "one added notice": lambda run: _add(sources[-1], run),
    }
    for change, make in changes.items():
        for run in range(RUNS):
            make(run)
            for name, plugins in pipelines.items():
                what = f"{change}{name}"
                row = rows.get(what, Measured(what, [], 0, 0))
                site = folder / f"before-{run}" if _is_first(change, run) else folder
                rows[what] = _with(row, _build(content, site / f"run{name}", plugins))
    return list(rows.values())


def _is_first(change: str, run: int) -> bool:
    """Whether no row is measured in the site of a clean build but its own."""
    return change == "clean build" and run < RUNS - 1


def _desk(content: Path, site: Path) -> list[Measured]:
    """The rows of checks and of the preview, on a site that was built."""
    chance, conf = random.Random(5), desk.settings(site)
    sources = sorted(content.glob("[0-9]*/*/*.vi.md"))
    small = site.parent / "small"
    synthetic.write(small / "content", 10)
    start = desk.check(desk.settings(small), small / "content")
    _run(start)
    found = {name: Measured(name, [], 0, 0) for name in ("check: start-up", "check of all")}
    found["check of one changed file"] = Measured("check of one changed file", [], 0, 0)
    for _ in range(RUNS):
        edited = chance.choice(sources)
        _edit(edited, chance)
        commands = {
            "check: start-up": start,
            "check of one changed file": desk.check(conf, content, edited),
            "check of all": desk.check(conf, content),
        }
        for name, command in commands.items():
            found[name] = _with(found[name], _run(command))
    saves = desk.saves(conf, content, chance.choice(sources), 10)
    return [*found.values(), Measured("save to reloaded browser", saves, 0, 0)]


def _publications(content: Path, site: Path) -> list[Measured]:
    """The rows of publications of one edited notice; the first one to each target counts not."""
    chance, rows = random.Random(4), []
    sources = sorted(content.glob("[0-9]*/*/*.md"))
    with publishing.server() as endpoint:
        conf = publishing.settings(site, endpoint)
        for target in publishing.TARGETS:
            command = publishing.command(conf, content, target)
            _run(command)
            row = Measured(f"one edited body, published: {target}", [], 0, 0)
            for _ in range(RUNS):
                _edit(chance.choice(sources), chance)
                row = _with(row, _run(command))
            rows.append(row)
    return rows


def _recent(content: Path) -> list[Path]:
    """The sources of the newest month."""
    newest = max(content.glob("[0-9]*/[0-9]*"))
    return sorted(newest.glob("*.md"))


def _show_made_again(content: Path, site: Path) -> None:
    """Build once more, and print how many copies of pictures were written by it."""

    def copies() -> dict[Path, int]:
        files = (site / "output").rglob("*.webp")
        return {file: file.stat().st_mtime_ns for file in files}

    before = copies()
    _build(content, site, PLUGINS)
    again = [file for file, at in copies().items() if before.get(file) != at]
    print(f"\nAfter the edit of a notice, {len(again)} of {len(before)} copies were made again.")


def _edit(source: Path, chance: random.Random) -> None:
    """Add a paragraph to a notice."""
    with source.open("a", encoding="utf-8") as file:
        file.write(f"\n{synthetic.paragraph(chance, 30)}\n")


def _add(like: Path, run: int) -> None:
    """Add a notice like another one, beside it, at an address of its own."""
    text = like.read_text(encoding="utf-8")
    lines = [line for line in text.split("\n") if not line.startswith(("Slug:", "Id:"))]
    if not any(line.startswith("Date:") for line in lines[:12]):
        lines.insert(1, "Date: 2017-12-28 10:00")
    language = like.name.rsplit(".", 2)[1]
    new = like.with_name(f"added-{run}.{language}.md")
    new.write_text("\n".join(lines), encoding="utf-8")


def _with(row: Measured, run: tuple[float, float, float]) -> Measured:
    seconds, one, everything = run
    return Measured(row.what, [*row.seconds, seconds], max(row.one, one), max(row.all, everything))


def _build(content: Path, site: Path, plugins: list[str]) -> tuple[float, float, float]:
    """Build once: seconds of the whole process, megabytes of its greatest part and of all parts."""
    command = [sys.executable, "-m", "pelican", str(content), "-s", "pelicanconf.py"]
    given = {"CACHE_PATH": str(site / "cache"), "PLUGINS": plugins}
    command += ["-o", str(site / "output"), "-e"]
    command += [f"{name}={json.dumps(value)}" for name, value in given.items()]
    return _run(command)


def _run(command: list[str]) -> tuple[float, float, float]:
    """Run a process to its end: seconds, megabytes of its greatest part and of all parts."""
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, env=_environment(), stdout=subprocess.DEVNULL)
    most = [0.0, 0.0]
    watcher = threading.Thread(target=_watch, args=(process, most))
    watcher.start()
    code = process.wait()
    seconds = time.perf_counter() - start
    watcher.join()
    if code:
        raise SystemExit(f"It failed: {' '.join(command)}")
    return seconds, most[0], most[1]


def _environment() -> dict[str, str]:
    """As a webmaster has it: Python keeps what it compiled."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _watch(process: subprocess.Popen[bytes], most: list[float]) -> None:
    """Note the greatest memory (resident; of all: proportional) while a process runs."""
    while process.poll() is None:
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        try:
            family = [process.pid, *map(int, children.read_text().split())]
            sizes = [_memory(pid) for pid in family]
        except OSError:
            continue
        most[0] = max(most[0], *(resident for resident, _ in sizes))
        most[1] = max(most[1], sum(proportional for _, proportional in sizes))
        time.sleep(0.05)


def _memory(pid: int) -> tuple[float, float]:
    """Resident and proportional set size of a process, in MB (Linux, proc(5))."""
    fields = dict.fromkeys(("Rss", "Pss"), 0.0)
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().split("\n"):
        name, _, value = line.partition(":")
        if name in fields:
            fields[name] = int(value.split()[0]) / 1000
    return fields["Rss"], fields["Pss"]


def _print(title: str, rows: list[Measured]) -> None:
    print(f"\n| {title} | median s | all runs | MB, greatest process | MB, all processes |")
    print("|---|--:|---|--:|--:|")
    for row in rows:
        runs = ", ".join(f"{second:.2f}" for second in row.seconds)
        median = statistics.median(row.seconds)
        print(f"| {row.what} | {median:.2f} | {runs} | {row.one:.0f} | {row.all:.0f} |", flush=True)


if __name__ == "__main__":
    main()
