import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).parents[3]
DEV = "toolkit/requirements-dev.txt"
LOCKS = ("requirements.txt", DEV, "requirements-quarto.txt")
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)")


def read_pins(lock: str) -> dict[str, Version]:
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    matches = filter(None, map(PIN.match, lines))
    return {normalize(match[1]): Version(match[2]) for match in matches}


def normalize(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def read_project() -> dict[str, Any]:
    text = (ROOT / "toolkit/pyproject.toml").read_text(encoding="utf-8")
    project: dict[str, Any] = tomllib.loads(text)["project"]
    return project


@pytest.mark.parametrize(
    ("lock", "extra"),
    [
        ("requirements.txt", None),
        ("requirements.txt", "site"),
        (DEV, None),
        (DEV, "site"),
        (DEV, "dev"),
        ("requirements-quarto.txt", "quarto"),
    ],
)
def test_each_dependency_of_the_project_is_pinned_within_its_bounds(lock, extra):
    project = read_project()
    wanted = project["optional-dependencies"][extra] if extra else project["dependencies"]
    pins = read_pins(lock)
    assert wanted
    for requirement in map(Requirement, wanted):
        assert normalize(requirement.name) in pins, f"{requirement} is not in {lock}: run `make lock`"
        assert requirement.specifier.contains(pins[normalize(requirement.name)]), f"{lock}: run `make lock`"


def test_site_and_tests_run_on_the_same_versions():
    site, dev = read_pins("requirements.txt"), read_pins(DEV)
    assert site.items() <= dev.items()


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_holds_pins_and_hashes_and_no_address_or_path(lock):
    allowed = re.compile(
        r"[\w.-]+(\[\w+\])?==[\w.+]+( ; [^/]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?"
        r"|\s*#[^/]*(toolkit/pyproject\.toml\))?"
    )
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    assert len(lines) > 2
    assert not [line for line in lines if not allowed.fullmatch(line)]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_of_a_lock_file_has_a_hash(lock):
    # Without one, a package that was changed after pinning would still be installed.
    entries = re.split(r"\n(?=[A-Za-z0-9])", (ROOT / lock).read_text(encoding="utf-8"))[1:]
    assert entries
    assert not [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry]


def test_the_jupyter_metapackage_is_not_installed():
    # Its dependencies slow every kernel that Quarto starts by a second.
    assert "jupyter" not in read_pins(DEV).keys() | read_pins("requirements-quarto.txt").keys()
