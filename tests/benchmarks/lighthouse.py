"""Runs Lighthouse on a page of each important kind, and prints its scores and all that it lacks.

The archive is built, served by nginx with the configuration that the build made, and visited by
Lighthouse as by a cheap telephone on a slow line (its own preset). The scores are printed as a
table in Markdown, with every audit that is not passed; the exit code is 1 if a score is below 100.
`python -m tests.benchmarks.lighthouse [CONTENT]`; Lighthouse itself is fetched once, by npm, into
`.cache/lighthouse`.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

from pelicanconf import PLUGINS
from tests.consumers import nginx
from tests.consumers.browser import FLAGS, chromium
from tests.consumers.kinds import LANGUAGES, Kind, found
from tests.outputs.conftest import read

ROOT = Path(__file__).parents[2]
TOOLS = ROOT / ".cache/lighthouse"
PACKAGE = "lighthouse@12"
HOST = "http://127.0.0.1"

VISITED = ("home", "bulletin", "event", "tag", "search")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
TRIES = 3
"""How often a page is visited whose performance is not the best: a busy machine only worsens it."""


class Lack(NamedTuple):
    """An audit that a page does not pass: its score (1 is passed), its weight, where and what."""

    name: str
    score: float
    weight: float
    words: str


class Report(NamedTuple):
    """What Lighthouse says of a page: a score of each category, 100 at best; what it lacks."""

    page: str
    scores: dict[str, int]
    lacking: list[Lack]


def main() -> int:
    """Judge the archive that is named, or `content/`; 1 if a page is missing or not the best."""
    content = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "content").resolve()
    command = _installed()
    with tempfile.TemporaryDirectory(prefix="lighthouse-") as scratch:
        folder = Path(scratch)
        site, work = folder / "site", folder / "work"
        work.mkdir()
        _build(content, site, folder / "cache")
        kinds = found(site, read(folder / "read", content), PLUGINS)
        wanted = [Kind(name, language) for name in VISITED for language in LANGUAGES]
        with nginx.serving(site, work) as server:
            reports = [
                _best(command, f"{HOST}:{server.port}", address, folder / "report.json")
                for address in (kinds[kind] for kind in wanted if kind in kinds)
            ]
    _print(reports)
    missing = [str(kind) for kind in wanted if kind not in kinds]
    if missing:
        print(f"\nThere is no page of these kinds: {', '.join(missing)}.")
    return int(bool(missing) or any(n < 100 for report in reports for n in report.scores.values()))


def _installed() -> list[str]:
    """The command that starts Lighthouse, fetched if it is not there."""
    for program in ("node", "npm"):
        if not shutil.which(program):
            raise SystemExit(f"There is no {program}. Write: sudo apt-get install nodejs npm")
    script = TOOLS / "node_modules/lighthouse/cli/index.js"
    if not script.is_file():
        TOOLS.mkdir(parents=True, exist_ok=True)
        quiet = ("--no-audit", "--no-fund", "--loglevel=error")
        subprocess.run(["npm", "install", "--prefix", TOOLS, *quiet, PACKAGE], check=True)
    return ["node", str(script)]


def _build(content: Path, site: Path, cache: Path) -> None:
    given = {"CACHE_PATH": str(cache), "SITEURL": HOST}
    command = [sys.executable, "-m", "pelican", content, "-s", "pelicanconf.py", "-o", site, "-e"]
    command += [f"{name}={json.dumps(value)}" for name, value in given.items()]
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)


def _best(command: list[str], url: str, address: str, report: Path) -> Report:
    """The best of some visits: another one is worth its time if performance alone is lacking."""
    found: list[Report] = []
    for _ in range(TRIES):
        found.append(_visit(command, url, address, report))
        scores = found[-1].scores
        if [name for name, score in scores.items() if score < 100] != ["performance"]:
            break
    return max(found, key=lambda each: sum(each.scores.values()))


def _visit(command: list[str], url: str, address: str, report: Path) -> Report:
    asked = [f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={' '.join(FLAGS)}"]
    asked += ["--output=json", f"--output-path={report}", "--quiet"]
    environment = {**os.environ, "CHROME_PATH": chromium()}
    subprocess.run([*command, url + address, *asked], env=environment, check=True)
    return _report(address, json.loads(report.read_text(encoding="utf-8")))


def _report(address: str, said: dict[str, Any]) -> Report:
    """What counts of a result (Lighthouse's `LHR`); a score that could not be had is 0."""
    categories = said["categories"]
    scores = {name: round(100 * (categories[name]["score"] or 0)) for name in CATEGORIES}
    weighed = {
        ref["id"]: ref["weight"] for name in CATEGORIES for ref in categories[name]["auditRefs"]
    }
    audits = {name: said["audits"][name] for name in weighed}
    lacking = [
        Lack(name, audit["score"], weighed[name], _words(audit))
        for name, audit in audits.items()
        if audit["score"] is not None and audit["score"] < 1
    ]
    return Report(address, scores, lacking)


def _words(audit: dict[str, Any]) -> str:
    """What an audit says, and the first place of which it says it."""
    items = audit.get("details", {}).get("items", [])
    nodes = [item["node"]["snippet"] for item in items if item.get("node")]
    files = [item["url"] for item in items if item.get("url")]
    return " ".join([audit["title"], audit.get("displayValue", ""), *[*nodes, *files][:1]])


def _print(reports: list[Report]) -> None:
    print(f"\n| page | {' | '.join(CATEGORIES)} |")
    print("|---|--:|--:|--:|--:|")
    for report in reports:
        print(f"| {report.page} | {' | '.join(str(report.scores[name]) for name in CATEGORIES)} |")
    print("\n| audit that is not passed | weight | least score | pages | first |")
    print("|---|--:|--:|--:|---|")
    lacks: dict[tuple[float, str], list[tuple[Lack, str]]] = {}
    for report in reports:
        for lack in report.lacking:
            lacks.setdefault((-lack.weight, lack.name), []).append((lack, report.page))
    for (weight, name), where in sorted(lacks.items()):
        worst, page = min(where, key=lambda each: each[0].score)
        count = f"{len(where)} of {len(reports)}"
        print(f"| {name} | {-weight:g} | {worst.score:g} | {count} | {page}: {worst.words} |")


if __name__ == "__main__":
    sys.exit(main())
