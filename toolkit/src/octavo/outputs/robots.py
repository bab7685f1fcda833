"""`robots.txt`: which crawlers the owner lets in (RFC 9309), and where the sitemap is."""

from __future__ import annotations

from collections.abc import Sequence

from octavo.site import Crawlers, Site

# Crawlers that say they gather texts to train models on, by the names that their operators publish. Those that only
# fetch what somebody asks a model about, or index for search, have other names.
TRAINERS: Sequence[str] = (
    "AI2Bot",
    "Amazonbot",
    "Applebot-Extended",
    "Bytespider",
    "CCBot",
    "ClaudeBot",
    "cohere-training-data-crawler",
    "Google-Extended",
    "GPTBot",
    "meta-externalagent",
)


def format_robots(crawlers: Crawlers, site: Site) -> str:
    """The file's text."""
    agents = {"all": (), "no-training": TRAINERS, "none": ("*",)}[crawlers]
    rules = [*(f"User-agent: {agent}" for agent in agents), "Disallow: /", ""] if agents else []
    return "\n".join([*rules, f"Sitemap: {site.make_address('sitemap.xml')}", ""])
