"""Random edits of a site, with builds that finish, are killed, or run out of disk space."""

from __future__ import annotations

import compileall
import os
import py_compile
import shutil
import signal
import subprocess
from contextlib import suppress
from pathlib import Path
from random import Random
from time import monotonic

import octavo
from tests.building import BUILD, build_site
from tests.faults.catalogue import Fault
from tests.faults.disks import Disk
from tests.faults.edits import CHANGES, ENGINE, START, STATES
from tests.faults.project import lay_out_project, read_site
from tests.processes import Program, assert_none_left

# What builds produce; a clean build starts without it.
MADE = shutil.ignore_patterns("_site*", ".cache", ".quarto", "de")
# How many changes are made or undone at once: with more, one change may rebuild what another fails to.
TOGETHER = 2
# The most free space left on a disk: more than a full build needs.
KILOBYTES = 1500


class Subject:
    """A project under random edits, perhaps on a small disk; once its copy of the engine is edited, that builds it."""

    def __init__(self, folder: Path, disk: Disk | None = None) -> None:
        self._folder, self._disk = folder, disk
        self.root = lay_out_project((disk.inside if disk else folder) / "site")
        for change in START:
            self._put(change.file, change.make(self.read(change.file) or b"", 0))
        self._copy_engine()
        self._states = [0] * len(CHANGES)
        self._tried = [0] * len(CHANGES)
        self._first = {change.file: self.read(change.file) for change in CHANGES}
        self._clean: dict[tuple[int, ...], dict[str, str]] = {}
        self.seconds = 0.0
        self.build_clean()
        self.build()

    @property
    def site(self) -> dict[str, str]:
        """The files of the built site."""
        return read_site(self.root / "_site")

    def change(self, random: Random, fresh: float) -> list[str]:
        """Change one or two files at random; returns descriptions of the changes.

        At the rate `fresh`, the new state has no clean build yet. Clean builds take the most time, so states that have
        one come up again and again.
        """
        before = list(self._states)
        near = [known for known in self._clean if 0 < _count_differences(known, before) <= TOGETHER]
        if near and random.random() >= fresh:
            self._states = list(random.choice(near))
        else:
            number = min(range(len(CHANGES)), key=lambda number: (self._tried[number], random.random()))
            self._tried[number] += 1
            self._states[number] = random.choice([state for state in range(STATES) if state != before[number]])
        for change in CHANGES:
            self._write(change.file)
        changed = [number for number in range(len(CHANGES)) if self._states[number] != before[number]]
        return [f"{CHANGES[number].kind} ({CHANGES[number].file}) to {self._states[number]}" for number in changed]

    def build_clean(self) -> dict[str, str]:
        """A clean build of the project in its current state."""
        key = tuple(self._states)
        if key not in self._clean:
            clean = self._folder / "clean/site"
            shutil.rmtree(clean, ignore_errors=True)
            shutil.copytree(self.root, clean, ignore=MADE)
            self._clean[key] = read_site(build_site(clean, environment=self._environment))
        return self._clean[key]

    def start(self) -> Program:
        """Start a build of the project in its own processes."""
        prefix = self._disk.prefix(self._disk.folder / "site") if self._disk else []
        return Program([*prefix, *BUILD], self.root, self._folder / "log", self._environment)

    def build(self) -> dict[str, str]:
        """Build the project on top of the last build; returns the site."""
        if self._disk:
            program = self.start()
            assert program.wait() == 0, program.output
        else:
            build_site(self.root, environment=self._environment)
        return self.site

    def start_over(self) -> None:
        """Rebuild from scratch, after a failure that would make later builds fail too."""
        for name in ("_site", ".cache"):
            shutil.rmtree(self.root / name, ignore_errors=True)
        self.build()

    def read(self, name: str) -> bytes | None:
        """The content of a file under edits, or None if it doesn't exist."""
        file = self._locate(name)
        return file.read_bytes() if file.exists() else None

    def _copy_engine(self) -> None:
        engine = self._folder / ENGINE
        shutil.copytree(Path(octavo.__file__).parent, engine / "octavo", ignore=shutil.ignore_patterns("*.pyc"))
        # Compiling takes a sixth of a build's time; checking hashes notices two edits within the same second.
        compileall.compile_dir(engine, quiet=2, invalidation_mode=py_compile.PycInvalidationMode.CHECKED_HASH)

    @property
    def _environment(self) -> dict[str, str]:
        """The environment for builds by the engine's copy, once it differs; others share this process's modules."""
        if not any(state for change, state in zip(CHANGES, self._states, strict=True) if ENGINE in change.file):
            return {}
        return {"PYTHONPATH": str(self._folder / ENGINE), "PYTHONDONTWRITEBYTECODE": "1"}

    def _write(self, name: str) -> None:
        content = self._first[name]
        for change, state in zip(CHANGES, self._states, strict=True):
            if change.file == name and state:
                content = change.make(content or b"", state)
        if content != self.read(name):
            self._put(name, content)

    def _put(self, name: str, content: bytes | None) -> None:
        file = self._locate(name)
        if content is None:
            file.unlink(missing_ok=True)
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)

    def _locate(self, name: str) -> Path:
        return (self._folder if name.startswith(f"{ENGINE}/") else self.root) / name


def edit_once(subject: Subject, random: Random) -> bool:
    """Make random changes; fail unless the next build equals a clean one."""
    done = subject.change(random, 0.2)
    assert_same(subject.build(), subject.build_clean(), done)
    return True


def kill_once(subject: Subject, random: Random) -> bool:
    """Kill a build of changed files; fail unless the site is still whole and the next build is right.

    Returns False if the build finished first. The build is killed alone, or with all of its processes.
    """
    done = subject.change(random, 0.05)
    old, right = subject.site, subject.build_clean()
    begun, program = monotonic(), subject.start()
    with suppress(subprocess.TimeoutExpired):
        program.process.wait(random.uniform(0, subject.seconds) if subject.seconds else None)
    interrupted = program.process.poll() is None
    if interrupted:
        kill = random.choice([os.kill, os.killpg])
        kill(program.process.pid, signal.SIGKILL)
        program.process.wait()
    else:
        subject.seconds = monotonic() - begun
    assert_none_left(program.mark)
    assert subject.site in (old, right), done
    assert_same(subject.build(), right, done)
    return interrupted


def fill_once(subject: Subject, random: Random, disk: Disk) -> bool:
    """Fill the disk during a build of changed files; fail unless the site is still whole and the next build is right.

    Returns False if there was enough space.
    """
    done = subject.change(random, 0.05)
    old, right = subject.site, subject.build_clean()
    if random.random() < 0.5:  # without a cache, the build has more to write
        shutil.rmtree(subject.root / ".cache", ignore_errors=True)
    fault = Fault("", disk="full", left=random.randint(0, KILOBYTES))
    disk.spoil(fault)
    program = subject.start()
    status = program.wait()
    assert_none_left(program.mark)
    disk.mend(fault)
    assert_same(subject.site, old if status else right, done)
    assert status == 0 or "No space left" in program.output, program.output
    assert_same(subject.build(), right, done)
    return status != 0


def assert_same(found: dict[str, str], right: dict[str, str], done: list[str]) -> None:
    """Fail if any files differ, naming them and the changes."""
    differing = [name for name in sorted({*found, *right}) if found.get(name) != right.get(name)]
    assert not differing, f"after {done}: {differing}"


def _count_differences(one: tuple[int, ...], other: list[int]) -> int:
    return sum(mine != yours for mine, yours in zip(one, other, strict=True))
