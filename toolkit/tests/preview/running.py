"""A running preview, for tests of what it serves."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.building import name_command
from tests.processes import PATIENCE, Program, assert_none_left, wait_until


class Preview:
    """A running preview of the project at `root`; its command begins with `prefix`."""

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
        self.program.wait_for("built in")

    def wait_until_served(self) -> None:
        printed = self.program.wait_for("(Ctrl-C ends it)")
        self.address = re.search(r"http://127\.0\.0\.1:\d+/", printed)[0]  # type: ignore[index]

    def get(self, path: str = "") -> str:
        return httpx.get(self.address + path, trust_env=False, timeout=PATIENCE).text

    def wait_until(self, holds: Callable[[str], bool], path: str = "") -> str:
        text = ""

        def is_right() -> bool:
            nonlocal text
            text = self.get(path)
            return holds(text)

        wait_until(is_right, lambda: f"{path} never showed the change:\n{text}\n{self.program.output}")
        return text

    def edit(self, name: str, change: Callable[[str], str]) -> str | None:
        """Change or create a file; returns its previous text."""
        file = self.root / name
        text = file.read_text(encoding="utf-8") if file.exists() else None
        changed = change(text or "")
        assert changed != text
        file.write_text(changed, encoding="utf-8")
        return text

    @contextmanager
    def edited(self, name: str, change: Callable[[str], str]) -> Iterator[None]:
        """Change or create a file for the duration of the context."""
        file, text = self.root / name, self.edit(name, change)
        yield
        if text is None:
            file.unlink()
        else:
            file.write_text(text, encoding="utf-8")


@contextmanager
def running(preview: Preview) -> Iterator[Preview]:
    """The preview, once it has built; at the end, it must exit cleanly and leave nothing behind."""
    try:
        preview.wait_until_built()
        yield preview
        assert preview.program.end() == 0
        assert_none_left(preview.program.mark)
    finally:
        preview.program.kill_all()
