"""Tells an answer from a refusal, with its reason, and from a temporary failure."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from octavo.errors import quote_value
from octavo.importing.answers import Answer, Key, NotThereError, Question, SourceError
from octavo.importing.record import clean_line
from octavo.network import TRANSIENT_STATUSES

# Refusals that a key or a pause may resolve; their bodies say which.
EXPLAINED = frozenset({400, 401, 402, 403, 429})
LONGEST_EXPLANATION = 10_000
_MEANINGS = {
    400: "bad request",
    401: "login required",
    402: "payment required",
    403: "access denied",
    404: "not found",
    406: "not available in the requested format",
    408: "request timed out",
    410: "no longer available",
    429: "rate limited",
}
# More seconds than any wait: this is a point in time.
_EPOCH = 1e9


class RetryableError(Exception):
    """A temporary failure, and how many seconds the server asks us to wait."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        self.wait = wait
        super().__init__(reason)


def make_answer(response: httpx.Response, body: bytes, question: Question, address: httpx.URL) -> Answer:
    """The answer; its address doesn't include the key."""
    status, headers = response.status_code, response.headers
    if status != 200:
        meaning = _MEANINGS.get(status, "server error" if status in TRANSIENT_STATUSES else "unexpected status")
        reason = f"{address.host}: {meaning} (HTTP {status})"
        reason = "; ".join(filter(None, [reason, _explain(body, question.key), _advise(question, status)]))
        if status in TRANSIENT_STATUSES:
            raise RetryableError(reason, _read_wait(headers))
        raise NotThereError(reason) if status == 404 else SourceError(reason)
    text = body.decode("utf-8", "replace")
    if not text.strip():
        raise RetryableError(f"{address.host}: empty answer")
    kind = headers.get("content-type", "").split(";")[0].strip().lower()
    return Answer(str(address), kind, text, datetime.now(UTC).isoformat(timespec="seconds"))


def _advise(question: Question, status: int) -> str:
    """What the user can do about a refusal. A used-up quota doesn't mean that the key is wrong."""
    is_ours = status in (401, 403) or (question.key is None and status in (402, 429))
    return question.hint if is_ours else ""


def _explain(body: bytes, key: Key | None) -> str:
    """What a refusal says in JSON, quoted; empty if it says nothing."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    for name in ("message", "error", "detail"):
        found = told.get(name) if isinstance(told, dict) else None
        found = found.get("message") if isinstance(found, dict) else found
        if isinstance(found, str) and (text := clean_line(found)):
            return quote_value((text.replace(key.value, "…") if key else text)[:200])
    return ""


def _read_wait(headers: httpx.Headers) -> float | None:
    """Seconds to wait, as Retry-After says or, where a budget is spent, until the next one begins."""
    wait = _read_retry_after(headers.get("retry-after", ""))
    if wait is None and headers.get("x-ratelimit-remaining", "").strip() == "0":
        reset = _read_retry_after(headers.get("x-ratelimit-reset", ""))
        # some servers give the time, in seconds since 1970
        return reset - time.time() if reset and reset > _EPOCH else reset
    return wait


def _read_retry_after(written: str) -> float | None:
    """Seconds to wait, given as a number or as a date (RFC 9110, section 10.2.3)."""
    written = written.strip()
    if written.isdecimal():
        return float(written)
    try:
        until = parsedate_to_datetime(written)
    except (TypeError, ValueError):
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return max(0.0, (until - datetime.now(UTC)).total_seconds())
