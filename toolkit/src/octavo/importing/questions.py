"""Questions to a source, and the error where no answer is usable."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from octavo.errors import OctavoError


class SourceError(OctavoError):
    """A source gave no usable answer."""


class NotThereError(SourceError):
    """A source has nothing by this identifier."""


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
