"""The client for bibliographic sources: it rate-limits itself, retries, and limits what it accepts.

We retry ourselves: stamina announces a retry through a process-wide hook only and would need adapters for Retry-After
and for the number of attempts, more code than the loop below. We also cache answers ourselves: hishel follows the
server's rules on freshness, keeps bodies before their limits are checked, and can't offer an old answer by its date.
"""

from __future__ import annotations

import asyncio
import math
import os
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack, suppress
from datetime import timedelta
from typing import Self, TypeVar
from urllib.parse import quote

import httpx
from anyio.from_thread import start_blocking_portal

from octavo.errors import OctavoError, quote_value
from octavo.importing.answers import (
    EXPLAINED,
    LONGEST_EXPLANATION,
    Answer,
    AnswerStore,
    Budget,
    Question,
    RetryableError,
    SourceError,
    make_answer,
)
from octavo.network import BodyError, IncompleteBodyError, open_client, read_body

ATTEMPTS = 4
# Seconds that a person at a terminal is willing to wait between two attempts.
LONGEST_WAIT = 60.0
# Seconds for an answer, over all redirects and attempts but without the waits between them.
LONGEST_ANSWER = 90.0
MOST_REDIRECTS = 5
Parsed = TypeVar("Parsed")


class Client:
    """A connection to the sources, to be used as a context manager.

    Two environment variables set seconds: `OCTAVO_HTTP_TIMEOUT` is the longest wait for the next bytes, and
    `OCTAVO_HTTP_PAUSE` the wait before the second attempt, which doubles with each further one.
    """

    def __init__(
        self,
        store: AnswerStore,
        *,
        mail: str = "",
        max_age: timedelta = timedelta(0),
        say: Callable[[str], object] = str,
        budget: Budget | None = None,
    ) -> None:
        self._store = store
        self._budget = budget or Budget()
        self._max_age = max_age
        self._say = say
        self._pause = _read_seconds("OCTAVO_HTTP_PAUSE", 1.0)
        self._timeout = _read_seconds("OCTAVO_HTTP_TIMEOUT", 20.0)
        self._asked: dict[str, float] = {}
        self._unreached: Counter[str] = Counter()
        """How often in a row a host couldn't be connected to. Without a network, a thousand DOIs would take hours."""
        agent = f"octavo/1.0 (mailto:{quote(mail, safe='@+')})" if mail else "octavo/1.0"
        self._http = open_client(agent, self._timeout)
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        # An event loop of its own, so that a notebook, which already runs one, can import too.
        self._portal = self._stack.enter_context(start_blocking_portal())
        self._stack.callback(self._portal.call, self._http.aclose)
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def ask(self, question: Question, parse: Callable[[Answer], Parsed]) -> Parsed:
        """The parsed answer, from the cache if it is recent enough.

        Only an answer that can be parsed replaces a cached one.

        Args:
            question: The request.
            parse: Reads an answer and raises `SourceError` if it is unusable.

        Raises:
            SourceError: If there is no usable answer; names the host and the reason.
        """
        stored = self._store.load(question.address, question.accept)
        if stored and stored.is_younger(self._max_age):
            return _parse(stored, parse)
        try:
            answer = self._request_patiently(question)
            parsed = _parse(answer, parse)
        except SourceError as error:
            if stored is None:
                raise
            hint = f"{error} (an answer from {stored.date[:10]} is stored; --max-age HOURS uses it)"
            raise SourceError(hint) from error
        self._store.save(question.address, question.accept, answer)
        return parsed

    def _request_patiently(self, question: Question) -> Answer:
        deadline = time.monotonic() + LONGEST_ANSWER
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self._request_once(question, deadline)
            except RetryableError as error:
                reason = str(error)
                wait = error.wait if error.wait is not None else self._pause * 2 ** (attempt - 1)
            if wait > LONGEST_WAIT:
                raise SourceError(f"{reason}; retry in {wait:.0f} s")
            if attempt < ATTEMPTS:
                self._say(f"{reason}; retrying in {wait:.0f} s")
                time.sleep(wait)
                deadline += wait
        raise SourceError(f"{reason} ({ATTEMPTS} attempts)")

    def _request_once(self, question: Question, deadline: float) -> Answer:
        address = _parse_address(question.address)
        origins = question.origins | {_get_origin(address)}
        headers = {"Accept": question.accept}
        for _ in range(MOST_REDIRECTS + 1):
            self._budget.spend(address.host)
            self._keep_interval(address.host, question.interval)
            signed, signature = _sign(address, question)
            response, body = self._exchange(signed, headers | signature, deadline)
            if not response.has_redirect_location:
                return make_answer(response, body, question, address)
            address = _follow(address, response, origins)
            if question.key and question.key.is_parameter:
                address = address.copy_remove_param(question.key.name)
        raise SourceError(f"{address.host}: more than {MOST_REDIRECTS} redirects")

    def _exchange(self, address: httpx.URL, headers: dict[str, str], deadline: float) -> tuple[httpx.Response, bytes]:
        host, origin = address.host, _get_origin(address)
        if self._unreached[origin] >= ATTEMPTS:
            raise SourceError(f"{host}: can't be reached; not tried again")
        try:
            received = self._portal.call(self._receive, address, headers, deadline)
        except TimeoutError as error:
            raise SourceError(f"{host}: no complete answer within {LONGEST_ANSWER:g} s") from error
        except httpx.TimeoutException as error:
            self._unreached[origin] += isinstance(error, httpx.ConnectTimeout)
            raise RetryableError(f"{host}: no response within {self._timeout:g} s") from error
        except (httpx.NetworkError, httpx.RemoteProtocolError, IncompleteBodyError) as error:
            self._unreached[origin] += isinstance(error, httpx.ConnectError)
            raise RetryableError(f"{host}: connection failed: {_describe(error)}") from error
        except (httpx.HTTPError, httpx.InvalidURL, BodyError) as error:
            raise SourceError(f"{host}: {_describe(error)}") from error
        self._unreached[origin] = 0
        return received

    async def _receive(
        self, address: httpx.URL, headers: dict[str, str], deadline: float
    ) -> tuple[httpx.Response, bytes]:
        """The response and its body, if it is a success or says why it isn't."""
        async with (
            asyncio.timeout(deadline - time.monotonic()),
            self._http.stream("GET", address, headers=headers) as response,
        ):
            if response.status_code in EXPLAINED:
                with suppress(BodyError, IncompleteBodyError):  # the status says enough
                    return response, await read_body(response, LONGEST_EXPLANATION)
            return response, await read_body(response) if response.status_code == 200 else b""

    def _keep_interval(self, host: str, interval: float) -> None:
        wait = self._asked.get(host, -interval) + interval - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        self._asked[host] = time.monotonic()


def _read_seconds(variable: str, default: float) -> float:
    written = os.environ.get(variable, "")
    try:
        seconds = float(written or default)
    except ValueError:
        seconds = math.nan
    if not 0 <= seconds < math.inf:
        raise OctavoError(f"{variable}: {quote_value(written)} is not a number of seconds, such as {default:g}")
    return seconds


def _parse(answer: Answer, parse: Callable[[Answer], Parsed]) -> Parsed:
    try:
        return parse(answer)
    except SourceError as error:
        raise SourceError(f"{httpx.URL(answer.address).host}: {error}") from error


def _parse_address(text: str) -> httpx.URL:
    try:
        return httpx.URL(text)
    except httpx.InvalidURL as error:
        raise SourceError(f"{quote_value(text)} is not an address: {error}") from error


def _get_origin(address: httpx.URL) -> str:
    """Scheme, host, and port unless it is the default one (RFC 6454)."""
    return f"{address.scheme}://{address.netloc.decode('ascii')}"


def _follow(address: httpx.URL, response: httpx.Response, origins: frozenset[str]) -> httpx.URL:
    """The target of a redirect, which must be at one of the origins and must not add a user name."""
    try:
        target = address.join(response.headers["location"])
    except httpx.InvalidURL as error:
        raise SourceError(f"{address.host}: redirect to an invalid address: {error}") from error
    if _get_origin(target) not in origins:
        raise SourceError(f"{address.host}: redirect to {_get_origin(target)}, which is not one of the source's hosts")
    if target.userinfo not in (b"", address.userinfo):
        raise SourceError(f"{address.host}: redirect to an address with a user name")
    return target


def _sign(address: httpx.URL, question: Question) -> tuple[httpx.URL, dict[str, str]]:
    """The address and the headers that carry the question's key, if the address is of its own origin."""
    key = question.key
    if key is None or _get_origin(address) != _get_origin(httpx.URL(question.address)):
        return address, {}
    return (address.copy_set_param(key.name, key.value), {}) if key.is_parameter else (address, {key.name: key.value})


def _describe(error: Exception) -> str:
    return str(error) or type(error).__name__
