"""The status of a preview: the version of the site, and the current error in the files."""

from __future__ import annotations

import threading
import time
from typing import NamedTuple


class State(NamedTuple):
    """One state: pages of another `version` are out of date; `failure` is the text of an error, or empty.

    `base` is the path of the published site, `/` at a domain's root.
    """

    version: str
    failure: str = ""
    base: str = "/"


class Status:
    """The current `state`, whether the preview is ending (`closed`), and a way to wait for a change; for any thread."""

    def __init__(self) -> None:
        # A browser left open from an earlier preview must not mistake that one's version for this one's.
        self._start = time.time_ns()
        self._count = 0
        self._changed = threading.Condition()
        self.state = State(self._next_version())
        self.closed = False

    def _next_version(self) -> str:
        self._count += 1
        return f"{self._start}-{self._count}"

    def set_built(self, base: str, renewed: bool) -> None:
        """Nothing is wrong; the site is new or, if not `renewed`, still the same."""
        self._set(State(self.state.version, "", base), renewed)

    def set_failed(self, failure: str) -> None:
        """The files can't be built, for this reason."""
        self._set(self.state._replace(failure=failure), renewed=False)

    def _set(self, state: State, renewed: bool) -> None:
        with self._changed:
            if renewed or state.failure != self.state.failure:
                state = state._replace(version=self._next_version())
            self.state = state
            self._changed.notify_all()

    def wait(self, version: str | None, timeout: float) -> State | None:
        """The state once its version is another one; None after `timeout` seconds, or when the preview ends."""
        with self._changed:
            self._changed.wait_for(lambda: self.closed or self.state.version != version, timeout)
            return None if self.closed or self.state.version == version else self.state

    def close(self) -> None:
        """Release all waiting threads."""
        with self._changed:
            self.closed = True
            self._changed.notify_all()
