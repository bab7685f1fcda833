"""Pages at old addresses, which redirect without a script."""

from __future__ import annotations

from pathlib import Path

import pytest

from octavo.errors import PageError
from octavo.renderer import render_site
from octavo.renderer.site_files import make_redirect, replace_redirects
from tests.renderer.small import write_files, write_project

# As Quarto writes it.
SCRIPTED = """\
<html>
<head>
  <title>Redirect</title>
  <script type="text/javascript">
    var redirects = {"#part":"c.html","":"../a b.html"};
    var hash = 1;
  </script>
</head>
</html>
"""


def write_site(root: Path, aliases: str) -> Path:
    return write_project(root, {"sub/page.qmd": f"---\ntitle: A\naliases: {aliases}\n---\n"})


@pytest.mark.parametrize(
    ("alias", "path", "target"),
    [
        ("old.html", "sub/old.html", "page.html"),
        ("/old.html", "old.html", "sub/page.html"),
        ("/old/", "old/index.html", "../sub/page.html"),
        ("older", "sub/older/index.html", "../page.html"),
        ("../up.html", "up.html", "sub/page.html"),
    ],
)
def test_an_alias_redirects_to_its_page(tmp_path: Path, alias: str, path: str, target: str) -> None:
    render_site(write_site(tmp_path, alias))
    assert f'content="0; url={target}"' in (tmp_path / "_site" / path).read_text(encoding="utf-8")
    assert path not in (tmp_path / "_site/sitemap.xml").read_text(encoding="utf-8")


def test_a_redirect_is_in_the_language_of_the_page(tmp_path: Path) -> None:
    page = "---\ntitle: A\nlang: de\naliases: [old.html]\n---\n"
    render_site(write_project(tmp_path, {"page.qmd": page}))
    text = (tmp_path / "_site/old.html").read_text(encoding="utf-8")
    assert '<html lang="de">' in text
    assert ">Diese Seite ist umgezogen.</a>" in text


@pytest.mark.parametrize(
    ("alias", "reason"),
    [
        ("/index.html", "there is a page"),
        ("../../out.html", "only a path in the site"),
        ("'a.html#part'", "only a path in the site"),
    ],
)
def test_an_invalid_alias_is_an_error_with_its_line(tmp_path: Path, alias: str, reason: str) -> None:
    with pytest.raises(PageError, match=rf"^sub/page\.qmd:3: `aliases:` can't hold '.*': {reason}"):
        render_site(write_site(tmp_path, f"[ok.html, {alias}]"))


def test_scripts_in_quartos_redirects_are_replaced_and_other_pages_kept(tmp_path: Path) -> None:
    write_files(tmp_path, {"old.html": SCRIPTED, "page.html": "<p>page</p>"})
    replace_redirects(tmp_path)
    assert (tmp_path / "old.html").read_text(encoding="utf-8") == make_redirect("../a b.html")
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == "<p>page</p>"
