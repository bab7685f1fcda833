"""The engine: the running octavo as another site's dependency, and the files of a site that it owns."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from importlib.metadata import distribution
from pathlib import Path
from urllib.parse import unquote, urlsplit

from octavo import __version__
from octavo.errors import OctavoError

VENDOR = "vendor"
FORMAT = "_extensions/octavo"
# Filled in once; from then on, they are the owner's.
SEEDS = ("_quarto.yml", "README.md", "404.qmd", "cv.qmd", "index.qmd", "news.qmd", "publications.qmd")
SEED_FOLDERS = ("assets", "data")
EXECUTABLE = frozenset({"scripts/publish.sh"})


@dataclass(frozen=True)
class Engine:
    """The octavo that a site depends on: from an index, or from a wheel among the site's files."""

    version: str = __version__
    files: dict[str, bytes] = field(default_factory=dict)
    """The wheel, by its path in the site; none if octavo comes from an index."""

    def write_requirements(self, lock: str) -> str:
        """The site's `requirements.txt`: the engine, followed by the lock file of its dependencies."""
        return f"{self._requirement}\n{lock}"

    @property
    def _requirement(self) -> str:
        for path, content in self.files.items():
            return f"./{path} --hash=sha256:{hashlib.sha256(content).hexdigest()}"
        return f"octavo=={self.version}"


def find_engine() -> Engine:
    """The running octavo: by version if it came from an index, as a wheel if it came from a file or folder.

    Where it came from is recorded in `direct_url.json` (PEP 610).

    Raises:
        OctavoError: if its wheel is missing, or can't be built from its folder.
    """
    origin = distribution("octavo").read_text("direct_url.json")
    if origin is None:
        return Engine()
    source = Path(unquote(urlsplit(json.loads(origin)["url"]).path))
    if source.is_dir():
        return _build_wheel(source)
    if not source.is_file():
        raise OctavoError(f"{source}: octavo was installed from this wheel, which is gone; install octavo again")
    return Engine(files={f"{VENDOR}/{source.name}": source.read_bytes()})


def _build_wheel(folder: Path) -> Engine:
    with tempfile.TemporaryDirectory() as target:
        command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", target, str(folder)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        wheels = list(Path(target).glob("*.whl"))
        if done.returncode or not wheels:
            raise OctavoError(f"{folder}: octavo's wheel can't be built\n{done.stderr.strip()}")
        return Engine(files={f"{VENDOR}/{wheels[0].name}": wheels[0].read_bytes()})


PACKAGE = Path(__file__).parents[1]
SITE = Path(__file__).with_name("site")


def read_owned(engine: Engine) -> dict[str, bytes]:
    """The files that the engine owns in every site, by path; the site is to depend on `engine`."""
    owned = {path: (SITE / path).read_bytes() for path in _list_files(SITE) if not is_seed(path)}
    owned |= {f"{FORMAT}/{path}": (PACKAGE / "format" / path).read_bytes() for path in _list_files(PACKAGE / "format")}
    owned["requirements.txt"] = engine.write_requirements(owned["requirements.txt"].decode()).encode()
    return dict(sorted({**owned, **engine.files}.items()))


def read_seed(path: str) -> str:
    """The text of a file that an owner starts from, with its placeholders."""
    return (SITE / path).read_text(encoding="utf-8")


def is_seed(path: str) -> bool:
    """Whether a file of the package's `site` folder belongs to the owner after it is written."""
    return path in SEEDS or path.startswith(tuple(f"{folder}/" for folder in SEED_FOLDERS))


def _list_files(folder: Path) -> list[str]:
    files = (file for file in folder.rglob("*") if file.is_file() and "__pycache__" not in file.parts)
    return sorted(file.relative_to(folder).as_posix() for file in files)
