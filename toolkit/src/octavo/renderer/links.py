"""Links: rewrites a page's addresses for the site: relative to the page, `.qmd` as `.html`."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import PurePosixPath
from posixpath import join, normpath, relpath
from urllib.parse import quote, unquote

# The elements and attributes that refer to files, by Quarto's website step.
_ATTRIBUTES = {
    "a": ("href",),
    "img": ("src", "data-src"),
    "link": ("href",),
    "script": ("src",),
    "embed": ("src",),
    "iframe": ("src",),
    "source": ("src",),
    "section": ("data-background-image", "data-background-video"),
}
_TAG = re.compile(
    r"<!--.*?-->"
    r"|<(?P<name>" + "|".join(_ATTRIBUTES) + r")(?=[\s/>])(?P<attributes>(?:[^>\"']|\"[^\"]*\"|'[^']*')*)>",
    re.DOTALL | re.IGNORECASE,
)
_ENCODED = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_EXTERNAL = re.compile(r"^\w+:")
_CODE = re.compile(r'<div class="sourceCode"((?: [^>]*)?)><pre class="(sourceCode[^"]*?) cell-code([^"]*)"')


class PageLinks:
    """Rewrites the addresses of one page, or of several in one folder.

    `files` maps places in the site to the paths of local files that the page refers to; `named` maps these paths to the
    addresses that it uses.
    """

    def __init__(self, page: str, outputs: Mapping[str, str], forced_root: str | None = None) -> None:
        self._folder = str(PurePosixPath(page).parent)
        self._offset = "/".join([".."] * page.count("/")) or "."
        self._outputs = outputs
        self._forced = forced_root
        self.files: dict[str, str] = {}
        self.named: dict[str, str] = {}
        self._tags: dict[str, str] = {}  # Most tags are in the frame that the pages of a folder share.

    def rewrite(self, text: str) -> str:
        """The page's HTML with every address rewritten."""
        return _TAG.sub(self._rewrite_tag, text)

    def _rewrite_tag(self, match: re.Match[str]) -> str:
        name = match["name"]
        if name is None:
            return match[0]
        if match[0] not in self._tags:
            self._tags[match[0]] = self._rewrite_attributes(name, match["attributes"])
        return self._tags[match[0]]

    def _rewrite_attributes(self, name: str, attributes: str) -> str:
        for attribute in _ATTRIBUTES[name.lower()]:
            attributes = _attribute_pattern(attribute).sub(self._rewriter(name.lower()), attributes)
        return f"<{name}{attributes}>"

    def _rewriter(self, element: str) -> Callable[[re.Match[str]], str]:
        def rewrite(match: re.Match[str]) -> str:
            value = html.unescape(match["value"].strip("\"'"))
            address = self._rewrite_address(element, value)
            if address == value:
                return match[0]
            return f'{match["before"]}"{html.escape(address)}"'

        return rewrite

    def _rewrite_address(self, element: str, address: str) -> str:
        if not address or _EXTERNAL.match(address):
            return address
        written = address
        if element == "a":
            address = self._resolve_input(address)
        if address.startswith("#"):
            return address
        address = _decode(address)
        if address.startswith("//"):
            return address
        if self._forced is not None:
            address = self._force_root(address)
            path = normpath(_local_path(address.removeprefix(self._forced)))
            self.files[path] = path
            self.named[path] = written
            return address
        if address.startswith("/"):
            address = self._offset + address
        return self._note_file(address, written)

    def _resolve_input(self, address: str) -> str:
        path, mark, fragment = address.partition("#")
        target = unquote(path)
        target = target[1:] if target.startswith("/") else normpath(join(self._folder, target))
        output = self._outputs.get(target)
        return address if output is None else f"{self._offset}/{output}{mark}{fragment}"

    def _force_root(self, address: str) -> str:
        forced = self._forced or "/"
        if not address.startswith("/"):
            return forced + address
        return address if address.startswith(forced) else forced + address[1:]

    def _note_file(self, address: str, written: str) -> str:
        path = normpath(join(self._folder, _local_path(address)))
        self.named[path] = written
        if not path.startswith("_extensions/"):
            self.files[path] = path
            return address
        target = extension_target(path)
        self.files[target] = path
        return relpath(target, self._folder)


def encode_spaces(text: str) -> str:
    """The page's HTML with the spaces in its addresses percent-encoded, which Quarto decodes."""

    def encode_value(match: re.Match[str]) -> str:
        return match["before"] + match["value"].replace(" ", "%20")

    def encode_tag(match: re.Match[str]) -> str:
        tag = match[0]
        for attribute in _ATTRIBUTES.get((match["name"] or "").lower(), ()):
            tag = _attribute_pattern(attribute).sub(encode_value, tag)
        return tag

    return _TAG.sub(encode_tag, text)


def _decode(address: str) -> str:
    """The address with letters and spaces percent-decoded, as Quarto leaves it."""
    try:
        return _ENCODED.sub(lambda match: _decode_run(match[0]), address)
    except UnicodeDecodeError:
        return address


def _decode_run(run: str) -> str:
    text = unquote(run, errors="strict")
    # JavaScript's decodeURI, which Quarto uses, keeps characters with a meaning in addresses.
    return "".join(quote(letter, safe="") if letter in ";/?:@&=+$,#" else letter for letter in text)


def _local_path(address: str) -> str:
    return unquote(address.partition("#")[0].partition("?")[0])


def extension_target(path: str) -> str:
    """The path in the site of a file of `_extensions/`."""
    return "site_libs/quarto-contrib/quarto-project/" + path.removeprefix("_extensions/")


@cache
def _attribute_pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?P<before>(?<=\s){name}\s*=\s*)(?P<value>\"[^\"]*\"|'[^']*'|[^\s\"'>]+)", re.IGNORECASE)


def hoist_classes(text: str) -> str:
    """The HTML with the class of a cell's code on the surrounding block, where Quarto moves it."""
    return _CODE.sub(r'<div class="sourceCode cell-code"\1><pre class="\2\3"', text)
