"""Statuses: what bibliographies say of works that aren't simply published, in the table's words."""

from __future__ import annotations

from octavo.model.vocabulary import Status

_STATES: dict[str, Status] = {
    "to appear": "to appear", "forthcoming": "to appear", "in press": "in press", "inpress": "in press",
    "accepted": "accepted", "under review": "under review", "in review": "under review", "submitted": "under review",
    "under submission": "under submission", "in submission": "under submission", "in preparation": "in preparation",
    "inpreparation": "in preparation", "preprint": "preprint", "prepublished": "preprint",
    "retracted": "retracted",
}  # fmt: skip


def read_state(text: str) -> str:
    """The status that a text is and nothing else; empty if it is none."""
    return _STATES.get(text.strip("()[]. ").lower(), "")


def find_state(text: str) -> str:
    """The status that a text is, or that one of its parts between commas is; empty if there is none."""
    return next(filter(None, map(read_state, (text, *text.split(",")))), "")
