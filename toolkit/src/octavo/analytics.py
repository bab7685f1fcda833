"""Analytics: services that count visits without cookies, the script of each, and the hosts that it reports to."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from markupsafe import Markup

from octavo.html import element
from octavo.model.addresses import check_host
from octavo.model.words import describe, suggest


class Service(NamedTuple):
    """A service; `{id}` stands for its identifier of the site, and `{host}` for the host of a self-run server."""

    script: str
    attribute: str
    value: str
    receivers: tuple[str, ...]
    """The hosts that the script sends to."""
    pattern: str
    """The pattern of the service's identifiers of sites."""
    example: str
    meaning: str
    own_script: str = ""
    """The script's address on a self-run server; empty if the service can't be self-hosted."""
    own_value: str = "{id}"
    is_domain: bool = False
    """Whether the service identifies the site by its domain."""


SERVICES: Mapping[str, Service] = {
    "goatcounter": Service(
        script="https://gc.zgo.at/count.js",
        attribute="data-goatcounter",
        value="https://{id}.goatcounter.com/count",
        receivers=("{id}.goatcounter.com",),
        pattern=r"[a-z0-9-]+",
        example="noether",
        meaning="for noether.goatcounter.com",
        own_script="https://{host}/count.js",
        own_value="https://{host}/count",
    ),
    "plausible": Service(
        script="https://plausible.io/js/script.js",
        attribute="data-domain",
        value="{id}",
        receivers=("plausible.io",),
        pattern=r"[\w.,/-]+",
        example="noether.example",
        meaning="the site's domain",
        is_domain=True,
        own_script="https://{host}/js/script.js",
    ),
    "umami": Service(
        script="https://cloud.umami.is/script.js",
        attribute="data-website-id",
        value="{id}",
        receivers=("cloud.umami.is", "gateway.umami.is", "api-gateway.umami.dev"),
        pattern=r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
        example="b59e9c65-ae32-47f1-8400-119fcf4861c4",
        meaning="the website ID",
        own_script="https://{host}/script.js",
    ),
    "cloudflare": Service(
        script="https://static.cloudflareinsights.com/beacon.min.js",
        attribute="data-cf-beacon",
        value=json.dumps({"token": "{id}"}),
        receivers=("cloudflareinsights.com",),
        pattern=r"[0-9a-f]{32}",
        example="0f3c…",
        meaning="the token of 32 characters",
    ),
}


class Analytics(NamedTuple):
    """The script's element for every page, and the hosts that the policy must allow."""

    tag: Markup | None = None
    script_host: str = ""
    receivers: tuple[str, ...] = ()


def read_analytics(setting: Any, domain: str) -> Analytics:
    """Read `analytics:` of a site at `domain`: `{goatcounter: noether}`, `{umami: …, host: stats.example.org}`.

    Raises:
        ValueError: if it doesn't name a service and the site's identifier there.
    """
    if not setting:
        return Analytics()
    name, identifier, host = _read_parts(setting)
    if not isinstance(name, str) or name not in SERVICES:
        word = name if isinstance(name, str) else ""
        raise ValueError(f"{describe(name)} is unknown ({suggest(word, list(SERVICES))}; none of them sets cookies)")
    service = SERVICES[name]
    if service.is_domain and identifier in (None, True):
        identifier = domain
    if not re.fullmatch(service.pattern, str(identifier)):
        fault = (
            f"{name} needs the site's identifier"
            if identifier is None
            else f"{describe(identifier)} isn't a site of {name}"
        )
        raise ValueError(f"{fault} (expected {{{name}: {service.example}}}, {service.meaning})")
    if host and not service.own_script:
        raise ValueError(f"{name} can't be self-hosted: leave out host:")
    return _make_analytics(service, str(identifier), host)


def _make_analytics(service: Service, identifier: str, host: str) -> Analytics:
    script, value = (service.own_script, service.own_value) if host else (service.script, service.value)
    source = script.replace("{host}", host)
    shown = value.replace("{host}", host).replace("{id}", identifier)
    tag = element("script", defer=True, src=source, **{service.attribute: shown})
    receivers = (host,) if host else tuple(each.replace("{id}", identifier) for each in service.receivers)
    return Analytics(tag, source.split("/")[2], receivers)


def _read_parts(setting: Any) -> tuple[Any, Any, str]:
    """The service's name, its identifier of the site, and the host, if any."""
    if not isinstance(setting, dict):
        return setting, None, ""
    services = {key: value for key, value in setting.items() if key != "host"}
    if len(services) != 1:
        raise ValueError(f"expected one service, as analytics: {{goatcounter: …}}, not {len(services)}")
    [(name, identifier)] = services.items()
    return name, identifier, check_host(setting["host"]) if "host" in setting else ""
