"""The steps of the workflow that watches."""

from __future__ import annotations

import yaml

from octavo.starter.engine import SITE

WORKFLOW = SITE / ".github/workflows/watch.yml"


def read_step(job: str) -> list[str]:
    """The command to run a step of a job as GitHub does."""
    steps = yaml.safe_load(WORKFLOW.read_text("utf-8"))["jobs"][job]["steps"]
    (script,) = (step["run"] for step in steps if "name" in step)
    return ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
