"""The watch workflow: it opens one pull request, updates it, and opens none without findings."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.importing.replay import Replay, Reply, make_csl
from tests.watching.steps import read_step

NOTICE = {"DOI": "10.1145/9", "type": "retraction", "label": "Retraction", "source": "retraction-watch"}
# A fake `gh`: it has at most one pull request, and keeps its state in a file.
GH = """#!/bin/sh
echo "$*" >> "$GH_LOG"
case "$2" in
  list) cat "$GH_OPEN" 2>/dev/null || true ;;
  create) echo 1 > "$GH_OPEN" ;;
esac
"""
Watch = Callable[[], str]


def git(folder: Path, *arguments: str) -> str:
    command = ["git", "-c", "user.name=E", "-c", "user.email=e@example.org", *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def site(data: Path, tmp_path: Path) -> Path:
    """The project, with a bare repository beside it as its origin."""
    (tmp_path / ".gitignore").write_text("/.cache/\n/watch/\n/bin/\n/gh*\n/origin.git/\n/no-config/\n")
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", "origin.git")
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "--message=First")
    git(tmp_path, "remote", "add", "origin", str(tmp_path / "origin.git"))
    git(tmp_path, "push", "--quiet", "origin", "main")
    return tmp_path


@pytest.fixture
def watch(site: Path, sources: Replay) -> Watch:
    """Run both steps a week later, on a fresh checkout of main; returns their output."""
    commands = {"gh": GH, "octavo": f'#!/bin/sh\nexec {sys.executable} -m octavo.cli "$@"\n'}
    (site / "bin").mkdir()
    for name, text in commands.items():
        (site / "bin" / name).write_text(text)
        (site / "bin" / name).chmod(0o755)
    env = {
        **os.environ,
        "PATH": f"{site / 'bin'}:{os.environ['PATH']}",
        "GH_LOG": str(site / "gh.log"),
        "GH_OPEN": str(site / "gh-open"),
    }

    def run_steps() -> str:
        git(site, "switch", "--quiet", "--force", "main")
        for left in [*(site / ".cache").rglob("*.json"), *(site / "watch").glob("*")]:
            left.unlink()
        said = ""
        for step in ("look", "propose"):
            if step == "propose":  # another machine
                git(site, "checkout", "--quiet", "--force", "main")
            done = subprocess.run(read_step(step), cwd=site, env=env, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stdout + done.stderr
            said += done.stdout
        return said

    return run_steps


def read_log(site: Path) -> list[str]:
    """The commands given to gh, without queries."""
    log = (site / "gh.log").read_text().splitlines() if (site / "gh.log").exists() else []
    return [" ".join(line.split()[:2]) for line in log if line.startswith(("pr create", "pr edit"))]


def test_without_findings_there_is_no_request(watch: Watch, site: Path) -> None:
    assert "Nothing to propose." in watch()
    assert read_log(site) == []
    assert "octavo-watch" not in git(site / "origin.git", "branch")


def test_a_finding_opens_one_request_with_diff_and_report_and_later_ones_update_it(
    watch: Watch, site: Path, sources: Replay
) -> None:
    sources.reply("/doi/10.1145/1.2", Reply(make_csl(**{"updated-by": [NOTICE]})))
    watch()
    assert read_log(site) == ["pr create"]
    assert "+  status: retracted" in git(site, "diff", "main", "origin/octavo-watch", "--", "data")
    message = git(site, "log", "-1", "--format=%B", "origin/octavo-watch")
    assert "## Retractions and corrections" in message
    sources.reply("/doi/10.1145/1.2", Reply(make_csl(page="1-20", **{"updated-by": [NOTICE]})))
    watch()
    assert read_log(site) == ["pr create", "pr edit"]
    assert git(site / "origin.git", "branch").split() == ["*", "main", "octavo-watch"]
    assert git(site / "origin.git", "rev-list", "--count", "main..octavo-watch").strip() == "1"


def test_declined_changes_are_not_proposed_again_until_there_are_new_ones(
    watch: Watch, site: Path, sources: Replay
) -> None:
    sources.reply("/doi/10.1145/1.2", Reply(make_csl(**{"updated-by": [NOTICE]})))
    watch()
    (site / "gh-open").unlink()
    git(site, "switch", "--quiet", "main")
    git(site, "commit", "--quiet", "--allow-empty", "--message=Something else")
    assert "The same was proposed before" in watch()
    sources.reply("/doi/10.1145/1.2", Reply(make_csl(page="1-20", **{"updated-by": [NOTICE]})))
    watch()
    assert read_log(site) == ["pr create", "pr create"]


def test_a_report_without_a_change_is_proposed_too(watch: Watch, site: Path, sources: Replay, data: Path) -> None:
    rows = (data / "publications.yml").read_text().replace("Virtual Tensors", "Tensors of My Own")
    (data / "publications.yml").write_text(rows)
    git(site, "commit", "--quiet", "--all", "--message=By hand")
    watch()
    assert read_log(site) == ["pr create"]
    assert "## To be decided" in git(site, "log", "-1", "--format=%B", "origin/octavo-watch")


def test_a_patch_changes_nothing_outside_the_tables(watch: Watch, site: Path, sources: Replay) -> None:
    """The step that made the patch ran installed packages, so the step that pushes doesn't trust it."""
    sources.reply("/doi/10.1145/1.2", Reply(make_csl(**{"updated-by": [NOTICE]})))
    watch()
    foreign = "diff --git a/x.sh b/x.sh\nnew file mode 100755\n--- /dev/null\n+++ b/x.sh\n@@ -0,0 +1 @@\n+bad\n"
    git(site, "checkout", "--quiet", "--force", "main")
    with (site / "watch/data.patch").open("a") as patch:
        patch.write(foreign)
    env = {**os.environ, "PATH": f"{site / 'bin'}:{os.environ['PATH']}", "GH_LOG": os.devnull, "GH_OPEN": os.devnull}
    subprocess.run(read_step("propose"), cwd=site, env=env, check=True)
    changed = git(site, "diff", "--name-only", "main", "octavo-watch").split()
    assert "data/publications.yml" in changed
    assert all(file.startswith("data/") for file in changed)
