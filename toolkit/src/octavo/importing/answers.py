"""Answers from the network, stored on disk with their dates."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Answer:
    """The body of an answer, the address after all redirects, and the date."""

    address: str
    content_type: str
    body: str
    date: str
    """UTC, ISO 8601."""
    etag: str = ""
    modified: str = ""

    def is_younger(self, age: timedelta) -> bool:
        """Whether it arrived less than this long ago."""
        return datetime.now(UTC) - datetime.fromisoformat(self.date) < age


class AnswerStore:
    """A folder with one file per answer; a damaged file counts as missing."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load(self, address: str, accept: str) -> Answer | None:
        """The last stored answer to this request."""
        try:
            return Answer(**json.loads(self._find_file(address, accept).read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def save(self, address: str, accept: str, answer: Answer) -> None:
        """Store an answer; a full or read-only disk doesn't stop an import."""
        file = self._find_file(address, accept)
        part = file.with_suffix(f".{os.getpid()}.part")
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            part.write_text(json.dumps(asdict(answer)), "utf-8")
            part.replace(file)

    def _find_file(self, address: str, accept: str) -> Path:
        return self._folder / (hashlib.sha256(f"{accept} {address}".encode()).hexdigest()[:32] + ".json")
