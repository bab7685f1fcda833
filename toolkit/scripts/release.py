"""Makes a release: the wheel and the sdist, checked against the tag, and the notes from the changelog."""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

TOOLKIT = Path(__file__).resolve().parent.parent
VERSION = re.compile(r'^__version__ = "([^"]+)"$', re.MULTILINE)


def main(argv: Sequence[str] | None = None) -> None:
    """Build into a folder; exits with an error if the release isn't ready."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tag", help="the release's tag, as v1.1.0")
    parser.add_argument("--output", type=Path, default=Path("dist"), metavar="DIR", help="(default: dist)")
    options = parser.parse_args(argv)
    changelog = (TOOLKIT / "CHANGELOG.md").read_text(encoding="utf-8")
    try:
        notes = find_notes(changelog, find_version(options.tag))
        build(options.output)
    except ValueError as error:
        sys.exit(f"release: {error}")
    (options.output / "notes.md").write_text(notes, encoding="utf-8")


def find_version(tag: str) -> str:
    """The package's version.

    Raises:
        ValueError: if the tag names another.
    """
    match = VERSION.search((TOOLKIT / "src/octavo/__init__.py").read_text(encoding="utf-8"))
    version = match[1] if match else ""
    if tag != f"v{version}":
        raise ValueError(f"the tag is {tag}, but the package's version is {version} (expected v{version})")
    return version


def find_notes(changelog: str, version: str) -> str:
    """The changelog's section about a version, without its heading.

    Raises:
        ValueError: if there is none, or the version is marked as unreleased.
    """
    sections = re.split(r"^## (.+)$\n", changelog, flags=re.MULTILINE)
    headings = dict(zip(sections[1::2], sections[2::2], strict=True))
    for heading, text in headings.items():
        if heading.split(",")[0].strip() == version:
            if "unreleased" in heading:
                raise ValueError(f"the changelog says {heading!r} (put the day of the release in place of unreleased)")
            return text.strip() + "\n"
    raise ValueError(f"the changelog has no section about {version}")


def build(output: Path) -> None:
    """Write the wheel and the sdist.

    Raises:
        ValueError: if they can't be built, or lack files that sites are made from.
    """
    output.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "build", "--outdir", str(output), str(TOOLKIT)]
    if subprocess.run(command, check=False).returncode:
        raise ValueError("the package couldn't be built")
    for file in output.iterdir():
        if missing := find_missing(file):
            raise ValueError(f"{file.name} lacks {', '.join(missing)}")


def find_missing(file: Path) -> list[str]:
    """Required files that a wheel or an sdist lacks."""
    if file.suffix == ".whl":
        with zipfile.ZipFile(file) as wheel:
            names = wheel.namelist()
    elif file.name.endswith(".tar.gz"):
        with tarfile.open(file) as sdist:
            names = sdist.getnames()
    else:
        return []
    needed = ("octavo/format/_extension.yml", "octavo/starter/site/_quarto.yml", "octavo/documents/templates/cv.typ")
    return [name for name in needed if not any(found.endswith(name) for found in names)]


if __name__ == "__main__":
    main()
