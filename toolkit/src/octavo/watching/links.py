"""Dead links to other sites, and archived copies of their targets."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from octavo.importing.answers import Question, SourceError
from octavo.importing.client import Client
from octavo.importing.sources.json_answers import get_text, parse_json
from octavo.model.addresses import keep_web_address
from octavo.sitecheck.external import ask_external, find_external, read_answers
from octavo.sitecheck.site import read_site

# https://archive.org/help/wayback_api.php
_ARCHIVE = "https://archive.org/wayback/available"


class DeadLink(NamedTuple):
    """An address outside the site that its host says is gone."""

    address: str
    reason: str
    places: tuple[str, ...]
    """The places in the site that name it, such as `index.html:12`."""
    copy: str = ""
    """The last copy that the Internet Archive has."""


def find_dead_links(folder: Path, url: str | None, cache: Path, client: Client) -> Iterator[DeadLink]:
    """The dead links of a built site; `cache` keeps the hosts' answers."""
    site = read_site(folder, url)
    for _ in ask_external(site, cache):
        pass
    answers = read_answers(cache)
    for address, places in find_external(site).items():
        answer = answers.get(address)
        if answer and answer.verdict == "dead":
            yield DeadLink(address, answer.detail, tuple(places), _find_copy(client, address))


def _find_copy(client: Client, address: str) -> str:
    question = Question(f"{_ARCHIVE}?{urlencode({'url': address})}", "application/json")
    try:
        answer = client.ask(question, parse_json)
    except SourceError:
        return ""
    return keep_web_address(get_text(answer, "archived_snapshots", "closest", "url"))
