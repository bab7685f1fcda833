"""The preview sends the headers of the published site."""

from __future__ import annotations

from pathlib import Path

import pytest

from octavo.preview.served_pages import allow_preview, read_headers

TOML = """
[[headers]]
for = "/*"
[headers.values]
Content-Security-Policy = '''
  default-src 'none';
  img-src 'self'; upgrade-insecure-requests'''
Strict-Transport-Security = "max-age=63072000"
Cache-Control = "public"
X-Content-Type-Options = "nosniff"

[[headers]]
for = "/papers/:id/*.pdf"
[headers.values]
X-Robots-Tag = "noindex"
"""


def test_headers_come_from_netlify_toml_except_those_only_for_a_published_site(tmp_path: Path) -> None:
    (tmp_path / "netlify.toml").write_text(TOML)
    policy = "default-src 'none'; img-src 'self'; script-src 'self'; style-src 'self'; connect-src 'self'"
    assert read_headers(tmp_path, "/index.html") == {
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
    }


@pytest.mark.parametrize(
    ("path", "applies"),
    [
        ("/papers/lynx/a.pdf", True),
        ("/papers/lynx/more/a.pdf", True),
        ("/papers/a.pdf", False),
        ("/papers/x/apdf", False),
    ],
)
def test_a_rule_applies_to_the_paths_that_its_pattern_matches(tmp_path: Path, path: str, applies: bool) -> None:
    (tmp_path / "netlify.toml").write_text(TOML)
    assert ("X-Robots-Tag" in read_headers(tmp_path, path)) is applies


FAULTY = [
    "",
    "[[headers",
    "headers = 3",
    "headers = ['/*']",
    "[[headers]]\nfor = '/*'",
    "[[headers]]\nfor = '/*'\nvalues = 'X-A: b'",
    "[[headers]]\nfor = '/*'\nvalues = {'X A' = 'b', 'X:' = 'b', '' = 'b', X-A = '\u8c46\u8150'}",
]


@pytest.mark.parametrize("text", FAULTY)
def test_a_file_without_valid_headers_yields_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "netlify.toml").write_text(text)
    assert read_headers(tmp_path, "/") == {}


def test_the_preview_enforces_the_sites_policy_with_the_owners_exceptions(tmp_path: Path) -> None:
    (tmp_path / "_quarto.yml").write_text("allow: {frames: player.vimeo.com}\n")
    policy = read_headers(tmp_path, "/")["Content-Security-Policy"].split("; ")
    assert {"default-src 'none'", "frame-src https://player.vimeo.com"} <= set(policy)


def test_no_file_yields_no_headers(tmp_path: Path) -> None:
    assert read_headers(tmp_path, "/") == {}


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ("script-src 'none'", "script-src 'self'; style-src 'self'; connect-src 'self'"),
        (
            "default-src 'self'; script-src 'self' 'sha256-x'",
            "default-src 'self'; script-src 'self' 'sha256-x'; style-src 'self'; connect-src 'self'",
        ),
        (
            "default-src https://a.example",
            "default-src https://a.example; script-src https://a.example 'self'; "
            "style-src https://a.example 'self'; connect-src https://a.example 'self'",
        ),
    ],
)
def test_a_policy_is_widened_only_for_the_previews_own_parts(policy: str, expected: str) -> None:
    assert allow_preview(policy) == expected
