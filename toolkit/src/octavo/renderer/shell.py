"""The shell: runs one page's cells in IPython and records their outputs as a notebook would.

It is a Jupyter kernel without the kernel's process and sockets: the same magics, the same display of a last
expression, the same tracebacks.
"""

from __future__ import annotations

import io
import os
import sys
from tempfile import TemporaryDirectory
from typing import Any, cast

from IPython.core.compilerop import CachingCompiler
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from octavo.renderer.environment import FIGURES
from octavo.renderer.limits import SPARE, limit_memory
from octavo.renderer.recorder import OUTPUT_LIMIT, Recorder, measure_data, to_json
from octavo.renderer.worker import CellResult


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
    """Gives each cell's code a file name, as the kernel does, so that tracebacks look the same."""

    def get_code_name(self, raw_code: str, transformed_code: str, number: int) -> str:
        return f"<cell {number}>.py"


class PageShell(InteractiveShell):
    """IPython's shell, with outputs recorded instead of printed."""

    recorder: Recorder

    def run(self, source: str, may_fail: bool) -> CellResult:
        """Run a cell after those that ran before it."""
        self.recorder.begin_cell()
        result = self.run_cell(source, store_history=True)  # type: ignore[no-untyped-call]
        outputs = self.recorder.finish_cell()
        error = result.error_before_exec or result.error_in_exec
        if self.recorder.is_full:
            return CellResult([], f"put out more than {OUTPUT_LIMIT // 1_000_000} MB", _failing_line(error))
        if result.success or may_fail:
            return CellResult(outputs)
        name = "an error" if error is None else f"{type(error).__name__}: {error}"
        return CellResult(outputs, f"failed: {name}", _failing_line(error))

    def evaluate(self, source: str) -> CellResult:
        """The value of an expression as the output of a cell."""
        self.recorder.begin_cell()
        value = self.user_expressions({"value": source})["value"]  # type: ignore[no-untyped-call]
        self.recorder.finish_cell()
        if value["status"] == "error":
            return CellResult([], f"failed: {value['ename']}: {value['evalue']}")
        data = {mime: to_json(each) for mime, each in value["data"].items()}
        return CellResult([{"output_type": "execute_result", "data": data, "metadata": value["metadata"]}])

    def showtraceback(self, *error: Any, **how: Any) -> None:
        limit_memory(spare=SPARE)
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
    """Create the shell with an empty namespace, configured as Quarto configures its kernel."""
    config = Config()
    config.HistoryManager.enabled = False
    config.HistoryManager.hist_file = ":memory:"
    config.InteractiveShell.colors = "neutral"
    main = sys.modules["__main__"]
    # IPython would write to the user's home, or leave a temporary folder behind if it can't.
    with TemporaryDirectory() as folder:
        shell = PageShell.instance(
            config=config,
            ipython_dir=folder,
            display_pub_class=_Publisher,
            displayhook_class=_Hook,
            compiler_class=_Compiler,
        )
    shell.db = {}  # what `%cd` and the like keep there ends with the page
    shell.recorder = Recorder()
    shell.set_hook("show_in_pager", lambda *_: None)  # type: ignore[no-untyped-call]
    shell.run_cell("", store_history=False)  # type: ignore[no-untyped-call]  # the first cell imports some more
    sys.modules["__main__"] = main


def take_shell() -> PageShell:
    """The shell; from now on, this process's cells run in its namespace and print to it."""
    if not PageShell.initialized():
        prepare_shell()
    shell = PageShell.instance()
    if sys.modules["__main__"] is not shell.user_module:
        sys.modules["__main__"] = shell.user_module
        _set_figures(shell.config)
        sys.stdout, sys.stderr = _Stream("stdout", shell.recorder), _Stream("stderr", shell.recorder)
    return shell


def _set_figures(config: Config) -> None:
    """Configure Matplotlib by the page's environment variables."""
    name = os.environ.get(FIGURES, "retina")
    width, height = float(os.environ.get("QUARTO_FIG_WIDTH", "7")), float(os.environ.get("QUARTO_FIG_HEIGHT", "5"))
    density = float(os.environ.get("QUARTO_FIG_DPI", "192")) / (2 if name == "retina" else 1)
    config.InlineBackend.figure_formats = {name}
    config.InlineBackend.rc = {"figure.figsize": (width, height), "figure.dpi": density, "savefig.dpi": "figure"}


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
