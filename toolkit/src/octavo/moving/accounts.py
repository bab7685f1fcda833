"""Accounts: an owner's profiles on other sites, by their names in the templates' settings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from octavo.model.addresses import check_address
from octavo.moving.old_site import OldSite

# By al-folio's and academicpages' names without their endings `_username`, `_userid`, `_id`, and `_url`.
_ACCOUNTS: Mapping[str, tuple[str, str]] = {
    "scholar": ("Google Scholar", "https://scholar.google.com/citations?user={}"),
    "googlescholar": ("Google Scholar", "https://scholar.google.com/citations?user={}"),
    "github": ("GitHub", "https://github.com/{}"),
    "gitlab": ("GitLab", "https://gitlab.com/{}"),
    "linkedin": ("LinkedIn", "https://www.linkedin.com/in/{}"),
    "mastodon": ("Mastodon", "https://{}"),
    "bluesky": ("Bluesky", "https://bsky.app/profile/{}"),
    "x": ("X", "https://x.com/{}"),
    "twitter": ("X", "https://x.com/{}"),
    "dblp": ("DBLP", "https://dblp.org/pid/{}"),
    "semanticscholar": ("Semantic Scholar", "https://www.semanticscholar.org/author/{}"),
    "semantic": ("Semantic Scholar", "https://www.semanticscholar.org/author/{}"),
    "inspirehep": ("INSPIRE", "https://inspirehep.net/authors/{}"),
    "inspire-hep": ("INSPIRE", "https://inspirehep.net/authors/{}"),
    "arxiv": ("arXiv", "https://arxiv.org/a/{}"),
    "pubmed": ("PubMed", "https://pubmed.ncbi.nlm.nih.gov/?term={}"),
    "hal": ("HAL", "https://cv.hal.science/{}"),
    "acm": ("ACM", "https://dl.acm.org/profile/{}"),
    "ieee": ("IEEE Xplore", "https://ieeexplore.ieee.org/author/{}"),
    "scopus": ("Scopus", "https://www.scopus.com/authid/detail.uri?authorId={}"),
    "research_gate_profile": ("ResearchGate", "https://www.researchgate.net/profile/{}"),
    "research_gate": ("ResearchGate", "https://www.researchgate.net/profile/{}"),
    "researchgate": ("ResearchGate", "https://www.researchgate.net/profile/{}"),
    "publons": ("Web of Science", "https://www.webofscience.com/wos/author/record/{}"),
    "osf": ("OSF", "https://osf.io/{}"),
    "zotero": ("Zotero", "https://www.zotero.org/{}"),
    "lattes": ("Lattes", "http://lattes.cnpq.br/{}"),
    "kaggle": ("Kaggle", "https://www.kaggle.com/{}"),
    "stackoverflow": ("Stack Overflow", "https://stackoverflow.com/users/{}"),
    "medium": ("Medium", "https://medium.com/@{}"),
    "youtube": ("YouTube", "https://www.youtube.com/@{}"),
    "instagram": ("Instagram", "https://www.instagram.com/{}"),
    "facebook": ("Facebook", "https://www.facebook.com/{}"),
    "telegram": ("Telegram", "https://t.me/{}"),
    "keybase": ("Keybase", "https://keybase.io/{}"),
    "bitbucket": ("Bitbucket", "https://bitbucket.org/{}"),
    "zhihu": ("Zhihu", "https://www.zhihu.com/people/{}"),
    "wikidata": ("Wikidata", "https://www.wikidata.org/wiki/{}"),
    "wikipedia": ("Wikipedia", "https://en.wikipedia.org/wiki/User:{}"),
    "work": ("Work", "{}"),
    "uri": ("Website", "{}"),
}
_FEDERATED = re.compile(r"@(?P<name>[\w.-]+)@(?P<host>[\w.-]+)")
_ENDINGS = ("_username", "_userid", "_id", "_url")


def take_accounts(site: OldSite, settings: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Label and address of each account among the settings; one that can't be linked is noted."""
    taken = []
    for name, value in settings.items():
        label, form, written = _read_account(name, value)
        if label and written:
            if address := _complete(form, written):
                taken.append((label, address))
            else:
                site.leave(f"{name}: {written}", "is neither an address nor a name of an account")
    return taken


def is_account(name: str, value: Any) -> bool:
    """Whether a setting is an account of a known kind."""
    return bool(_read_account(name, value)[0])


def _read_account(name: str, value: Any) -> tuple[str, str, str]:
    """An account's label, the form of its address, and what is written; the label is empty if it isn't an account."""
    if isinstance(value, dict) and {"url", "logo"} <= value.keys():  # one that al-folio has no name for
        return str(value.get("title") or name), "{}", str(value["url"]).strip()
    stem = next((name.removesuffix(ending) for ending in _ENDINGS if name.endswith(ending)), name)
    is_written = isinstance(value, str | int) and not isinstance(value, bool)
    return *_ACCOUNTS.get(stem, ("", "")), str(value).strip() if is_written else ""


def _complete(form: str, written: str) -> str:
    """The address of an account; empty if what is written is neither an address nor a name."""
    if match := _FEDERATED.fullmatch(written):
        written = f"https://{match['host']}/@{match['name']}"
    address = written if written.startswith(("https://", "http://")) else form.format(written.removeprefix("@"))
    try:
        return check_address(address) if address.startswith("http") else ""
    except ValueError:
        return ""
