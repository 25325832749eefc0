"""The ready-made pipelines do what their first lines say, and give nothing away.

What their hosts understand is judged by the hosts' own schemas and by zizmor; what they run is run.
"""

import json
import os
import re
import select
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from configparser import ConfigParser
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.building.running import FEW_STAGES, Trial, counts, times
from tests.conftest import ROOT
from tests.content.guides import VERBS, commands, flags

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
GITLAB = ROOT / ".gitlab-ci.yml"
PUBLISH, DUE, CODE_QUALITY = (ROOT / ".ci" / name for name in ("publish", "due", "codequality"))
SCRIPTS = [*WORKFLOWS, GITLAB, PUBLISH]
BIN = Path(sys.executable).parent


def parsed(path: Path) -> dict[str, Any]:
    """A file of YAML 1.2, in which `on` is a word."""
    return dict(YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8")))


def shells(path: Path) -> Iterator[str]:
    """What a pipeline gives to a shell."""
    for job in parsed(path).get("jobs", parsed(path)).values():
        if isinstance(job, dict):
            yield from (step["run"] for step in job.get("steps", ()) if "run" in step)
            yield from job.get("script", ())


def test_github_understands_the_workflows() -> None:
    """They are as the schema of workflows says."""
    check = [sys.executable, "-m", "check_jsonschema", "--builtin-schema"]
    subprocess.run([*check, "vendor.github-workflows", *WORKFLOWS], check=True)


def test_gitlab_understands_its_file() -> None:
    """It is as GitLab's schema says."""
    check = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.gitlab-ci"]
    subprocess.run([*check, "--data-transform", "gitlab-ci", GITLAB], check=True)


def test_the_workflows_are_safe() -> None:
    """Nothing is run that a stranger wrote, no action can change, no token may do too much."""
    subprocess.run([BIN / "zizmor", "--offline", "--no-progress", *WORKFLOWS], check=True)


def test_tokens_may_only_read() -> None:
    """No job has a permission besides reading; whatever is not named is not allowed."""
    for path in WORKFLOWS:
        workflow = parsed(path)
        assert workflow["permissions"] == {}
        allowed = [job.get("permissions") for job in workflow["jobs"].values()]
        assert allowed == [{"contents": "read"}] * len(allowed)


def test_actions_are_pinned() -> None:
    """An action is named by its commit, which nobody can move, with its version in words."""
    for path in WORKFLOWS:
        for line in re.findall(r"uses: *(.*)", path.read_text(encoding="utf-8")):
            assert re.fullmatch(r"actions/[a-z/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line), line


def test_pull_requests_get_no_secret() -> None:
    """What runs for somebody else's changes names no secret, and publishes nothing."""
    for path in WORKFLOWS:
        if "pull_request" in parsed(path)["on"]:
            text = path.read_text(encoding="utf-8")
            assert "secrets." not in text
            assert "publish" not in "\n".join(shells(path))
    jobs = parsed(GITLAB)
    rule = '$CI_PIPELINE_SOURCE == "merge_request_event"'
    assert jobs["check"]["rules"] == [{"if": rule}]
    for_main = "$PUBLISH_TO && $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"
    assert jobs["publish"]["rules"] == [{"if": for_main}]


def test_there_is_one_publisher() -> None:
    """No two publications run at once, and none is stopped in its middle."""
    job = parsed(ROOT / ".github/workflows/publish.yml")["jobs"]["publish"]
    assert job["concurrency"] == {"group": "publish", "cancel-in-progress": False}
    job = parsed(GITLAB)["publish"]
    assert (job["resource_group"], job["interruptible"]) == ("publish", False)


def test_pipelines_sleep_until_they_are_told_where_to_publish() -> None:
    """In this repository itself nothing is published."""
    jobs = parsed(ROOT / ".github/workflows/publish.yml")["jobs"]
    assert jobs["due"]["if"].startswith("vars.PUBLISH_TO != ''")
    assert jobs["publish"]["needs"] == "due"
    assert parsed(GITLAB)["wait"]["rules"][0]["if"].startswith("$PUBLISH_TO && ")


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_every_command_is_a_verb(path: Path) -> None:
    """What a pipeline asks of `inv` can be asked."""
    text = re.sub(r"(?m)^\s*#.*$", "", path.read_text(encoding="utf-8"))
    for verb, options in commands(text):
        assert verb in VERBS
        assert set(options) <= flags(verb), verb


def test_the_shell_understands_what_it_is_given() -> None:
    """Scripts, and what stands in pipelines, are right by the syntax of bash."""
    given = [PUBLISH.read_text(encoding="utf-8")]
    for path in (*WORKFLOWS, GITLAB):
        found = list(shells(path))
        assert found
        given += found
    for script in given:
        assert "${{" not in script
        subprocess.run(["bash", "-n"], input=script, text=True, check=True)


def says(*arguments: object) -> str:
    """What `.ci/due` says."""
    command = [sys.executable, DUE, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("2009-11-22T10:00:00+07:00\n", "yes"),
        ("2020-02-29T00:00:00.5+00:00", "yes"),  # many runs were missed
        ("2999-01-01T00:00:00+07:00", "no"),
        ("", "no"),  # nothing ever falls due
        ("\n", "no"),
        ("2009-11-22T10:00:00", "yes"),  # of no zone: nobody knows
        ("Traceback (most recent call last):", "yes"),
    ],
)
def test_the_site_is_due_once_its_instant_has_passed(
    tmp_path: Path, text: str, answer: str
) -> None:
    """What was remembered decides; what cannot be read is no reason to miss anything."""
    file = tmp_path / "due"
    file.write_text(text, encoding="utf-8")
    assert says(file) == answer


def test_the_site_is_due_if_nobody_knows(tmp_path: Path) -> None:
    """Without the file there was no publication that is remembered."""
    assert says(tmp_path / "due") == "yes"


def test_an_instant_near_by_is_waited_for(tmp_path: Path) -> None:
    """Whoever wakes a little early publishes to the minute, and never too early."""
    file = tmp_path / "due"
    soon = datetime.now(UTC) + timedelta(seconds=0.4)
    file.write_text(soon.isoformat(), encoding="utf-8")
    assert says("--wait", 60, file) == "yes"
    assert datetime.now(UTC) >= soon


STUB = """\
#!/usr/bin/env bash
echo "$*" >>asked
env >environment
ssh-add -l >keys 2>&1
if [ "$1" = due ]; then echo "2100-01-01T00:00:00+07:00"; exit 0; fi
exit "$(cat answer)"
"""
"""Stands for `inv`: it writes down what it is asked, and ends as `answer` says."""


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A clone with the scripts and an `inv` that only listens."""
    shutil.copytree(ROOT / ".ci", tmp_path / ".ci")
    (tmp_path / "Makefile").write_text(".venv/site: ; @true\n", encoding="utf-8")
    (tmp_path / ".venv/bin").mkdir(parents=True)
    inv = tmp_path / ".venv/bin/inv"
    inv.write_text(STUB, encoding="utf-8")
    inv.chmod(0o755)
    (tmp_path / "answer").write_text("0", encoding="utf-8")
    return tmp_path


def publish(clone: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run `.ci/publish`, from another folder."""
    return subprocess.run(
        [clone / ".ci/publish", *arguments],
        cwd="/",
        env=os.environ | {"HOME": str(clone)} | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def asked(clone: Path) -> list[str]:
    """What `inv` was asked."""
    file = clone / "asked"
    return file.read_text(encoding="utf-8").splitlines() if file.exists() else []


def test_publishing_remembers_what_falls_due(clone: Path) -> None:
    """It asks before it builds, so that nothing falls between the two, and remembers afterwards."""
    assert publish(clone, "www", "--allow", "file-gone").returncode == 0
    assert asked(clone) == ["due", "publish --to www --yes --allow file-gone"]
    assert (clone / ".cache/due").read_text(encoding="utf-8") == "2100-01-01T00:00:00+07:00\n"


def test_a_publication_that_failed_is_tried_again(clone: Path) -> None:
    """The instant that has passed stays remembered, so that the next run publishes."""
    (clone / ".cache").mkdir()
    (clone / ".cache/due").write_text("2009-11-22T10:00:00+07:00\n", encoding="utf-8")
    (clone / "answer").write_text("1", encoding="utf-8")
    assert publish(clone, "--if-due", "www").returncode == 1
    assert publish(clone, "--if-due", "www").returncode == 1
    (clone / "answer").write_text("0", encoding="utf-8")
    assert publish(clone, "--if-due", "www").returncode == 0
    assert asked(clone).count("publish --to www --yes") == 3
    assert publish(clone, "--if-due", "www").returncode == 0
    assert asked(clone).count("publish --to www --yes") == 3


def test_nothing_is_done_before_it_is_due(clone: Path) -> None:
    """A run that is woken too early reads one file."""
    (clone / ".cache").mkdir()
    (clone / ".cache/due").write_text("2100-01-01T00:00:00+07:00\n", encoding="utf-8")
    assert publish(clone, "--if-due", "www").returncode == 0
    assert asked(clone) == []


def test_a_publisher_needs_a_target(clone: Path) -> None:
    """Without one it says what to write, and does nothing."""
    done = publish(clone)
    assert done.returncode != 0
    assert ".ci/publish TARGET" in done.stderr
    assert asked(clone) == []


def test_a_key_is_held_in_memory_only(clone: Path) -> None:
    """The key of a target is with an agent that ends with the publication, in no file, in no log,
    in no environment of what is run.
    """
    assert shutil.which("ssh-keygen"), "Install openssh-client."
    file = clone / "made"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file], check=True)
    key = file.read_text(encoding="utf-8").strip()
    (clone / "made").unlink()
    done = publish(clone, "www", SSH_KEY=key, SSH_KNOWN_HOSTS="www.example.org ssh-ed25519 AAAA")
    assert done.returncode == 0, done.stderr
    assert "ED25519" in (clone / "keys").read_text(encoding="utf-8")
    secret = key.splitlines()[2]
    holding = [path for path in clone.rglob("*") if path.is_file() and secret in _text(path)]
    assert holding == []
    assert secret not in done.stdout + done.stderr
    known = clone / ".ssh/known_hosts"
    assert known.read_text(encoding="utf-8") == "www.example.org ssh-ed25519 AAAA\n"
    agent = re.search(r"^SSH_AGENT_PID=(\d+)$", _text(clone / "environment"), re.MULTILINE)
    assert agent
    assert has_ended(int(agent[1]))


def has_ended(process: int) -> bool:
    """Whether a process has ended, or ends within seconds."""
    try:
        handle = os.pidfd_open(process)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], 10)[0])
    finally:
        os.close(handle)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


def test_what_pipelines_keep_is_enough(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With ledger and site from the last run and sources checked out anew, nothing is built again,
    and no file of the site looks newer than it is.
    """
    trial = Trial(tmp_path, PLUGINS=FEW_STAGES)
    trial.build()
    before = times(trial.out)
    with tarfile.open(tmp_path / "kept.tar", "w") as kept:
        for folder in (trial.out, trial.cache):
            kept.add(folder, folder.name)
            shutil.rmtree(folder)
    shutil.rmtree(trial.source)
    with tarfile.open(tmp_path / "kept.tar") as kept:
        kept.extractall(tmp_path, filter="tar")
    restored = times(trial.out)
    capsys.readouterr()
    trial.build()
    assert counts(capsys.readouterr().out)["files built"] == 0
    assert times(trial.out) == restored
    assert whole_seconds(restored) == whole_seconds(before)


def whole_seconds(written: dict[str, int]) -> dict[str, int]:
    """Times as hosts and archives have them."""
    return {path: at // 10**9 for path, at in written.items()}


def test_gitlab_shows_every_problem() -> None:
    """A report names each problem with its file, its line and what to do; the same fault on another
    line is the same finding.
    """
    problem = {
        "path": "2026/11/hop-bao.vi.md",
        "line": 2,
        "key": "Date",
        "level": "fault",
        "message": "“05/03/2026” can be read in two ways.",
        "remedy": "Write “2026-03-05” or “2026-05-03”.",
    }
    given = [problem, problem | {"line": 9}, problem | {"level": "advice", "key": "body"}]
    done = subprocess.run(
        [sys.executable, CODE_QUALITY, "content"],
        input=json.dumps(given),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    one, moved, advice = json.loads(done.stdout)
    assert one["location"] == {"path": "content/2026/11/hop-bao.vi.md", "lines": {"begin": 2}}
    assert one["description"] == f"Date: {problem['message']} {problem['remedy']}"
    assert (one["severity"], advice["severity"]) == ("major", "info")
    assert one["fingerprint"] == moved["fingerprint"] != advice["fingerprint"]


@pytest.mark.parametrize("name", ["archive-publish.service", "archive-publish.timer"])
def test_systemd_understands_the_units(name: str) -> None:
    """The units are whole, and start what is there."""
    unit = ConfigParser(interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(ROOT / ".ci" / name, encoding="utf-8")
    if name.endswith(".timer"):
        assert unit["Timer"]["OnCalendar"] == "minutely"
        return
    program, *given = unit["Service"]["ExecStart"].split()
    assert (ROOT / program.removeprefix("%h/archive/")).samefile(PUBLISH)
    assert given[0] == "--if-due"
