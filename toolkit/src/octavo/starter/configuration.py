"""The configuration of a site: what in `_quarto.yml` says whose it is, read and replaced in its text."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

import yaml

from octavo.errors import OctavoError
from octavo.markdown import plain_text

CONFIGURATION = "_quarto.yml"
# The keys of `website:` that say whose site it is, and where.
PERSONAL = ("title", "site-url", "description")
_SITE_NAME = re.compile(r"^(  open-graph: )(?:true|\{site-name: .*\})$", re.MULTILINE)
_ANCHOR = re.compile(r"&\S+\s+")


def read_values(text: str) -> dict[str, str]:
    """The personal values of a configuration."""
    return {key: node.value for key, node in _find_nodes(text).items()}


def replace_values(text: str, values: Mapping[str, str]) -> str:
    """The configuration with other values for personal keys; everything else stays, byte by byte."""
    nodes = _find_nodes(text)
    for key, node in sorted(nodes.items(), key=lambda item: item[1].start_mark.index, reverse=True):
        start = node.start_mark.index
        written = text[start : node.end_mark.index].rstrip()
        anchor = _ANCHOR.match(written)
        # A quoted text of JSON is one of YAML too.
        value = (anchor[0] if anchor else "") + json.dumps(values[key], ensure_ascii=False)
        text = text[:start] + value + text[start + len(written) :]
    return _SITE_NAME.sub(lambda match: match[1] + _name_site(values["title"]), text, count=1)


def _name_site(title: str) -> str:
    """What `open-graph:` says: the one place where Quarto prints the title as it stands, escapes included."""
    # It looks for shortcodes here too.
    name = plain_text(title).replace("{{<", "{ {<").replace(">}}", "> }}")
    return f"{{site-name: {json.dumps(name, ensure_ascii=False)}}}" if "\\" in title else "true"


def _find_nodes(text: str) -> dict[str, yaml.ScalarNode]:
    try:
        document = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise OctavoError(f"{CONFIGURATION}: {error}") from None
    website = _find_value(document, "website")
    found = {key: _find_value(website, key) for key in PERSONAL}
    nodes = {key: node for key, node in found.items() if isinstance(node, yaml.ScalarNode)}
    missing = [key for key in PERSONAL if key not in nodes]
    if missing:
        raise OctavoError(f"{CONFIGURATION}: `website:` needs {', '.join(missing)}")
    return nodes


def _find_value(mapping: yaml.Node | None, key: str) -> yaml.Node | None:
    if isinstance(mapping, yaml.MappingNode):
        return next((value for name, value in mapping.value if name.value == key), None)
    return None
