"""Answers kept: what other hosts said, with dates, so that they are not asked at every check."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from octavo.sitecheck.external import VERDICTS, Answer


def read_answers(file: Path) -> dict[str, Answer]:
    """The answers kept in `file`; none where it isn't there or isn't ours."""
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
        return {address: _read_answer(answer) for address, answer in kept.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _read_answer(kept: Mapping[str, str]) -> Answer:
    # Indexing raises ValueError for a word that is no verdict.
    verdict = VERDICTS[VERDICTS.index(kept["verdict"])]
    return Answer(verdict, kept["detail"], datetime.fromisoformat(kept["asked"]).astimezone(UTC))


def write_answers(file: Path, answers: Mapping[str, Answer]) -> None:
    """Keep answers in `file`, whole or not at all."""
    kept = {
        address: {"verdict": answer.verdict, "detail": answer.detail, "asked": answer.asked.isoformat()}
        for address, answer in sorted(answers.items())
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f"{file.name}.{os.getpid()}")
    beside.write_text(json.dumps(kept, indent=1, ensure_ascii=False), encoding="utf-8")
    beside.replace(file)
