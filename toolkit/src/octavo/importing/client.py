"""The HTTP client: asks politely, tries again where that may help, and fails with a sentence."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Self

import httpx

from octavo.errors import OctavoError
from octavo.importing.answers import Answer, AnswerStore

ATTEMPTS = 4
# A person waits: whoever asks for more patience than this is told of, and asked another day.
LONGEST_WAIT = 60.0
# httpx's time-outs are for each read, so that a server that sends a letter a second would never reach them.
LONGEST_ANSWER = 90.0
LARGEST_ANSWER = 50_000_000
MOST_REDIRECTS = 5
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_MEANINGS = {
    400: "it doesn't understand the question",
    401: "it asks for a login",
    403: "it refuses to answer",
    404: "it knows nothing of that name",
    406: "it has no answer in this format",
    410: "it says that this is gone",
    429: "it is asked too often",
}


class SourceError(OctavoError):
    """Why a source gave no usable answer."""


class _TryAgainError(Exception):
    """A failure that may pass, and how long the server asks to wait."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        self.wait = wait
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for: an address, the formats wanted, and the hosts besides its own that may answer."""

    address: str
    accept: str
    hosts: frozenset[str] = frozenset()
    interval: float = 0.0
    """Seconds between two questions to the host, where its terms ask for that."""


class Client:
    """A connection to the sources; use it as a context manager.

    The environment may set `OCTAVO_HTTP_TIMEOUT` and `OCTAVO_HTTP_PAUSE`: seconds without a sign of life, and
    before the second attempt (it doubles with each).
    """

    def __init__(
        self,
        store: AnswerStore,
        *,
        mail: str = "",
        max_age: timedelta = timedelta(0),
        say: Callable[[str], object] = str,
    ) -> None:
        self._store = store
        self._max_age = max_age
        self._say = say
        self._pause = float(os.environ.get("OCTAVO_HTTP_PAUSE", "1"))
        self._asked: dict[str, float] = {}
        agent = f"octavo/1.0 (mailto:{mail})" if mail else "octavo/1.0"
        timeout = float(os.environ.get("OCTAVO_HTTP_TIMEOUT", "20"))
        self._http = httpx.Client(timeout=timeout, headers={"User-Agent": agent}, follow_redirects=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def ask(self, question: Question) -> Answer:
        """The answer, from the store if it is young enough.

        Raises:
            SourceError: if there is none, or it is empty, too long or cut short.
        """
        stored = self._store.load(question.address, question.accept)
        if stored and stored.is_younger(self._max_age):
            return stored
        try:
            answer = self._ask_patiently(question, stored)
        except SourceError as error:
            if stored is None:
                raise
            hint = f"{error} (its answer of {stored.date[:10]} is kept: --max-age takes it)"
            raise SourceError(hint) from error
        self._store.save(question.address, question.accept, answer)
        return answer

    def _ask_patiently(self, question: Question, stored: Answer | None) -> Answer:
        reason = ""
        for attempt in range(ATTEMPTS):
            try:
                return self._ask_once(question, stored)
            except _TryAgainError as error:
                reason = str(error)
                wait = error.wait if error.wait is not None else self._pause * 2**attempt
            if wait > LONGEST_WAIT:
                raise SourceError(f"{reason}; it asks to come back in {wait:.0f} s")
            if attempt < ATTEMPTS - 1:
                self._say(f"{reason}; trying again in {wait:.0f} s")
                time.sleep(wait)
        raise SourceError(f"{reason} ({ATTEMPTS} attempts)")

    def _ask_once(self, question: Question, stored: Answer | None) -> Answer:
        address = httpx.URL(question.address)
        hosts = question.hosts | {address.host}
        deadline = time.monotonic() + LONGEST_ANSWER
        for _ in range(MOST_REDIRECTS):
            self._keep_interval(address.host, question.interval)
            headers = {"Accept": question.accept, **_make_conditions(stored)}
            try:
                with self._http.stream("GET", address, headers=headers) as response:
                    if not response.has_redirect_location:
                        return _receive(response, stored, deadline)
                    address = _follow(address, response, hosts)
            except httpx.TimeoutException as error:
                raise _TryAgainError(f"{address.host} didn't answer in time") from error
            except (httpx.NetworkError, httpx.RemoteProtocolError) as error:
                raise _TryAgainError(f"{address.host} can't be reached, or broke off ({_describe(error)})") from error
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                raise SourceError(f"{address.host} can't be asked: {_describe(error)}") from error
        raise SourceError(f"{address.host} sends from address to address, more than {MOST_REDIRECTS} times")

    def _keep_interval(self, host: str, interval: float) -> None:
        wait = self._asked.get(host, -interval) + interval - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        self._asked[host] = time.monotonic()


def _make_conditions(stored: Answer | None) -> dict[str, str]:
    """The headers by which a server may say that nothing has changed (RFC 9110, section 13)."""
    if stored is None:
        return {}
    conditions = {"If-None-Match": stored.etag, "If-Modified-Since": stored.modified}
    return {name: value for name, value in conditions.items() if value}


def _follow(address: httpx.URL, response: httpx.Response, hosts: frozenset[str]) -> httpx.URL:
    """The address that a redirect leads to, if it is one of the hosts' and no less safe."""
    target = address.join(response.headers["location"])
    if target.host not in hosts:
        raise SourceError(f"{address.host} sends to another host, {target.host or 'none'}: not followed")
    if target.scheme != "https" and target.scheme != address.scheme:
        raise SourceError(f"{address.host} sends to an address without encryption: not followed")
    return target


def _receive(response: httpx.Response, stored: Answer | None, deadline: float) -> Answer:
    host = response.url.host
    if response.status_code == 304 and stored is not None:
        return replace(stored, date=_now())
    if response.status_code in _PASSING:
        meaning = _MEANINGS.get(response.status_code, "it is in trouble")
        raise _TryAgainError(f"{host} answered {response.status_code}: {meaning}", _read_retry_after(response))
    if response.status_code != 200:
        meaning = _MEANINGS.get(response.status_code, "that is no answer")
        raise SourceError(f"{host} answered {response.status_code}: {meaning}")
    body = _read_body(response, deadline)
    if not body.strip():
        raise _TryAgainError(f"{host} sent an empty answer")
    headers = response.headers
    kind = headers.get("content-type", "").split(";")[0].strip().lower()
    return Answer(str(response.url), kind, body, _now(), headers.get("etag", ""), headers.get("last-modified", ""))


def _read_body(response: httpx.Response, deadline: float) -> str:
    received = bytearray()
    for piece in response.iter_bytes():
        received += piece
        if len(received) > LARGEST_ANSWER:
            raise SourceError(f"{response.url.host} sends more than {LARGEST_ANSWER // 1_000_000} MB")
        if time.monotonic() > deadline:
            raise _TryAgainError(f"{response.url.host} didn't finish its answer in {LONGEST_ANSWER:.0f} s")
    return received.decode("utf-8", "replace")


def _read_retry_after(response: httpx.Response) -> float | None:
    """Seconds to wait: the header gives them, or a date (RFC 9110, section 10.2.3)."""
    written = response.headers.get("retry-after", "").strip()
    if written.isdecimal():
        return float(written)
    try:
        until = parsedate_to_datetime(written)
    except (TypeError, ValueError):
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return max(0.0, (until - datetime.now(UTC)).total_seconds())


def _describe(error: Exception) -> str:
    return str(error) or type(error).__name__


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
