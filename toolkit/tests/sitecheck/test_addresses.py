import pytest

from octavo.sitecheck.addresses import Elsewhere, Inside, Invalid, Outside, locate, normalize_site_url

SITE = "https://example.org/~noether/"


@pytest.mark.parametrize(
    ("address", "path", "expected"),
    [
        ("", "papers/a.html", Inside("papers/a.html", "")),
        ("#x", "papers/a.html", Inside("papers/a.html", "x")),
        ("b.html?year=1921#y", "papers/a.html", Inside("papers/b.html", "y")),
        ("../", "papers/a.html", Inside("", "")),
        ("./b.html", "a.html", Inside("b.html", "")),
        ("/~noether/b.html", "papers/a.html", Inside("b.html", "")),
        ("https://EXAMPLE.org/~noether/b.html", "a.html", Inside("b.html", "")),
        ("http://example.org/~noether/b.html", "a.html", Inside("b.html", "")),
        ("//example.org/~noether/b.html", "a.html", Inside("b.html", "")),
        ("r%C3%A4ume%20und.pdf#%C3%A4", "a.html", Inside("räume und.pdf", "ä")),
        ("/b.html", "a.html", Outside("https://example.org/b.html", same_host=True)),
        ("../../b.html", "papers/a.html", Outside("https://example.org/b.html", same_host=True)),
        ("https://example.com/a?b=c", "a.html", Outside("https://example.com/a?b=c", same_host=False)),
        ("//example.com/", "a.html", Outside("https://example.com/", same_host=False)),
        ("mailto:a@example.org", "a.html", Elsewhere("mailto")),
        ("JavaScript:alert(1)", "a.html", Elsewhere("javascript")),
    ],
)
def test_an_address_resolves_as_in_a_browser(address, path, expected):
    assert locate(address, path, SITE) == expected


@pytest.mark.parametrize("address", ["a b.html", "https://", "http://[::1", "a.html#{x}", "a\nb"])
def test_an_invalid_address_is_reported(address):
    assert isinstance(locate(address, "a.html", SITE), Invalid)


@pytest.mark.parametrize("url", ["https://example.org/a", "https://example.org/a/", "https://example.org/a//"])
def test_the_address_of_a_site_ends_in_one_slash(url):
    assert normalize_site_url(url) == "https://example.org/a/"
