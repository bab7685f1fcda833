"""Answers from the network, stored on disk with their dates."""

from __future__ import annotations

import contextlib
import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from octavo.files import keep, read_kept


@dataclass(frozen=True, slots=True)
class Answer:
    """The body of an answer, the address after all redirects, and the date."""

    address: str
    content_type: str
    body: str
    date: str
    """UTC, ISO 8601."""

    def is_younger(self, age: timedelta) -> bool:
        """Whether it arrived less than this long ago."""
        return datetime.now(UTC) - datetime.fromisoformat(self.date) < age


class AnswerStore:
    """A folder with one file per answer; a damaged file counts as missing."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load(self, address: str, accept: str) -> Answer | None:
        """The last stored answer to this request."""
        file = self._find_file(address, accept)
        try:
            return Answer(**json.loads(read_kept(file, file.stem) or b""))
        except (ValueError, TypeError):  # nothing, or what another version kept
            return None

    def save(self, address: str, accept: str, answer: Answer) -> None:
        """Store an answer; a full or read-only disk doesn't stop an import."""
        file = self._find_file(address, accept)
        with contextlib.suppress(OSError):
            keep(file, file.stem, json.dumps(asdict(answer)).encode())

    def _find_file(self, address: str, accept: str) -> Path:
        return self._folder / (hashlib.sha256(f"{accept} {address}".encode()).hexdigest()[:32] + ".json")
