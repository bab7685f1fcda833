"""External links: requests every address outside the site to see whether it still exists.

Other people's servers decide the answer, so nothing here is the site's fault: `dead` is what they say is gone,
`refused` what they don't show to a program (a person may well see it), `unreachable` what gave no answer today.
Polite: each host gets one request at a time with a pause in between, HEAD where it allows that, and another one only
when its last answer is old. Bodies are never read.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Literal, get_args
from urllib.parse import urldefrag, urlsplit

import httpx

from octavo.network import open_client
from octavo.sitecheck.addresses import Outside, locate
from octavo.sitecheck.site import Site

Verdict = Literal["dead", "unreachable", "refused", "moved", "alive"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)

# RFC 9110: 404 and 410 say that there is nothing here; the other refusals are about who asks.
GONE = frozenset({404, 410})
PERMANENT_REDIRECTS = frozenset({301, 308})
TRY_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
LONGEST_WAIT = 10.0
MOST_REDIRECTS = 20
NO_HOST = "no such host"


@dataclass(frozen=True)
class Answer:
    """What came back for an address, and when (UTC); `detail` tells why, or where it moved."""

    verdict: Verdict
    detail: str
    asked: datetime


@dataclass(frozen=True)
class Manners:
    """How hosts are asked; times are in seconds."""

    user_agent: str = "octavo-link-check"
    hosts_at_once: int = 8
    pause: float = 0.5
    timeout: float = 15.0
    """The longest wait for a connection or for the next bytes."""
    deadline: float = 45.0
    """The longest wait for an answer, over all its redirects."""
    retry_after: float = 2.0


def find_external(site: Site) -> dict[str, list[str]]:
    """Each address outside the site, without its anchor, and the places (`index.html:12`) that name it."""
    places: dict[str, list[str]] = {}
    for reading in site.readings.values():
        for reference in reading.references:
            target = locate(reference.address, reading.path, site.url)
            if isinstance(target, Outside) and not target.same_host:
                named = places.setdefault(urldefrag(target.url).url, [])
                if (place := f"{reading.path}:{reference.line}") not in named:
                    named.append(place)
    return places


def is_fresh(answer: Answer, now: datetime) -> bool:
    """Whether an answer needn't be asked for again: a good one lasts a week, a bad one a day, none at all no time."""
    days = {"alive": 7, "moved": 7, "unreachable": 0}.get(answer.verdict, 1)
    return timedelta(0) <= now - answer.asked < timedelta(days=days)


async def ask_all(addresses: Iterable[str], manners: Manners) -> dict[str, Answer]:
    """Request each address once: several hosts at a time, but one request at a time to each."""
    by_host: dict[str, list[str]] = {}
    for address in addresses:
        by_host.setdefault(urlsplit(address).netloc, []).append(address)
    slots = asyncio.Semaphore(manners.hosts_at_once)
    async with open_client(manners.user_agent, manners.timeout) as client:
        asking = (_ask_host(client, found, manners, slots) for found in by_host.values())
        answers = await asyncio.gather(*asking)
    return _doubt_network({address: answer for of_host in answers for address, answer in of_host.items()})


def _doubt_network(answers: dict[str, Answer]) -> dict[str, Answer]:
    # Where not one host has a name, it is this machine that asks nobody.
    if any(answer.detail != NO_HOST for answer in answers.values()):
        return answers
    doubt = "no host was found at all: is there a network?"
    return {address: Answer("unreachable", doubt, answer.asked) for address, answer in answers.items()}


async def _ask_host(
    client: httpx.AsyncClient, addresses: list[str], manners: Manners, slots: asyncio.Semaphore
) -> dict[str, Answer]:
    answers = {}
    async with slots:
        for number, address in enumerate(addresses):
            if number:
                await asyncio.sleep(manners.pause)
            answers[address] = await _ask(client, address, manners)
    return answers


async def _ask(client: httpx.AsyncClient, address: str, manners: Manners) -> Answer:
    """HEAD, then GET if that failed, then GET once more if the host may only be busy."""
    outcome = await _request(client, "HEAD", address, manners)
    if not _is_success(outcome):
        outcome = await _request(client, "GET", address, manners)
    if _may_pass(outcome):
        await asyncio.sleep(_wait(outcome, manners))
        outcome = await _request(client, "GET", address, manners)
    verdict, detail = judge(outcome)
    return Answer(verdict, detail, datetime.now(UTC))


async def _request(
    client: httpx.AsyncClient, method: str, address: str, manners: Manners
) -> httpx.Response | Exception:
    try:
        async with asyncio.timeout(manners.deadline):
            return await _follow(client, client.build_request(method, address))
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
        return error


async def _follow(client: httpx.AsyncClient, request: httpx.Request) -> httpx.Response:
    """The response at the end of all redirects; each connection is closed after the headers."""
    history: list[httpx.Response] = []
    while len(history) <= MOST_REDIRECTS:
        response = await client.send(request, stream=True)
        await response.aclose()
        if response.next_request is None:
            response.history = history
            return response
        history.append(response)
        request = response.next_request
    raise httpx.TooManyRedirects("too many redirects", request=request)


def _is_success(outcome: httpx.Response | Exception) -> bool:
    return isinstance(outcome, httpx.Response) and outcome.is_success


def _may_pass(outcome: httpx.Response | Exception) -> bool:
    if isinstance(outcome, httpx.Response):
        return outcome.status_code in TRY_AGAIN
    return isinstance(outcome, httpx.TransportError) and not _is_unknown_host(outcome)


def _wait(outcome: httpx.Response | Exception, manners: Manners) -> float:
    named = outcome.headers.get("Retry-After", "") if isinstance(outcome, httpx.Response) else ""
    return min(float(named) if named.isdigit() else manners.retry_after, LONGEST_WAIT)


def judge(outcome: httpx.Response | Exception) -> tuple[Verdict, str]:
    """What an answer, or the lack of one, says about an address."""
    if isinstance(outcome, Exception):
        return ("dead", NO_HOST) if _is_unknown_host(outcome) else ("unreachable", _explain(outcome))
    status = outcome.status_code
    if outcome.is_success:
        moved = outcome.history and all(each.status_code in PERMANENT_REDIRECTS for each in outcome.history)
        return ("moved", f"now {outcome.url}") if moved else ("alive", _name_status(status))
    if status in GONE:
        return "dead", _name_status(status)
    # Above 599 are codes of a host's own making: some send 999 to whoever isn't a browser.
    return ("unreachable" if 500 <= status <= 599 else "refused"), _name_status(status)


def _name_status(status: int) -> str:
    phrases = {each.value: each.phrase for each in HTTPStatus}
    return f"{status} {phrases.get(status, '')}".strip()


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _is_unknown_host(error: Exception) -> bool:
    # EAI_AGAIN, the resolver's own trouble, doesn't say that the name is gone.
    unknown = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}
    return any(isinstance(cause, socket.gaierror) and cause.errno in unknown for cause in _causes(error))


def _explain(error: Exception) -> str:
    if isinstance(error, httpx.TimeoutException | TimeoutError):
        return "no answer in time"
    if isinstance(error, httpx.TooManyRedirects):
        return "too many redirects"
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"certificate: {cause.verify_message}"
    return str(error) or type(error).__name__


def tell_answers(places: Mapping[str, list[str]], answers: Mapping[str, Answer]) -> list[str]:
    """Every address that did not simply answer: verdict, why, when asked; the address; where it stands."""
    asked = [address for address in places if address in answers]
    telling = [each for each in asked if answers[each].verdict != "alive"]
    telling.sort(key=lambda address: (VERDICTS.index(answers[address].verdict), address))
    lines = []
    for address in telling:
        answer = answers[address]
        lines.append(f"{answer.verdict:<12}{answer.detail} (asked {answer.asked:%Y-%m-%d})")
        lines.append(f"            {address}")
        lines.append(f"            in {_shorten(places[address])}")
    counts = {verdict: sum(answers[each].verdict == verdict for each in asked) for verdict in VERDICTS}
    found = ", ".join(f"{count} {verdict}" for verdict, count in counts.items() if count)
    return [*lines, f"{len(asked)} addresses outside the site: {found or 'none'}"]


def _shorten(places: list[str], most: int = 4) -> str:
    more = f" and {len(places) - most} more" if len(places) > most else ""
    return ", ".join(places[:most]) + more
