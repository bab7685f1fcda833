"""Addresses: which may be published, and which name a file of the site."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from octavo.model.addresses import (
    check_address,
    check_email,
    find_local_path,
    is_local,
)

ALLOWED = [
    "https://example.org/a?b=c&d=e#f",
    "HTTPS://EXAMPLE.ORG",
    "http://localhost:8000/",
    "https://[2001:db8::1]/",
    "https://de.wikipedia.org/wiki/Nöther",
    "https://medium.com/@someone",
    "https://scholar.google.com/citations?user=AAAAAAAAAAAJ&hl=en",
    "mailto:name@example.org",
    "mailto:name@example.org?subject=Hello%20there",
    "docs/cv.pdf",
    "docs/papers/a%20b.pdf",
    "docs/a:b.pdf",
    "news.html#news-1",
    "publications.html?type=article",
    "docs/",
    "über/mich.html",
]


@pytest.mark.parametrize("address", ALLOWED)
def test_passes_unchanged_when_allowed(address: str) -> None:
    assert check_address(address) == address


REFUSED = [
    ("", "is empty"),
    ("javascript:alert(1)", "begins with javascript:"),
    ("JaVaScRiPt:alert(1)", "begins with JaVaScRiPt:"),
    ("java&#115;cript:alert(1)", "neither a path nor an allowed address"),
    ("javascript&colon;alert(1)", "neither a path nor an allowed address"),
    ("java%73cript:alert(1)", "neither a path nor an allowed address"),
    ("javascript%3Aalert(1)", "neither a path nor an allowed address"),
    ("java\tscript:alert(1)", "control characters"),
    ("java&Tab;script:alert(1)", "neither a path nor an allowed address"),
    ("java\nscript:alert(1)", "control characters"),
    (" javascript:alert(1)", "control characters"),
    ("\x01javascript:alert(1)", "control characters"),
    ("java\u200bscript:alert(1)", "control characters"),
    ("data:text/html,x", "begins with data:"),
    ("vbscript:x", "begins with vbscript:"),
    ("file:///etc/passwd", "begins with file:"),
    ("C:/x.pdf", "begins with C:"),
    ("ftp://example.org", "begins with ftp:"),
    ("//example.org/x", "begins with a slash"),
    ("/docs/cv.pdf", "begins with a slash"),
    ("\\\\server\\share", "has \\"),
    ("docs\\cv.pdf", "has \\"),
    ("docs/%5c..%5cx", "in it; write it from the project's folder"),
    ("../secret", "in it; write it from the project's folder"),
    ("docs/../../secret", "in it; write it from the project's folder"),
    ("docs/%2e%2e/secret", "in it; write it from the project's folder"),
    ("docs/..", "in it; write it from the project's folder"),
    ("./docs/cv.pdf", "in it; write it from the project's folder"),
    ("docs//cv.pdf", "in it; write it from the project's folder"),
    ("%2fetc/passwd", "in it; write it from the project's folder"),
    ("docs/a%00b", "neither a path nor an allowed address"),
    ("#top", "has no file"),
    ("?a=b", "has no file"),
    ("https:example.org", "has no host"),
    ("https:///path", "has no host"),
    ("https://", "has no host"),
    ("https://user:word@example.org/", "user name"),
    ("https://example.org:port/", "host or port"),
    ("https://[::1/", "host or port"),
    ("https://example.org/a b", "spaces in it; write 'https://example.org/a%20b'"),
    ("docs/my cv.pdf", "spaces in it; write 'docs/my%20cv.pdf'"),
    ("https://example.org/\u202egro", "control characters"),
    ('https://example.org/"onclick="x', 'has "'),
    ("https://example.org/<script>", "has < >"),
    ("https://example.org/`", "has `"),
    ("mailto:", "has no e-mail address"),
    ("mailto:nobody", "has no e-mail address"),
    ("mailto:a@example.org,b@example.org", "has no e-mail address"),
]


@pytest.mark.parametrize(("address", "reason"), REFUSED)
def test_refuses_with_the_reason_and_what_is_allowed(address: str, reason: str) -> None:
    with pytest.raises(ValueError, match="expected an address with https:") as refusal:
        check_address(address)
    assert reason in str(refusal.value)


@given(st.text() | st.text("javscript:dataJS&#x3a;%09\t/\\.?"))
def test_never_passes_what_a_browser_would_run(address: str) -> None:
    """By WHATWG's URL standard, a browser strips spaces and controls at both ends, and tabs and line breaks inside."""
    try:
        check_address(address)
    except ValueError:
        return
    seen = re.sub("[\t\n\r]", "", address).strip()
    scheme = re.match("([A-Za-z][A-Za-z0-9+.-]*):", seen)
    assert scheme is None or scheme[1].lower() in {"http", "https", "mailto"}
    assert not seen.startswith(("/", "\\"))


@pytest.mark.parametrize(
    ("address", "local"),
    [("docs/cv.pdf", True), ("https://example.org", False), ("MAILTO:a@example.org", False), ("docs/a:b.pdf", True)],
)
def test_tells_files_of_the_site_from_other_addresses(address: str, local: bool) -> None:
    assert is_local(address) is local


def test_finds_the_file_of_a_local_address() -> None:
    assert find_local_path("docs/a%20b.pdf?x=1#page=2") == "docs/a b.pdf"


@pytest.mark.parametrize("email", ["name@example.org", "first.last+x@mail.cs.example.edu", "n@exämple.de"])
def test_passes_an_email_address(email: str) -> None:
    assert check_email(email) == email


@pytest.mark.parametrize(
    "email",
    ["", "name", "name@", "@example.org", "name@host", "a b@example.org", "a@b@example.org", "a@.org", "a@b..org"],
)
def test_refuses_what_is_not_an_email_address(email: str) -> None:
    with pytest.raises(ValueError, match=r"expected name@example\.org"):
        check_email(email)
