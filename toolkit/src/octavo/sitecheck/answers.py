"""Answers kept: what other hosts said, with dates, so that they are not asked at every check."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from octavo.files import keep, read_kept
from octavo.sitecheck.external import VERDICTS, Answer

_KEY = "links"


def read_answers(file: Path) -> dict[str, Answer]:
    """The answers kept in `file`; none where it isn't there or isn't ours."""
    try:
        kept = json.loads(read_kept(file, _KEY) or b"{}")
        return {address: _read_answer(answer) for address, answer in kept.items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}


def _read_answer(kept: Mapping[str, str]) -> Answer:
    # Indexing raises ValueError for a word that is no verdict.
    verdict = VERDICTS[VERDICTS.index(kept["verdict"])]
    return Answer(verdict, kept["detail"], datetime.fromisoformat(kept["asked"]).astimezone(UTC))


def write_answers(file: Path, answers: Mapping[str, Answer]) -> None:
    """Keep answers in `file`; if it can't be written, the next check asks again."""
    kept = {
        address: {"verdict": answer.verdict, "detail": answer.detail, "asked": answer.asked.isoformat()}
        for address, answer in sorted(answers.items())
    }
    with contextlib.suppress(OSError):
        keep(file, _KEY, json.dumps(kept, indent=1, ensure_ascii=False).encode())
