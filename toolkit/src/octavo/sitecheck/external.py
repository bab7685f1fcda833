"""External links: requests every address outside the site to see whether it still exists.

Other people's servers decide the result, so none of it counts as the site's fault: `dead` means that the server says
the page is gone, `refused` that it won't show it to a program (a person may well see it), `unreachable` that it didn't
answer today. Each host gets one request at a time, with pauses, HEAD where it allows that, and isn't asked again while
its last answer is recent. Bodies are never read.
"""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from time import monotonic
from typing import NamedTuple
from urllib.parse import urldefrag, urlsplit

import httpx

from octavo.cache import load_entry, store_entry
from octavo.model.words import count_noun
from octavo.network import TRANSIENT_STATUSES, open_client
from octavo.sitecheck.addresses import Outside
from octavo.sitecheck.site import Site

# How many days each verdict stays valid, the worst first.
_LASTS = {"dead": 1, "unreachable": 0, "refused": 1, "moved": 7, "alive": 7}
# RFC 9110: 404 and 410 mean that there is nothing here; other refusals depend on who asks.
_GONE = frozenset({404, 410})
_PERMANENT_REDIRECTS = frozenset({301, 308})
_HOSTS_AT_ONCE = 8
_LONGEST_WAIT = 10.0
_MOST_REDIRECTS = 20
_MOST_PLACES = 4
_NO_HOST = "no such host"
# The names of this machine, and addresses in place of a name.
_THIS_MACHINE = re.compile(r"localhost|[\d.]+|.*:.*")
# Change it with the format of the answers.
_KEY = "answers"

Outcome = httpx.Response | Exception


class Answer(NamedTuple):
    """The result for an address and its time (ISO 8601); `detail` says why, or where the page moved."""

    verdict: str
    detail: str
    asked: str


class RequestOptions(NamedTuple):
    """How hosts are asked; times are in seconds."""

    user_agent: str = "octavo-link-check"
    pause: float = 0.5
    deadline: float = 45.0
    """The longest wait for an answer, over all its redirects."""
    retry_after: float = 2.0
    host_limit: float = 300.0
    """How long a host's addresses are requested; a slow host could take two minutes for each."""


def ask_external(site: Site, cache: Path) -> Iterator[str]:
    """Request the addresses whose results are outdated, and report all; results are kept in the file `cache`."""
    places, kept, now = find_external(site), read_answers(cache), datetime.now(UTC)
    due = [address for address in places if address not in kept or not is_fresh(kept[address], now)]
    if due:
        yield f"requesting {len(due)} of {count_noun(len(places), 'external link')} …"
    answers = kept | asyncio.run(ask_all(due, RequestOptions(user_agent=f"octavo-link-check (+{site.url})")))
    write_answers(cache, answers)
    yield from format_answers(places, answers)


def find_external(site: Site) -> dict[str, list[str]]:
    """Each external address, without its anchor, and where it appears (`index.html:12`)."""
    places: dict[str, list[str]] = {}
    for path, reference, target in site.references:
        if isinstance(target, Outside) and not target.same_host:
            named = places.setdefault(urldefrag(target.url).url, [])
            if (place := f"{path}:{reference.line}") not in named:
                named.append(place)
    return places


def read_answers(file: Path) -> dict[str, Answer]:
    """The answers kept in `file`; none if it is missing or invalid."""
    return {address: Answer(*answer) for address, answer in (load_entry(file, _KEY) or {}).items()}


def write_answers(file: Path, answers: Mapping[str, Answer]) -> None:
    """Keep answers in `file`; if that fails, the next check asks again."""
    store_entry(file, _KEY, answers)


def is_fresh(answer: Answer, now: datetime) -> bool:
    """Whether an answer is recent enough."""
    age = now - datetime.fromisoformat(answer.asked)
    return timedelta(0) <= age < timedelta(days=_LASTS[answer.verdict])


async def ask_all(addresses: Iterable[str], options: RequestOptions) -> dict[str, Answer]:
    """Request each address once: several hosts at a time, but each host one at a time."""
    by_host: dict[str, list[str]] = {}
    for address in addresses:
        by_host.setdefault(urlsplit(address).netloc, []).append(address)
    slots = asyncio.Semaphore(_HOSTS_AT_ONCE)
    answers: dict[str, Answer] = {}

    async def ask_host(client: httpx.AsyncClient, of_host: list[str]) -> None:
        async with slots:
            until = monotonic() + options.host_limit
            answers[of_host[0]] = await _ask(client, of_host[0], options)
            for address in of_host[1:]:
                if monotonic() < until:
                    await asyncio.sleep(options.pause)
                    answers[address] = await _ask(client, address, options)
                else:
                    answers[address] = _answer("unreachable", f"not asked: its host took {options.host_limit:g} s")

    async with open_client(options.user_agent, options.deadline) as client:
        await asyncio.gather(*(ask_host(client, of_host) for of_host in by_host.values()))
    # Without a network, there is an answer only from this machine.
    foreign = {address: answer for address, answer in answers.items() if not _is_refused_here(address, answer)}
    if all(answer.detail == _NO_HOST for answer in foreign.values()):
        doubt = "no host was found at all; is the network down?"
        answers |= {address: Answer("unreachable", doubt, answer.asked) for address, answer in foreign.items()}
    return answers


def _is_refused_here(address: str, answer: Answer) -> bool:
    return answer.verdict == "unreachable" and bool(_THIS_MACHINE.fullmatch(urlsplit(address).hostname or ""))


async def _ask(client: httpx.AsyncClient, address: str, options: RequestOptions) -> Answer:
    """HEAD, then GET if that fails, then GET again if the host may just be busy."""
    outcome = await _request(client, "HEAD", address, options.deadline)
    if not isinstance(outcome, httpx.Response) or not outcome.is_success:
        outcome = await _request(client, "GET", address, options.deadline)
    if _may_pass(outcome):
        await asyncio.sleep(_find_wait(outcome, options.retry_after))
        outcome = await _request(client, "GET", address, options.deadline)
    return _answer(*judge(outcome))


def _answer(verdict: str, detail: str) -> Answer:
    return Answer(verdict, detail, datetime.now(UTC).isoformat(timespec="seconds"))


async def _request(client: httpx.AsyncClient, method: str, address: str, deadline: float) -> Outcome:
    """The response at the end of all redirects; each connection is closed after the headers."""
    history: list[httpx.Response] = []
    try:
        async with asyncio.timeout(deadline):
            request: httpx.Request | None = client.build_request(method, address)
            while request and len(history) <= _MOST_REDIRECTS:
                response = await client.send(request, stream=True)
                await response.aclose()
                request = response.next_request
                history.append(response)
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
        return error
    history[-1].history = history[:-1]
    return history[-1] if request is None else httpx.TooManyRedirects("too many redirects")


def _may_pass(outcome: Outcome) -> bool:
    if isinstance(outcome, httpx.Response):
        return outcome.status_code in TRANSIENT_STATUSES
    return isinstance(outcome, httpx.TransportError) and not _is_unknown_host(outcome)


def _find_wait(outcome: Outcome, otherwise: float) -> float:
    named = outcome.headers.get("Retry-After", "") if isinstance(outcome, httpx.Response) else ""
    return min(float(named) if named.isdigit() else otherwise, _LONGEST_WAIT)


def judge(outcome: Outcome) -> tuple[str, str]:
    """The verdict and its detail for a response or an error."""
    if isinstance(outcome, httpx.TimeoutException | TimeoutError):
        return "unreachable", "no answer in time"
    if isinstance(outcome, Exception):
        unknown = _is_unknown_host(outcome)
        return ("dead", _NO_HOST) if unknown else ("unreachable", str(outcome) or type(outcome).__name__)
    status = outcome.status_code
    detail = f"{status} {next((each.phrase for each in HTTPStatus if each == status), '')}".strip()
    if outcome.is_success:
        moved = outcome.history and all(each.status_code in _PERMANENT_REDIRECTS for each in outcome.history)
        return ("moved", f"now {outcome.url}") if moved else ("alive", detail)
    if status in _GONE:
        return "dead", detail
    # Codes above 599 are a host's own: some send 999 to anything but a browser.
    return ("unreachable" if 500 <= status <= 599 else "refused"), detail


def _is_unknown_host(error: BaseException | None) -> bool:
    # EAI_AGAIN is a failure of the resolver, and doesn't mean that the name is gone.
    unknown = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}
    while error is not None:
        if isinstance(error, socket.gaierror) and error.errno in unknown:
            return True
        error = error.__cause__ or error.__context__
    return False


def format_answers(places: Mapping[str, list[str]], answers: Mapping[str, Answer]) -> Iterator[str]:
    """Each address without a plain success: verdict, detail, and date; the address; where it appears."""
    asked = [address for address in places if address in answers]
    for verdict in _LASTS:
        for address in sorted(each for each in asked if answers[each].verdict == verdict != "alive"):
            named = places[address]
            more = f" and {len(named) - _MOST_PLACES} more" if len(named) > _MOST_PLACES else ""
            yield f"{verdict:<12}{answers[address].detail} (checked {answers[address].asked[:10]})"
            yield f"            {address}"
            yield f"            in {', '.join(named[:_MOST_PLACES])}{more}"
    counts = {verdict: sum(answers[each].verdict == verdict for each in asked) for verdict in _LASTS}
    found = ", ".join(f"{count} {verdict}" for verdict, count in counts.items() if count)
    yield f"{count_noun(len(asked), 'external link')}: {found or 'none'}"
