"""The address of a link: which ones may be published, and which lead to a file of the site.

Allowed are https, http and mailto, and relative paths inside the project (`docs/cv.pdf`), always written
from the project's folder, never to a hidden file; `octavo.published` says which files these may be. The rule lists
what is allowed, as OWASP advises for addresses from elsewhere.
"""

from __future__ import annotations

import html
import re
import unicodedata
from typing import Any
from urllib.parse import unquote, urlsplit

from octavo.errors import quote_value
from octavo.model.words import describe

SCHEMES = ("https", "http", "mailto")
EXPECTED = "an address with https:, http: or mailto:, or a path inside the site such as docs/cv.pdf"

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_MAIL = re.compile(r"[^@\s<>()\[\],;:\"\\]+@(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,}")
# A host without a scheme. A name with a dot may also be a file's, unless something follows it or it begins with www.
_BARE = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?::[0-9]+)?/|www\.[a-z0-9-]+\.[a-z]", re.IGNORECASE)
_ASCII_INVISIBLE = re.compile("[\x00-\x20\x7f]")
_INVISIBLE = frozenset({"Cc", "Cf", "Cn", "Cs", "Zl", "Zp", "Zs"})
# Characters that are never part of an address (RFC 3986), or would end an attribute or begin a shortcode.
_FORBIDDEN = frozenset('<>"\\`')
EXPECTED_HOST = "expected a host, such as youtube-nocookie.com or *.example.org"
# An asterisk matches all hosts of a domain, but not those of a whole country.
_HOST = re.compile(r"(?:\*\.(?=[^.]+\.[^.]))?(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*(?::[0-9]+)?")


def check_address(text: str) -> str:
    """Return the address unchanged if it may be published.

    Raises:
        ValueError: with the address, why it may not be published, and what is allowed.
    """
    reason = _find_fault(text)
    if reason:
        raise ValueError(f"{quote_value(text)} {reason} (expected {EXPECTED})")
    return text


def complete_web_address(text: str) -> str:
    """The absolute http(s) address that an imported reference gives; `example.org/x` is completed with https.

    Raises:
        ValueError: for anything else, especially a path: imported data never refers to a file of the project.
    """
    address = "https:" + text if text.startswith("//") else "https://" + text if _BARE.match(text) else text
    scheme = _SCHEME.match(address)
    if scheme is None or scheme[1].lower() not in ("https", "http"):
        raise ValueError(f"{quote_value(text)} is not a web address (expected one such as https://example.org/paper)")
    if reason := _find_fault(address):
        raise ValueError(f"{quote_value(text)} {reason} (expected an address such as https://example.org/paper)")
    return address


def keep_web_address(text: str) -> str:
    """The same, or an empty text for anything else."""
    try:
        return complete_web_address(text)
    except ValueError:
        return ""


def check_email(text: str) -> str:
    """Return the e-mail address unchanged if it has the form of one.

    Raises:
        ValueError: with the text and the form that is expected.
    """
    if not _is_mail(text):
        raise ValueError(f"{quote_value(text)} is not an e-mail address (expected name@example.org)")
    return text


def is_local(address: str) -> bool:
    """Whether an allowed address leads to a file of the site."""
    return not _SCHEME.match(address)


def site_address(address: str) -> str:
    """The address in a form that works in any folder: that of a file of the site begins at the site's root.

    Both renderers make such addresses relative to the page, so that the site also works under a path.
    """
    return "/" + address.removeprefix("/") if is_local(address) else address


def find_local_path(address: str) -> str:
    """The path in the project of the file that a local address leads to: decoded, no query, no fragment."""
    return unquote(re.split(r"[?#]", address, maxsplit=1)[0])


def _find_fault(text: str) -> str:
    if not text:
        return "is empty"
    if _has_invisible(text):
        written = text.replace(" ", "%20")
        if _has_invisible(written) or _find_fault(written):
            return "has spaces or control characters in it"
        return f"has spaces in it; write {quote_value(written)}"
    if forbidden := sorted(_FORBIDDEN.intersection(text)):
        return f"has {' '.join(forbidden)} in it, which an address can't"
    scheme = _SCHEME.match(text)
    if scheme is None:
        return _find_local_fault(text)
    if scheme[1].lower() not in SCHEMES:
        return f"begins with {scheme[1]}:, which isn't allowed"
    return _find_mail_fault(text) if scheme[1].lower() == "mailto" else _find_web_fault(text)


def _has_invisible(text: str) -> bool:
    if text.isascii():  # nearly all addresses are plain, and tables have many
        return _ASCII_INVISIBLE.search(text) is not None
    return any(unicodedata.category(character) in _INVISIBLE for character in text)


def _is_mail(text: str) -> bool:
    return len(text) <= 254 and _MAIL.fullmatch(text) is not None  # the longest that RFC 5321 allows


def _find_mail_fault(text: str) -> str:
    mail = unquote(text.partition(":")[2].partition("?")[0])
    return "" if _is_mail(mail) else "has no e-mail address"


def _find_web_fault(text: str) -> str:
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return "has an invalid host or port"
    if not host or not text.partition(":")[2].startswith("//"):
        return "has no host"
    return "has a user name in it" if "@" in parts.netloc else ""


def _find_local_fault(text: str) -> str:
    # A browser decodes a character reference before it looks for a scheme; only an attacker would write one here.
    path = re.split(r"[?#]", html.unescape(text), maxsplit=1)[0]
    decoded = _decode(path)
    segments = decoded.split("/")
    if not path:
        return "has no file before its # or ?"
    if path.startswith("/"):
        return "begins with a slash; write it from the project's folder"
    if ":" in segments[0] or _has_invisible(decoded.replace(" ", "")):
        return "is neither a path nor an allowed address"
    if "\\" in decoded or any(segment in {".", "..", ""} for segment in segments[:-1]) or segments[-1] in {".", ".."}:
        return "has . or .. or an empty part in it; write it from the project's folder"
    if any(segment.startswith(".") for segment in segments):
        return "names a hidden file or one in a hidden folder, which isn't published"
    return ""


def _decode(path: str) -> str:
    """The path, decoded repeatedly until nothing is left to decode, because other programs may do so."""
    while (decoded := unquote(path, errors="surrogateescape")) != path:
        path = decoded
    return path


def check_host(value: Any) -> str:
    """Return the host in lower case, without a scheme before it.

    Raises:
        ValueError: if it isn't a host, or can't be contacted over https.
    """
    text = value.lower() if isinstance(value, str) else ""
    if text.startswith("http:"):
        raise ValueError(f"{describe(value)} isn't encrypted (expected https)")
    host = text.removeprefix("https://").removesuffix("/")
    if _HOST.fullmatch(host):
        return host
    within = urlsplit(f"https://{host}").netloc
    hint = f"the host alone is enough: {within}" if within != host and _HOST.fullmatch(within) else EXPECTED_HOST
    raise ValueError(f"{describe(value)} isn't a host ({hint})")
