"""Icons: which one goes next to a link's text. The stylesheet draws them, by `data-icon`."""

from __future__ import annotations

from urllib.parse import urlsplit

from octavo.model.addresses import is_local
from octavo.model.vocabulary import LinkRole, Network

Icon = LinkRole | Network

# By the end of the host's name.
_HOSTS: dict[str, Icon] = {
    "orcid.org": "orcid",
    "github.com": "github",
    "github.io": "website",
    "gitlab.com": "github",
    "codeberg.org": "github",
    "linkedin.com": "linkedin",
    "bsky.app": "bluesky",
    "x.com": "x",
    "twitter.com": "x",
    "dblp.org": "dblp",
    "dblp.uni-trier.de": "dblp",
    "semanticscholar.org": "semantic-scholar",
    "huggingface.co": "huggingface",
    "arxiv.org": "arxiv",
    "doi.org": "doi",
    "youtube.com": "video",
    "youtu.be": "video",
    "vimeo.com": "video",
    "zenodo.org": "data",
}


def find_icon(address: str, label: str = "") -> Icon:
    """The icon for a link, by its address and, if known, its label."""
    if label.casefold() in {"cv", "vita", "curriculum vitae", "résumé", "resume"}:
        return "cv"
    if address.startswith("mailto:"):
        return "email"
    parts = urlsplit(address)
    if parts.path.lower().endswith(".pdf"):
        return "paper"
    if is_local(address):
        return "website"
    host = parts.hostname or ""
    if host.startswith("scholar.google."):
        return "scholar"
    if known := next((icon for end, icon in _HOSTS.items() if f".{host}".endswith(f".{end}")), None):
        return known
    return "mastodon" if _is_mastodon(parts.path) else "website"


def _is_mastodon(path: str) -> bool:
    """Whether it is a person's page on one of the many hosts of Mastodon: `/@name`."""
    return path.startswith("/@") and path.count("/") == 1
