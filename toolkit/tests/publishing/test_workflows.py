"""The workflows run only reviewed code on GitHub, with no more permissions than needed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from octavo.starter.engine import SITE
from tests.sites import ROOT

WORKFLOWS = sorted(file for folder in (ROOT, SITE) for file in (folder / ".github/workflows").glob("*.y*ml"))
PINNED = re.compile(r"uses: [\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
# Outsiders can't influence these; a pull request may have written anything else in `${{ }}`.
TRUSTED = re.compile(r"(matrix|steps\.\w+\.outputs)\.\w+|github\.(sha|run_id|event_name)")


@pytest.fixture(params=WORKFLOWS, ids=lambda file: file.name)
def workflow(request: pytest.FixtureRequest) -> Path:
    """Each workflow of the repository."""
    file: Path = request.param
    return file


def read(workflow: Path) -> dict[str, Any]:
    # YAML 1.1 reads the key `on` as true.
    data: dict[Any, Any] = yaml.safe_load(workflow.read_text(encoding="utf-8"))
    return {"on": data.pop(True), **data}


def list_steps(workflow: Path) -> Iterator[dict[str, Any]]:
    for job in read(workflow)["jobs"].values():
        yield from job["steps"]


def test_there_are_workflows_to_look_at() -> None:
    assert {file.name for file in WORKFLOWS} >= {"publish.yml", "test.yml"}


def test_every_action_is_pinned_to_a_commit_beside_its_version(workflow: Path) -> None:
    """A tag can be moved to other code; a commit's digest can't."""
    uses = [line.strip().removeprefix("- ") for line in workflow.read_text("utf-8").splitlines() if "uses:" in line]
    assert len(uses) == sum("uses" in step for step in list_steps(workflow))
    assert [line for line in uses if not PINNED.fullmatch(line)] == []


def test_an_action_has_the_same_version_in_all_workflows() -> None:
    """Two versions of one action mean that an update missed a place."""
    text = "\n".join(file.read_text(encoding="utf-8") for file in WORKFLOWS)
    versions: dict[str, set[str]] = {}
    for action, version in re.findall(r"uses: (\S+?)@(.+)", text):
        versions.setdefault(action, set()).add(version)
    assert {action: found for action, found in versions.items() if len(found) > 1} == {}


def test_no_checkout_keeps_its_credentials(workflow: Path) -> None:
    """Later steps, including hooks and packages, must find no token in `.git/config`."""
    checkouts = [step for step in list_steps(workflow) if step.get("uses", "").startswith("actions/checkout@")]
    assert [step for step in checkouts if step.get("with", {}).get("persist-credentials") is not False] == []


def test_permissions_are_explicit_and_minimal(workflow: Path) -> None:
    """By default, a workflow may read the repository; only a job that publishes may do more, and no more than that."""
    data = read(workflow)
    assert data["permissions"] == {"contents": "read"}
    wider = {name: job["permissions"] for name, job in data["jobs"].items() if "permissions" in job}
    allowed = {
        "publish": {"pages": "write", "id-token": "write"},
        "propose": {"contents": "write", "pull-requests": "write"},
        "release": {"contents": "write"},
    }
    assert all(rights == allowed.get(name) for name, rights in wider.items()), wider


def test_no_job_with_write_permission_runs_installed_packages(workflow: Path) -> None:
    """A package that was tampered with can't push."""
    for job in read(workflow)["jobs"].values():
        if "permissions" in job:
            assert not any(re.search(r"\bpip\b|\bpython\b|\bmake\b", step.get("run", "")) for step in job["steps"])


def test_external_links_are_checked_without_blocking_a_change() -> None:
    """A server that is down must not block a pull request."""
    workflow = ROOT / ".github/workflows/links.yml"
    started = read(workflow)["on"]
    assert set(started) == {"schedule", "push", "workflow_dispatch"}
    assert started["push"] == {"tags": ["v*"]}
    assert "octavo check --site --external" in workflow.read_text(encoding="utf-8")
    others = [file for file in WORKFLOWS if file != workflow]
    assert [file.name for file in others if "--external" in file.read_text(encoding="utf-8")] == []


def test_a_pull_request_runs_without_permissions_for_this_repository(workflow: Path) -> None:
    """`pull_request_target` and `workflow_run` would run a stranger's change with the repository's own permissions."""
    assert set(read(workflow)["on"]) <= {"push", "pull_request", "workflow_dispatch", "schedule", "release"}


def test_no_command_contains_text_by_a_stranger(workflow: Path) -> None:
    """An expression in `run:` becomes shell code before the shell sees it: a branch's name could be a command."""
    commands = [step["run"] for step in list_steps(workflow) if "run" in step]
    assert commands
    found = [inner.strip() for command in commands for inner in re.findall(r"\$\{\{(.*?)\}\}", command, re.DOTALL)]
    assert [inner for inner in found if not TRUSTED.fullmatch(inner)] == []
