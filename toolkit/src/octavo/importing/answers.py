"""Requests to sources and their answers, which are cached on disk with their dates."""

from __future__ import annotations

import contextlib
import hashlib
import json
import math
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from octavo.errors import OctavoError
from octavo.files import keep, read_kept


class SourceError(OctavoError):
    """A source gave no usable answer."""


class NotThereError(SourceError):
    """A source has nothing under this identifier."""


@dataclass
class Budget:
    """How many requests may still be made."""

    left: float = math.inf

    def spend(self, host: str) -> None:
        """Take one request to the host.

        Raises:
            SourceError: if there is none left.
        """
        if self.left < 1:
            raise SourceError(f"{host}: not asked, because the budget of requests is spent")
        self.left -= 1


@dataclass(frozen=True, slots=True)
class Key:
    """A key to a source: sent to the question's own origin only, and never stored or shown."""

    name: str
    """Of the header, or of the query's parameter."""
    value: str = field(repr=False)
    is_parameter: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A request: its address, the formats accepted, and where a redirect may lead."""

    address: str
    accept: str
    origins: frozenset[str] = frozenset()
    """Origins that may answer besides the address's own, such as `https://api.crossref.org`."""
    interval: float = 0.0
    """Seconds between two requests to the host, if its terms of use ask for that."""
    key: Key | None = None
    hint: str = ""
    """What the user can do if access is refused."""


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
        except (ValueError, TypeError):  # missing, or written by another version
            return None

    def save(self, address: str, accept: str, answer: Answer) -> None:
        """Store an answer; a full or read-only disk doesn't stop an import."""
        file = self._find_file(address, accept)
        with contextlib.suppress(OSError):
            keep(file, file.stem, json.dumps(asdict(answer)).encode())

    def _find_file(self, address: str, accept: str) -> Path:
        return self._folder / (hashlib.sha256(f"{accept} {address}".encode()).hexdigest()[:32] + ".json")
