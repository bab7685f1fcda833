import pytest

from octavo.sitecheck.page import Page, parse_page
from octavo.sitecheck.references import find_references, find_script_references, find_style_references


def find(markup):
    page = parse_page("a.html", f"<!DOCTYPE html><body>{markup}".encode())
    assert isinstance(page, Page)
    return [(each.address, each.kind) for each in find_references(page)]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ('<a href="x">', [("x", "leads")]),
        ('<form action="x"><button formaction="y"></form>', [("x", "leads"), ("y", "leads")]),
        ('<blockquote cite="x">', [("x", "leads")]),
        ('<img src="x">', [("x", "loads")]),
        ('<img src="x" loading="lazy">', [("x", "later")]),
        ('<img srcset="a,b.png 1x, c.png 2x">', [("a,b.png", "later"), ("c.png", "later")]),
        ('<img srcset="a.png, b.png 2x">', [("a.png", "later"), ("b.png", "later")]),
        ('<video src="x" poster="y" preload="none">', [("x", "later"), ("y", "later")]),
        ('<iframe src="x"></iframe><object data="y"></object>', [("x", "loads"), ("y", "loads")]),
        ('<svg><image href="x"/><use xlink:href="y"/></svg>', [("x", "loads"), ("y", "loads")]),
        ('<link rel="stylesheet" href="x">', [("x", "loads")]),
        ('<link rel="alternate stylesheet" href="x">', [("x", "names")]),
        ('<link rel="dns-prefetch" href="//x">', [("//x", "later")]),
        ('<link rel="next" href="x">', [("x", "names")]),
        ('<link rel="next">', []),
        ('<meta property="og:image" content="x">', [("x", "names")]),
        ('<button data-script="a.js" data-chart="b.json"></button>', [("a.js", "names"), ("b.json", "names")]),
        ('<meta name="citation_pdf_url" content="x">', [("x", "names")]),
        ('<meta name="citation_title" content="https://x">', []),
        ('<meta http-equiv="refresh" content="0; URL=\'x\'">', [("x", "leads")]),
        ('<p style="background: url( x )">', [("x", "loads")]),
        ("<style>@import 'x';</style>", [("x", "loads")]),
        ("<template><img src=x></template>", [("x", "loads")]),
        ("<p>x", []),
    ],
)
def test_every_address_is_found_with_its_purpose(markup, expected):
    assert find(markup) == expected


def test_a_style_sheet_loads_files_named_outside_comments():
    css = '@import "a.css";\n/* url(no.png) */\np { background: URL("b c.png"), url(d.png) }\n@import url(e.css);'
    found = [(each.address, each.line, each.column) for each in find_style_references(css)]
    assert found == [("a.css", 1, 1), ("b c.png", 3, 17), ("d.png", 3, 33), ("e.css", 4, 9)]


def test_a_script_loads_the_modules_that_it_names_by_file():
    script = (
        'import "./a.js";\nimport b, {\n  c\n} from "/b.js";\nexport * from "https://x/c.js";\n'
        'import d from "bare";\nconst text = "import ./no.js";\n'
    )
    assert [each.address for each in find_script_references(script)] == ["./a.js", "/b.js", "https://x/c.js"]
