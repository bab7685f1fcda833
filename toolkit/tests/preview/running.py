"""A preview that runs, for tests of what it serves."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.building import name_command
from tests.processes import Program, assert_none_left

SECONDS = 60.0


class Preview:
    """A preview of the project at `root`, running; `prefix` is what its command begins with."""

    def __init__(
        self,
        root: Path,
        log: Path,
        options: Sequence[str] = (),
        *,
        prefix: Sequence[str] = (),
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.root = root
        command = [*prefix, *name_command("preview", "--port", "0", *options)]
        self.program = Program(command, root, log, environment)
        self.address = ""

    def wait_until_built(self) -> None:
        self.wait_until_served()
        self.program.wait_for("built in", SECONDS)

    def wait_until_served(self) -> None:
        printed = self.program.wait_for("(Ctrl-C ends it)", SECONDS)
        self.address = re.search(r"http://127\.0\.0\.1:\d+/", printed)[0]  # type: ignore[index]

    def get(self, path: str = "") -> str:
        return httpx.get(self.address + path, trust_env=False, timeout=30).text

    def wait_until(self, holds: Callable[[str], bool], path: str = "") -> str:
        until = time.monotonic() + SECONDS
        while not holds(text := self.get(path)):
            assert time.monotonic() < until, f"{path} stayed as it was:\n{text}\n{self.program.output}"
            time.sleep(0.05)
        return text

    @contextmanager
    def edited(self, name: str, change: Callable[[str], str]) -> Iterator[None]:
        """Let a file be changed, or be there, while the context lasts."""
        file = self.root / name
        text = file.read_text(encoding="utf-8") if file.exists() else None
        changed = change(text or "")
        assert changed != text
        file.write_text(changed, encoding="utf-8")
        yield
        if text is None:
            file.unlink()
        else:
            file.write_text(text, encoding="utf-8")


@contextmanager
def running(preview: Preview) -> Iterator[Preview]:
    """The preview, once it has built; it must then end well, with nothing left over."""
    try:
        preview.wait_until_built()
        yield preview
        assert preview.program.end() == 0
        assert_none_left(preview.program.mark)
    finally:
        preview.program.kill_all()
