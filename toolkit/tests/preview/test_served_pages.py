"""The pages as the preview serves them."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from octavo.preview import served_pages
from octavo.preview.served_pages import content_type, find_file, open_file, put_in
from octavo.preview.status import State

OK = State("7")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name in ("index.html", "cv.html", "talks/index.html", "talks.html", "docs/ä b.pdf", "404.html"):
        file = tmp_path / "site" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name)
    (tmp_path / "secret.txt").write_text("not of the site")
    return tmp_path / "site"


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/", "index.html"),
        ("/index.html?type=book#x", "index.html"),
        ("/cv", "cv.html"),
        ("/cv.html", "cv.html"),
        ("/talks/", "talks/index.html"),
        ("/talks", "talks.html"),
        ("/docs/%C3%A4%20b.pdf", "docs/ä b.pdf"),
        ("//cv.html", "cv.html"),
    ],
)
def test_an_address_resolves_as_on_a_host(site: Path, address: str, name: str) -> None:
    assert find_file(site, address, "/") == site / name


@pytest.mark.parametrize(
    "address",
    [
        "/nothing",
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/docs/../../secret.txt",
        "/docs",
        "/cv.html/",
        "/a%00b",
        "/cv.html/x",
    ],
)
def test_files_that_are_not_in_the_site_are_not_found(site: Path, address: str) -> None:
    assert open_file(site, address, "/") is None


def test_a_site_under_a_path_is_found_with_and_without_it(site: Path) -> None:
    assert find_file(site, "/~emmy/cv.html", "/~emmy/") == site / "cv.html"
    assert find_file(site, "/%7Eemmy/", "/~emmy/") == site / "index.html"
    assert find_file(site, "/cv.html", "/~emmy/") == site / "cv.html"


def test_a_request_during_the_swap_waits_for_the_new_site(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(served_pages, "SWAP_SECONDS", 60)
    aside = site.rename(site.with_name("new"))
    threading.Timer(0.1, lambda: aside.rename(site)).start()
    found = open_file(site, "/cv.html", "/")
    assert found is not None
    with found:
        assert found.read() == b"cv.html"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.html", "text/html; charset=utf-8"),
        ("a.css", "text/css; charset=utf-8"),
        ("a.js", "text/javascript; charset=utf-8"),
        ("a.svg", "image/svg+xml; charset=utf-8"),
        ("a.pdf", "application/pdf"),
        ("a.bib", "text/plain; charset=utf-8"),
        ("feed.xml", "application/xml; charset=utf-8"),
        ("a.webp", "image/webp"),
        ("a.unknown", "application/octet-stream"),
    ],
)
def test_a_file_has_its_content_type(name: str, expected: str) -> None:
    assert content_type(Path(name)) == expected


def test_a_page_gets_the_script_and_is_otherwise_unchanged() -> None:
    page = b"<html><head><title>x</title></head><body>y</body></html>"
    script = b'<script src="/__preview__/preview.js" data-version="7" defer></script>'
    assert put_in(page, OK).replace(script, b"") == page


def test_a_failure_is_shown_as_text_with_its_first_line_above() -> None:
    page = put_in(b"<html><head></head><body>y</body></html>", State("8", "index.qmd:3: <b> is wrong\n\n<trace>"))
    assert b"<strong>index.qmd:3: &lt;b&gt; is wrong</strong>" in page
    assert b"<pre>&lt;trace&gt;</pre>" in page
    assert b"preview.css" in page


def test_a_page_without_head_or_body_gets_them_too() -> None:
    page = put_in(b"plain", State("9", "wrong"))
    assert b"preview.js" in page
    assert b"<strong>wrong</strong>" in page
