"""The shell: one page's cells run by IPython, their outputs caught as a notebook would keep them.

This is the heart of the Jupyter kernel, without the kernel's process and sockets: the same magics,
the same display of a last expression, the same traceback.
"""

from __future__ import annotations

import base64
import io
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, cast

from IPython.core.compilerop import CachingCompiler
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from octavo.renderer.memory import spare_memory

Output = dict[str, Any]

# What one cell may print or show, all told; 10 000 publications as one listing are about 10 MB.
OUTPUT_LIMIT = 64_000_000


class Recorder:
    """The outputs of the cell that is running, in order, streams of one name joined."""

    def __init__(self, on_limit: Callable[[], None]) -> None:
        self.outputs: list[Output] = []
        self._on_limit = on_limit
        self._written: dict[str, list[str]] = {"stdout": [], "stderr": []}
        self._size = 0
        self._clear_next = False
        self._displays: dict[str, Output] = {}

    def begin_cell(self) -> None:
        """Forget the last cell's outputs."""
        self._forget()
        self._size = 0

    def add(self, output: Output, size: int = 0) -> None:
        """Keep one output, after what was written before it."""
        self.flush()
        self._keep(output, size)

    def write(self, name: str, text: str) -> None:
        """Keep what was written to the stream `name`."""
        self._count(len(text))
        self._written[name].append(text)

    def flush(self) -> None:
        """Put what was written among the outputs: standard output, then errors, as the kernel does."""
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
        if self._size > OUTPUT_LIMIT:
            self._on_limit()

    def _forget(self) -> None:
        self.outputs = []
        self._clear_next = False

    def clear(self, wait: bool) -> None:
        """Forget the cell's outputs, now or when the next one comes."""
        self.flush()
        if wait:
            self._clear_next = True
        else:
            self._forget()

    def show(self, data: dict[str, Any], metadata: dict[str, Any], display_id: str | None, update: bool) -> None:
        """Keep a display, or replace the one of the same id."""
        known = self._displays.get(display_id or "")
        clean = {mime: _to_json(value) for mime, value in data.items()}
        if update:
            if known is not None:
                known.update(data=clean, metadata=metadata)
            return
        output = {"output_type": "display_data", "data": clean, "metadata": metadata}
        if display_id:
            self._displays[display_id] = output
        self.add(output, _size_of(clean))

    def finish_cell(self) -> list[Output]:
        """The cell's outputs as a notebook keeps them."""
        self.flush()
        return self.outputs


def _to_json(value: Any) -> Any:
    """A picture's bytes as base64, as in a notebook file; anything else as it is."""
    return base64.b64encode(value).decode("ascii") if isinstance(value, bytes) else value


def _size_of(data: Mapping[str, Any]) -> int:
    return sum(len(value) for value in data.values() if isinstance(value, str))


class _Stream(io.TextIOBase):
    """Standard output or error of a cell."""

    encoding = "utf-8"
    errors = "strict"

    def __init__(self, name: str, recorder: Recorder) -> None:
        super().__init__()
        self.name = name
        self._recorder = recorder

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self._recorder.write(self.name, text)
        return len(text)


class _Publisher(DisplayPublisher):
    """`display()` and rich outputs."""

    def publish(
        self,
        data: Any,
        metadata: Any = None,
        source: Any = None,
        *,
        transient: Any = None,
        update: Any = False,
        **_: Any,
    ) -> None:
        recorder = cast(PageShell, self.shell).recorder
        recorder.show(data, metadata or {}, (transient or {}).get("display_id"), update)

    def clear_output(self, wait: bool = False) -> None:
        cast(PageShell, self.shell).recorder.clear(wait)


class _Hook(DisplayHook):
    """The value of a cell's last expression."""

    def write_output_prompt(self) -> None:
        pass

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        data = {mime: _to_json(value) for mime, value in format_dict.items()}
        output = {
            "output_type": "execute_result",
            "data": data,
            "metadata": md_dict or {},
            "execution_count": self.prompt_count,
        }
        cast(PageShell, self.shell).recorder.add(output, _size_of(data))

    def finish_displayhook(self) -> None:
        sys.stdout.flush()


class _Compiler(CachingCompiler):
    """Names a cell's code like a Python file that isn't there, as the kernel does: tracebacks look the same."""

    def get_code_name(self, raw_code: str, transformed_code: str, number: int) -> str:
        return f"<cell {number}>.py"


class PageShell(InteractiveShell):
    """IPython's shell with its outputs recorded instead of printed."""

    recorder: Recorder

    def showtraceback(self, *error: Any, **how: Any) -> None:
        spare_memory()
        super().showtraceback(*error, **how)

    def _showtraceback(self, etype: Any, evalue: Any, stb: Any) -> None:
        output = {
            "output_type": "error",
            "ename": etype.__name__,
            "evalue": str(evalue),
            "traceback": list(stb),
        }
        self.recorder.add(output)

    def enable_gui(self, gui: Any = None) -> None:
        pass


def prepare_shell() -> None:
    """Make the shell, once, in the process from which those of the pages are forked."""
    main = sys.modules["__main__"]
    _make_shell()
    # The shell's namespace takes the name of the main module; here it isn't that yet.
    sys.modules["__main__"] = main


def _make_shell() -> PageShell:
    """A shell with an empty namespace, set up as Quarto sets up its kernel."""
    config = Config()
    config.HistoryManager.enabled = False
    config.HistoryManager.hist_file = ":memory:"
    config.InteractiveShell.colors = "neutral"
    config.InlineBackend.figure_formats = {"retina"}
    config.InlineBackend.rc = {"figure.figsize": (7, 5), "figure.dpi": 96, "savefig.dpi": "figure"}
    shell = PageShell.instance(
        config=config,
        display_pub_class=_Publisher,
        displayhook_class=_Hook,
        compiler_class=_Compiler,
    )
    shell.set_hook("show_in_pager", lambda *_: None)  # type: ignore[no-untyped-call]
    return shell


def _take_shell(recorder: Recorder) -> PageShell:
    shell = PageShell.instance() if PageShell.initialized() else _make_shell()
    sys.modules["__main__"] = shell.user_module
    shell.recorder = recorder
    return shell


@contextmanager
def _captured(recorder: Recorder) -> Iterator[None]:
    kept = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = _Stream("stdout", recorder), _Stream("stderr", recorder)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = kept


def run_cells(cells: Sequence[Mapping[str, Any]], send: Callable[[dict[str, Any]], None]) -> None:
    """Run each cell `{source, allow_error}` in one namespace; `send` gets an event for each step.

    Events: `{event: "begin", cell}`, `{event: "end", cell, outputs}`, `{event: "fail", cell, line, name, outputs}`
    with the failing line counted from 0 in the cell, and `{event: "limit", cell}` before the process ends
    because a cell put out too much.
    """
    os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
    number = 0

    def stop_at_limit() -> None:
        send({"event": "limit", "cell": number})
        os._exit(1)

    recorder = Recorder(stop_at_limit)
    with _captured(recorder):
        shell = _take_shell(recorder)
        for number, cell in enumerate(cells):
            send({"event": "begin", "cell": number})
            recorder.begin_cell()
            result = shell.run_cell(cell["source"], store_history=True)  # type: ignore[no-untyped-call]
            outputs = recorder.finish_cell()
            if result.success or cell["allow_error"]:
                send({"event": "end", "cell": number, "outputs": outputs})
            else:
                error = result.error_before_exec or result.error_in_exec
                name = "an error" if error is None else f"{type(error).__name__}: {error}"
                line = _failing_line(error)
                send({"event": "fail", "cell": number, "line": line, "name": name, "outputs": outputs})
                return


def _failing_line(error: BaseException | None) -> int:
    """The line of the cell, counted from 0, at which `error` came up."""
    if isinstance(error, SyntaxError):
        return max((error.lineno or 1) - 1, 0)
    trace = error.__traceback__ if error else None
    while trace is not None:
        if trace.tb_frame.f_code.co_filename.startswith("<cell "):
            return trace.tb_lineno - 1
        trace = trace.tb_next
    return 0
