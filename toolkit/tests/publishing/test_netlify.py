"""Netlify: the settings in `netlify.toml`, and the real builder and server if they are installed."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from octavo.policy import NAME, STRICTEST, check_policy
from octavo.starter.engine import SITE
from tests.needs import need
from tests.sites import ROOT

CONFIGURATION = tomllib.loads((ROOT / "netlify.toml").read_text(encoding="utf-8"))
# The command would download Deno for edge functions, which the site doesn't have.
SERVE = ("dev", "--offline", "--internal-disable-edge-functions", "--no-open", "--dir", "_site")
PAGE = '<!DOCTYPE html><html lang="en"><head><title>{}</title></head><body><h1>{}</h1></body></html>'


def headers_of(path: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for rule in CONFIGURATION["headers"]:
        if rule["for"] in {"/*", path}:
            found |= rule["values"]
    return found


def read_policy() -> dict[str, list[str]]:
    directives = (part.split() for part in STRICTEST.write_header().split(";"))
    return {name: values for name, *values in directives}


def test_the_policy_denies_everything_but_the_site():
    policy = read_policy()
    assert policy["default-src"] == ["'none'"]
    assert policy.pop("img-src") == ["'self'", "data:"]
    for name in ("script-src", "style-src"):
        assert policy[name] == ["'self'"]
    assert {value for values in policy.values() for value in values} <= {"'none'", "'self'"}


def test_netlify_toml_leaves_the_policy_to_the_build():
    assert NAME not in headers_of("/")
    assert check_policy(ROOT) == []


@pytest.mark.parametrize("name", ["base-uri", "frame-ancestors", "form-action"])
def test_the_policy_restricts_what_the_default_does_not_cover(name):
    assert read_policy()[name] == ["'none'"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Strict-Transport-Security", r"max-age=\d{8,}"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "strict-origin-when-cross-origin"),
        ("Permissions-Policy", r"(\w+(-\w+)*=\(\)(, )?)+"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Cache-Control", "public, max-age=0, must-revalidate"),
    ],
)
def test_every_page_carries_the_header(name, value):
    assert re.fullmatch(value, headers_of("/publications/a.html")[name])


def test_no_two_rules_set_the_same_header_for_a_file():
    # Netlify would send both values, joined by a comma.
    everywhere = next(rule["values"] for rule in CONFIGURATION["headers"] if rule["for"] == "/*")
    others = [rule for rule in CONFIGURATION["headers"] if rule["for"] != "/*"]
    assert others
    assert not [rule["for"] for rule in others if rule["values"].keys() & everywhere.keys()]
    assert len({rule["for"] for rule in others}) == len(others)


def test_no_page_redirects_to_itself():
    def strip(path):
        return path.removesuffix("/").removesuffix(".html").removesuffix("/index") or "/"

    rules = CONFIGURATION["redirects"]
    assert rules
    for rule in rules:
        assert strip(rule["from"]) != strip(rule["to"])
        assert not rule.get("force")


def test_all_settings_name_the_same_python():
    wanted = CONFIGURATION["build"]["environment"]["PYTHON_VERSION"]
    project = tomllib.loads((ROOT / "toolkit/pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["requires-python"] == f">={wanted}"
    assert f'python-version: "{wanted}"' in (ROOT / ".github/workflows/publish.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize("context", ["deploy-preview", "branch-deploy"])
def test_previews_show_drafts_and_keep_search_engines_away(context):
    assert CONFIGURATION["context"][context]["command"] == f"{CONFIGURATION['build']['command']} --preview"


@pytest.fixture
def netlify() -> str:
    """The path of Netlify's command."""
    path = shutil.which("netlify")
    need("netlify", path, "npm install -g netlify-cli")
    return str(path)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project as Netlify sees it, with a fake Quarto that quickly writes two pages."""
    for name in ("netlify.toml", "requirements.txt", "requirements-quarto.txt"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / "scripts").mkdir()
    shutil.copy(ROOT / "scripts/publish.sh", tmp_path / "scripts")
    write_quarto(tmp_path / "bin", PAGE.format("Home", "Home"))
    write_program(tmp_path / "bin/octavo", '[ "$*" = "check --site" ] && [ -f _site/index.html ] && [ ! -e fault ]\n')
    return tmp_path


def write_quarto(folder: Path, page: str) -> None:
    pinned = re.search(r"quarto-cli==(\S+)", (ROOT / "requirements-quarto.txt").read_text(encoding="utf-8"))
    assert pinned
    folder.mkdir()
    write_program(
        folder / "quarto",
        f'if [ "$1" = --version ]; then echo {pinned[1]}; exit; fi\n'
        'echo "quarto $* with $QUARTO_PYTHON"\n'
        "[ -e broken ] && exit 1\n"
        f"mkdir -p _site/publications\nfor name in index news 404 publications/a; do\n"
        f"  echo '{page}' > _site/$name.html\ndone\n"
        "echo '<feed/>' > _site/feed.xml\n",
    )


def write_program(file: Path, lines: str) -> None:
    file.write_text(f"#!/usr/bin/env bash\nset -eu\n{lines}")
    file.chmod(0o755)


def run(project: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=project, env=environment(project), capture_output=True, text=True, timeout=120)


def environment(project: Path) -> dict[str, str]:
    paths = [str(project / "bin"), str(Path(sys.executable).parent), os.environ["PATH"]]
    return {**os.environ, "PATH": os.pathsep.join(paths), "CI": "1", "NETLIFY_TELEMETRY_DISABLED": "1"}


def test_publishing_renders_with_this_python_and_checks_the_site(project):
    done = run(project, "bash", "scripts/publish.sh")
    assert done.returncode == 0, done.stderr
    python = shutil.which("python", path=environment(project)["PATH"])
    assert done.stdout.splitlines() == [f"quarto render with {python}"]
    assert not (project / "_site/_headers").exists()


def test_publishing_installs_the_packages_that_pages_import(project):
    (project / "requirements-pages.txt").write_text("plotly\n")
    write_program(project / "bin/python", 'echo "python $*"\n')
    done = run(project, "bash", "scripts/publish.sh")
    assert done.stdout.splitlines()[0] == "python -m pip install --quiet -r requirements-pages.txt -c /dev/stdin"


@pytest.mark.parametrize("context", [["build"], ["context", "deploy-preview"], ["context", "branch-deploy"]])
def test_the_command_of_a_new_site_needs_no_file_that_the_site_lacks(project, context):
    settings = tomllib.loads((SITE / "netlify.toml").read_text(encoding="utf-8"))
    for key in context:
        settings = settings[key]
    done = run(project, "bash", "-c", settings["command"])
    assert done.returncode == 0, done.stderr


def test_a_preview_is_rendered_with_drafts_and_is_not_for_search_engines(project):
    done = run(project, "bash", "scripts/publish.sh", "--preview")
    assert done.stdout.startswith("quarto render --profile preview with ")
    assert (project / "_site/_headers").read_text() == "/*\n  X-Robots-Tag: noindex\n"


@pytest.mark.parametrize("fault", ["broken", "fault"])
def test_a_site_that_fails_to_render_or_to_pass_the_check_is_not_published(project, fault):
    (project / fault).touch()
    assert run(project, "bash", "scripts/publish.sh").returncode == 1


def test_an_unknown_argument_of_publishing_is_refused(project):
    assert run(project, "bash", "scripts/publish.sh", "--prod").returncode == 2


@pytest.mark.parametrize(("context", "noindex"), [("production", False), ("deploy-preview", True)])
def test_netlify_builds_the_site_without_network(netlify, project, context, noindex):
    done = run(project, netlify, "build", "--offline", "--context", context)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (project / "_site/index.html").is_file()
    assert (project / "_site/_headers").exists() is noindex


def test_a_failing_build_fails_on_netlify(netlify, project):
    (project / "broken").touch()
    assert run(project, netlify, "build", "--offline").returncode != 0


@contextmanager
def serve(netlify: str, project: Path) -> Iterator[httpx.Client]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (project / "dev.log").open("w") as log:
        command = [netlify, *SERVE, "--port", str(port)]
        server = subprocess.Popen(
            command, cwd=project, env=environment(project), stdout=log, stderr=log, stdin=subprocess.DEVNULL
        )
    try:
        with httpx.Client(base_url=f"http://localhost:{port}", timeout=30) as client:
            wait_for(client, server)
            yield client
    finally:
        server.terminate()
        server.wait(timeout=30)


def wait_for(client: httpx.Client, server: subprocess.Popen[Any]) -> None:
    end = time.monotonic() + 90
    while time.monotonic() < end and server.poll() is None:
        try:
            client.get("/")
        except httpx.TransportError:
            time.sleep(0.5)
        else:
            return
    pytest.fail("netlify dev does not answer")


def test_netlify_serves_pages_redirects_and_headers_as_promised(netlify, project):
    run(project, "bash", "scripts/publish.sh", "--preview")
    with serve(netlify, project) as client:
        home = client.get("/")
        assert home.status_code == 200
        # The local server sets its own caching header.
        for name, value in headers_of("/").items():
            assert name == "Cache-Control" or home.headers[name] == value
        assert home.headers["X-Robots-Tag"] == "noindex"
        assert home.headers["ETag"]
        for path, status in {"/news": 200, "/news.html": 200, "/publications/a.html": 200, "/no": 404}.items():
            assert client.get(path).status_code == status, path
        assert "<h1>" in client.get("/no/such/page").text
        for rule in CONFIGURATION["redirects"]:
            answer = client.get(rule["from"])
            assert (answer.status_code, answer.headers["Location"]) == (rule["status"], rule["to"])
