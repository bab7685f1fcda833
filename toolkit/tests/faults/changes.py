"""Changes: random edits of every kind of file that a site is made from, the engine itself included."""

from __future__ import annotations

import compileall
import io
import py_compile
import shutil
import subprocess
from collections.abc import Callable, Collection
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from random import Random

from PIL import Image

import octavo
from tests.building import BUILD, build_site
from tests.faults.catalogue import Fault
from tests.faults.disks import Disk
from tests.faults.project import lay_out_project, read_site
from tests.processes import Program, assert_none_left

ENGINE = "engine"
STATES = 5
# How often an edit goes back to what was built cleanly before, which spares another clean build.
REVISITS = 0.8
# What builds have made, which a clean build is without.
MADE = shutil.ignore_patterns("_site*", ".cache", ".quarto")
# What owners edit most, in few enough states that each has to be built cleanly only once or twice.
OFTEN = ("page", "people", "profile")
FONT = Path(str(find_spec("matplotlib").origin)).parent / "mpl-data/fonts/ttf/DejaVuSans.ttf"  # type: ignore[union-attr]
# What the project has in addition, at the ends of its files.
OWN = {
    "index.qmd": "\n{{< include _included.md >}}\n\n```{python}\nimport own\nown.word\n```\n",
    "_included.md": "Included\n",
    "own.py": "word = 'Own'\n",
    "_quarto.yml": "\nbrand: false\n",
    "_brand.yml": "color: {primary: '#113051'}\n",
    "data/profile.yml": "cv: {file: docs/cv.pdf}\n",
}


@dataclass(frozen=True)
class Change:
    """A change of one file of the project to one of `STATES`; in state 0 it is as it was."""

    kind: str
    file: str
    make: Callable[[bytes, int], bytes | None]
    """The content in a state, from that of state 0; None if there is no file then."""


def replacing(kind: str, file: str, old: str, new: str) -> Change:
    """A text that takes the place of another, with the state's number for `@`."""

    def make(content: bytes, state: int) -> bytes:
        text = content.decode()
        assert old in text, f"{file} has no {old!r}"
        return text.replace(old, new.replace("@", str(state)), 1).encode()

    return Change(kind, file, make)


def adding(kind: str, file: str, added: str) -> Change:
    """A text at the end of a file, which may be new."""
    return Change(kind, file, lambda content, state: content + added.replace("@", str(state)).encode())


def _draw(_: bytes, state: int) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (300, 400), (40 * state, 90, 120)).save(buffer, "JPEG")
    return buffer.getvalue()


CHANGES = (
    adding("table", "data/news.yml", "\n- date: 1934\n  text: News @.\n"),
    replacing("table", "data/publications.yml", "Nichtkommutative Algebra", "Algebra @"),
    replacing("table", "data/publications.yml", "  date: 1933\n", "  date: 192@\n"),
    replacing("table", "data/publications.yml", "  volume: 37\n", "  volume: 37\n  selected: true\n"),
    replacing("table", "data/publications.yml", "  volume: 37\n", "  volume: 37\n  hidden: true\n"),
    replacing("people", "data/people.yml", "Paul Gordan", "Paul Gordan @"),
    replacing("profile", "data/profile.yml", "Visiting Professor", "Professor @"),
    adding("page", "index.qmd", "\nA paragraph, number @.\n"),
    adding("new page", "new.qmd", "---\ntitle: New @\n---\n\nText @.\n"),
    adding("included file", "_included.md", "Included @\n"),
    replacing("template", "_extensions/octavo/template.html", "</footer>", "<p>@</p></footer>"),
    adding("style", "_extensions/octavo/octavo.css", "\n/* @ */\n"),
    adding("script of the pages", "_extensions/octavo/octavo.js", "\n// @\n"),
    replacing("filter", "_extensions/octavo/filters/page.lua", "local LONG = 3000", "local LONG = @"),
    adding("hook", "scripts/pre_render.py", "\nprint('hook @')\n"),
    adding("module", "own.py", "word = 'Own @'\n"),
    replacing("configuration", "_quarto.yml", "text: Vita", "text: Vita @"),
    replacing("configuration", "_quarto.yml", "lang: en", "lang: de"),
    replacing("brand", "_brand.yml", "#113051", "#1@305@"),
    Change("picture", "assets/emmy.jpg", _draw),
    Change("font", "documents/fonts/Own.ttf", lambda _, state: FONT.read_bytes() if state % 2 else None),
    adding("document", "docs/paper.pdf", "%PDF-1.7 @\n"),
    adding("requirements", "requirements.txt", "# @\n"),
    replacing("engine", f"{ENGINE}/octavo/listings/links.py", 'class_="more"', 'class_="more more-@"'),
    replacing("engine", f"{ENGINE}/octavo/documents/templates/cv.typ", "", "// @\n"),
)


class Subject:
    """A project that changes, built by an engine of its own, perhaps on a small disk."""

    def __init__(self, folder: Path, disk: Disk | None = None) -> None:
        self._folder, self._disk = folder, disk
        self.root = lay_out_project((disk.inside if disk else folder) / "site")
        for file, text in OWN.items():
            with (self.root / file).open("a", encoding="utf-8") as added:
                added.write(text)
        shutil.copytree(
            Path(octavo.__file__).parent, folder / ENGINE / "octavo", ignore=shutil.ignore_patterns("*.pyc")
        )
        # A sixth of a build's time; by its hash, no module is taken for one that was edited in the same second.
        by_hash = py_compile.PycInvalidationMode.CHECKED_HASH
        compileall.compile_dir(folder / ENGINE, quiet=2, invalidation_mode=by_hash)
        self._environment = {"PYTHONPATH": str(folder / ENGINE), "PYTHONDONTWRITEBYTECODE": "1"}
        self._states = [0] * len(CHANGES)
        self._first = {change.file: self.read(change.file) for change in CHANGES}
        self._clean: dict[tuple[int, ...], dict[str, str]] = {}

    @property
    def site(self) -> dict[str, str]:
        """What is built."""
        return read_site(self.root / "_site")

    def change(self, random: Random, kinds: Collection[str] = ()) -> str:
        """Change something at random, of these kinds or any; what was changed."""
        number = random.choice([number for number, change in enumerate(CHANGES) if not kinds or change.kind in kinds])
        self._states[number] = random.choice([state for state in range(STATES) if state != self._states[number]])
        self._write(CHANGES[number].file)
        return f"{CHANGES[number].kind} ({CHANGES[number].file}) in state {self._states[number]}"

    def revisit(self, random: Random) -> str:
        """Go back to something at random that was built cleanly; what that is."""
        self._states = list(random.choice([*self._clean]))
        for file in dict.fromkeys(change.file for change in CHANGES):
            self._write(file)
        return f"back to {self._states}"

    @property
    def was_built_cleanly(self) -> bool:
        """Whether there is anything to go back to."""
        return bool(self._clean)

    def build_clean(self) -> dict[str, str]:
        """The site of the project as it is now, built where nothing was built before."""
        key = tuple(self._states)
        if key not in self._clean:
            clean = self._folder / "clean/site"
            shutil.rmtree(clean, ignore_errors=True)
            shutil.copytree(self.root, clean, ignore=MADE)
            self._clean[key] = read_site(build_site(clean, environment=self._environment))
        return self._clean[key]

    def start(self) -> Program:
        """A build of the project."""
        prefix = self._disk.prefix(self._disk.folder / "site") if self._disk else []
        return Program([*prefix, *BUILD], self.root, self._folder / "log", self._environment)

    def build(self) -> dict[str, str]:
        """The site of the project as a build makes it that goes on from the last one."""
        program = self.start()
        assert program.wait() == 0, program.output
        return self.site

    def _write(self, name: str) -> None:
        content = self._first[name]
        for number, change in enumerate(CHANGES):
            if change.file == name and self._states[number]:
                content = change.make(content or b"", self._states[number])
        file = self._locate(name)
        if content is None:
            file.unlink(missing_ok=True)
        elif content != self.read(name):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)

    def read(self, name: str) -> bytes | None:
        """The content of a file that changes, if there is one."""
        file = self._locate(name)
        return file.read_bytes() if file.exists() else None

    def _locate(self, name: str) -> Path:
        return (self._folder if name.startswith(f"{ENGINE}/") else self.root) / name


def edit_once(subject: Subject, random: Random) -> None:
    """Change a few things, or go back; fail unless the next build is as a clean one."""
    if subject.was_built_cleanly and random.random() < REVISITS:
        done = [subject.revisit(random)]
    else:
        done = [subject.change(random) for _ in range(random.randint(1, 3))]
    assert_same(subject.build(), subject.build_clean(), done)


def kill_once(subject: Subject, random: Random, seconds: float) -> None:
    """Kill a build of changed files within these seconds; fail unless the site is whole and the next one right."""
    done = [subject.change(random, OFTEN) for _ in range(random.randint(1, 3))]
    old, right = subject.site, subject.build_clean()
    program = subject.start()
    try:
        program.process.wait(random.uniform(0, seconds))
    except subprocess.TimeoutExpired:
        program.process.kill()
        program.process.wait()
    assert_none_left(program.mark)
    assert subject.site in (old, right), done
    assert_same(subject.build(), right, done)


def fill_once(subject: Subject, random: Random, disk: Disk) -> None:
    """Let a build of changed files run into a full disk; fail unless the site is whole and the next one right."""
    done = [subject.change(random, OFTEN) for _ in range(random.randint(1, 3))]
    old, right = subject.site, subject.build_clean()
    if random.random() < 0.5:  # what it has to make anew, it has to keep
        shutil.rmtree(subject.root / ".cache", ignore_errors=True)
    fault = Fault("", disk="full", left=random.randint(0, 900))
    disk.spoil(fault)
    program = subject.start()
    status = program.wait()
    assert_none_left(program.mark)
    assert_same(subject.site, old if status else right, done)
    assert status == 0 or "No space left" in program.output, program.output
    disk.mend(fault)
    assert_same(subject.build(), right, done)


def assert_same(found: dict[str, str], right: dict[str, str], done: list[str]) -> None:
    """Fail, and name the changes and the files that differ."""
    differing = [name for name in sorted({*found, *right}) if found.get(name) != right.get(name)]
    assert not differing, f"after {done}: {differing}"
