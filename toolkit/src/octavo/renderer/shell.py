"""The shell: runs one page's cells in IPython and records their outputs as a notebook would.

It is a Jupyter kernel without the kernel's process and sockets: the same magics, the same display of a last
expression, the same tracebacks.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple, cast

from IPython.core.compilerop import CachingCompiler
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import ExecutionResult, InteractiveShell
from traitlets.config import Config

from octavo.renderer.memory import spare_memory
from octavo.renderer.recorder import OUTPUT_LIMIT, Output, Recorder, measure_data, to_json


class CellSource(NamedTuple):
    """A cell to run, and whether the page goes on after an error in it."""

    source: str
    allow_error: bool


class CellResult(NamedTuple):
    """What a cell put out; where it stops the page, what happened and the line of the cell, counted from 0."""

    outputs: list[Output]
    failure: str = ""
    line: int = 0


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
        data = {mime: to_json(value) for mime, value in format_dict.items()}
        output = {
            "output_type": "execute_result",
            "data": data,
            "metadata": md_dict or {},
            "execution_count": self.prompt_count,
        }
        cast(PageShell, self.shell).recorder.add(output, measure_data(data))

    def finish_displayhook(self) -> None:
        sys.stdout.flush()


class _Compiler(CachingCompiler):
    """Gives a cell's code a made-up file name, as the kernel does, so that tracebacks look the same."""

    def get_code_name(self, raw_code: str, transformed_code: str, number: int) -> str:
        return f"<cell {number}>.py"


class PageShell(InteractiveShell):
    """IPython's shell, with outputs recorded instead of printed."""

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
    """Make the shell, once, for the processes that are forked from this one."""
    if not PageShell.initialized():
        main = sys.modules["__main__"]
        _make_shell()
        # The shell's namespace becomes the main module only in a page's process.
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


def run_cells(cells: Sequence[CellSource], send: Callable[[CellResult], None]) -> None:
    """Run the cells in one namespace; `send` gets the result of each, up to the first that fails.

    The process ends where a cell's output is over the limit.
    """
    os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"

    def stop_at_limit() -> None:
        send(CellResult([], f"put out more than {OUTPUT_LIMIT // 1_000_000} MB"))
        os._exit(1)

    recorder = Recorder(stop_at_limit)
    with _captured(recorder):
        shell = _take_shell(recorder)
        for cell in cells:
            recorder.begin_cell()
            result = shell.run_cell(cell.source, store_history=True)  # type: ignore[no-untyped-call]
            outputs = recorder.finish_cell()
            failed = not (result.success or cell.allow_error)
            send(_describe_failure(result, outputs) if failed else CellResult(outputs))
            if failed:
                return


def _describe_failure(result: ExecutionResult, outputs: list[Output]) -> CellResult:
    error = result.error_before_exec or result.error_in_exec
    name = "an error" if error is None else f"{type(error).__name__}: {error}"
    return CellResult(outputs, f"failed: {name}", _failing_line(error))


def _failing_line(error: BaseException | None) -> int:
    """The line of the cell, counted from 0, at which `error` was raised."""
    if isinstance(error, SyntaxError):
        return max((error.lineno or 1) - 1, 0)
    trace = error.__traceback__ if error else None
    while trace is not None:
        if trace.tb_frame.f_code.co_filename.startswith("<cell "):
            return trace.tb_lineno - 1
        trace = trace.tb_next
    return 0
