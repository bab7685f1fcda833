"""The recorder: the outputs of a cell while it runs."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from octavo.renderer.worker import Output

# The most that one cell may print and display; a listing of 10,000 publications takes about 10 MB.
OUTPUT_LIMIT = 64_000_000


class FullError(BaseException):
    """A cell's output exceeds the limit; not an Exception, so that cells don't catch it."""


class Recorder:
    """Records the outputs of the running cell in order and joins consecutive text of the same stream."""

    def __init__(self) -> None:
        self.outputs: list[Output] = []
        self._written: dict[str, list[str]] = {"stdout": [], "stderr": []}
        self._size = 0
        self._clear_next = False
        self._displays: dict[str, Output] = {}

    @property
    def is_full(self) -> bool:
        """Whether the cell's output exceeds the limit."""
        return self._size > OUTPUT_LIMIT

    def begin_cell(self) -> None:
        """Clear the previous cell's outputs."""
        self._forget()
        self._size = 0

    def add(self, output: Output, size: int = 0) -> None:
        """Add an output after anything written before it."""
        self.flush()
        self._keep(output, size)

    def write(self, name: str, text: str) -> None:
        """Add text written to the stream `name`."""
        self._count(len(text))
        self._written[name].append(text)

    def flush(self) -> None:
        """Move written text into the outputs, standard output first, as the kernel does."""
        for name, parts in self._written.items():
            text = "".join(parts)
            parts.clear()
            if text:
                self._keep({"output_type": "stream", "name": name, "text": text}, 0)

    def _keep(self, output: Output, size: int) -> None:
        if self._clear_next:
            self._forget()
        self._count(size)
        last = self.outputs[-1] if self.outputs else {}
        if output["output_type"] == "stream" and last.get("name") == output["name"]:
            last["text"] += output["text"]
        else:
            self.outputs.append(output)

    def _count(self, size: int) -> None:
        self._size += size
        if size and self.is_full:
            raise FullError

    def _forget(self) -> None:
        self.outputs = []
        self._clear_next = False

    def clear(self, wait: bool) -> None:
        """Clear the cell's outputs, now or when the next one arrives."""
        self.flush()
        if wait:
            self._clear_next = True
        else:
            self._forget()

    def show(self, data: dict[str, Any], metadata: dict[str, Any], display_id: str | None, update: bool) -> None:
        """Add a display, or replace the one with the same id."""
        known = self._displays.get(display_id or "")
        clean = {mime: to_json(value) for mime, value in data.items()}
        if update:
            if known is not None:
                known.update(data=clean, metadata=metadata)
            return
        output = {"output_type": "display_data", "data": clean, "metadata": metadata}
        if display_id:
            self._displays[display_id] = output
        self.add(output, measure_data(clean))

    def finish_cell(self) -> list[Output]:
        """The cell's outputs as a notebook stores them."""
        self.flush()
        return self.outputs


def to_json(value: Any) -> Any:
    """Bytes as base64, as in a notebook file; anything else unchanged."""
    return base64.b64encode(value).decode("ascii") if isinstance(value, bytes) else value


def measure_data(data: Mapping[str, Any]) -> int:
    """The size of a display, in characters."""
    return sum(len(value) for value in data.values() if isinstance(value, str))
