"""Pandoc: one process that converts all pages of a build, by `convert.lua`."""

from __future__ import annotations

import contextlib
import json
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any

from octavo.errors import OctavoError
from octavo.renderer.aside import Block, put_back, set_aside

# What it may take over the page that it is converting, when nobody waits for it any more.
_END_SECONDS = 1.0

SCRIPT = Path(__file__).with_name("lua") / "convert.lua"


def find_pandoc() -> str:
    """The path of pypandoc_binary's Pandoc, or else of the one on PATH."""
    # Without importing pypandoc, which takes 50 ms and starts Pandoc to ask for its version.
    spec = find_spec("pypandoc")
    if spec and spec.origin:
        for name in ("pandoc", "pandoc.exe"):
            file = Path(spec.origin).parent / "files" / name
            if file.is_file():
                return str(file)
    found = shutil.which("pandoc")
    if found is None:
        raise OctavoError("there is no Pandoc: install the requirements (pypandoc_binary)")
    return found


class Converter:
    """A running Pandoc; `send` a page, then `receive` its HTML: one page at a time."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [find_pandoc(), "lua", str(SCRIPT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self._busy = False
        self._whole: tuple[dict[str, Any], str] = {}, ""
        self._aside: list[Block] = []

    @property
    def busy(self) -> bool:
        """Whether a page has been sent and not yet received."""
        return self._busy

    @property
    def pipe(self) -> IO[bytes]:
        """What becomes readable when the page is converted."""
        if self._process.stdout is None:
            raise AssertionError("the pipe was asked for")
        return self._process.stdout

    def send(self, request: dict[str, Any], markdown: str) -> None:
        """Hand over one page's Markdown and how it is to be converted."""
        self._whole = request, markdown
        self._send(request, *set_aside(markdown))

    def receive(self) -> tuple[dict[str, Any], str]:
        """The answer to the page that was sent, `{page, error?}`, and its HTML; waits for it."""
        answer, html = self._receive()
        complete = None if answer.get("whole") else put_back(html, self._aside)
        if complete is None:
            self._send(*self._whole, [])
            answer, complete = self._receive()
        self._busy = False
        return answer, complete

    def _send(self, request: dict[str, Any], markdown: str, aside: list[Block]) -> None:
        body, texts = _encode(markdown), [_encode(block.text) for block in aside]
        blocks = [{"comment": block.comment, "length": len(text)} for block, text in zip(aside, texts, strict=True)]
        header = json.dumps({**request, "length": len(body), "aside": blocks}, ensure_ascii=False)
        if self._process.stdin is None:
            raise AssertionError("the pipe was asked for")
        self._busy, self._aside = True, aside
        try:
            self._process.stdin.write(b"".join([header.encode(), b"\n", body, *texts]))
            self._process.stdin.flush()
        except BrokenPipeError:
            raise self._failure() from None

    def _receive(self) -> tuple[dict[str, Any], str]:
        line = self.pipe.readline()
        if not line:
            raise self._failure()
        answer = json.loads(line)
        return answer, self.pipe.read(answer["length"]).decode()

    def close(self) -> None:
        """End the process: with its input it ends by itself, and leaves no folder among the temporary files."""
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            if stream is not None:
                with contextlib.suppress(BrokenPipeError):
                    stream.close()
        try:
            self._process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _failure(self) -> OctavoError:
        self._process.kill()
        _, errors = self._process.communicate()
        return OctavoError("Pandoc ended by itself: " + errors.decode("utf-8", "replace").strip())


def _encode(text: str) -> bytes:
    return text.encode("utf-8", "replace")
