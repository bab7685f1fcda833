import pytest

from octavo.cli.check import main, read_rows
from tests.sitecheck.example import URL, write_site
from tests.sitecheck.test_external import serve
from tests.tables import write_tables

CONFIGURATION = f"website:\n  site-url: {URL}\nbudget:\n  - {{page: index.html, weight: 15 kB, requests: 4}}\n"


def run(capsys, *arguments):
    status = main(["--site", *map(str, arguments)])
    printed = capsys.readouterr()
    return status, printed.out.splitlines(), printed.err


def test_a_valid_site_passes(tmp_path, capsys):
    write_site(tmp_path / "_site")
    status, lines, _ = run(capsys, tmp_path / "_site", "--url", URL)
    assert (status, lines) == (0, [f"{tmp_path}/_site: 4 pages of 14 files: nothing wrong"])


def test_an_error_is_printed_with_its_place_and_fails(tmp_path, capsys):
    write_site(tmp_path, {"index.html": ('picture.png" alt', 'no.png" alt')})
    status, lines, _ = run(capsys, tmp_path, "--url", URL)
    assert status == 1
    assert lines[0] == "index.html:19:1: <img src> 'no.png' leads nowhere: no such file"
    assert lines[-1].endswith(": 1 error, 0 warnings")


def test_a_warning_is_printed_and_does_not_fail(tmp_path, capsys):
    write_site(tmp_path, {"index.html": ("<h1>Emmy Noether</h1>", "")})
    status, lines, _ = run(capsys, tmp_path, "--url", URL)
    assert status == 0
    assert lines[0] == "index.html:1:1: warning: the page has no h1"
    assert lines[-1].endswith(": 0 errors, 1 warning")


def test_the_placeholder_address_of_a_new_site_is_reported_until_it_is_replaced(tmp_path, capsys):
    write_site(tmp_path / "_site")
    (tmp_path / "_quarto.yml").write_text("website:\n  site-url: https://homepage.example\n", encoding="utf-8")
    status, lines, _ = run(capsys, tmp_path / "_site", "--url", URL)
    assert status == 0
    assert lines[0].startswith("_quarto.yml:2:13: warning: https://homepage.example is a placeholder; ")


@pytest.mark.parametrize(("strict", "expected"), [("true", 1), ("false", 0)])
def test_a_strict_check_fails_at_a_warning(tmp_path, capsys, strict, expected):
    (tmp_path / "_quarto.yml").write_text(f"check: {{strict: {strict}}}\n", encoding="utf-8")
    write_site(tmp_path / "_site", {"index.html": ("<h1>Emmy Noether</h1>", "")})
    assert run(capsys, tmp_path / "_site", "--url", URL)[0] == expected


@pytest.mark.parametrize("settings", ["strict", "{strict: yes please}", "{strickt: true}", "{strict: true, also: 1}"])
def test_unknown_settings_of_the_check_are_named(tmp_path, capsys, settings):
    (tmp_path / "_quarto.yml").write_text(f"check: {settings}\n", encoding="utf-8")
    write_site(tmp_path / "_site")
    status, _, errors = run(capsys, tmp_path / "_site")
    assert status == 1
    assert errors.startswith("_quarto.yml: check: ")
    assert "expected strict: true" in errors


def test_the_address_and_the_budget_come_from_the_configuration_above_the_site(tmp_path, capsys):
    (tmp_path / "_quarto.yml").write_text(CONFIGURATION, encoding="utf-8")
    write_site(tmp_path / "_site", {"index.html": ('<link rel="canonical" href="https://example.org/~noether/">', "")})
    status, lines, _ = run(capsys, tmp_path / "_site")
    assert status == 0
    assert lines[0].startswith("index.html:1:1: warning: it takes 5 requests, over the budget of 4")
    assert len(lines) == 2


def test_among_people_only_students_must_be_shown_and_no_name_is_secret(tmp_path):
    people = [
        "{name: Grete Hermann, relation: student}",
        "{name: Emil Artin, relation: collaborator}",
        "{name: Max Deuring, relation: student, hidden: true}",
    ]
    data = write_tables(tmp_path, people="".join(f"- {person}\n" for person in people))
    assert [row.text for row in read_rows(data)] == ["Grete Hermann"]


def test_a_hidden_row_is_secret_in_every_language(tmp_path):
    news = "- {date: 2026, text: {en: A job, de: Eine Stelle}, hidden: true}\n- {date: 2025, text: {en: A, de: B}}\n"
    rows = read_rows(write_tables(tmp_path, news=news))
    assert [(row.text, row.hidden) for row in rows] == [("A", False), ("A job", True), ("Eine Stelle", True)]


def test_a_configuration_that_is_not_yaml_is_named(tmp_path, capsys):
    (tmp_path / "_quarto.yml").write_text("website: [", encoding="utf-8")
    write_site(tmp_path / "_site")
    status, _, errors = run(capsys, tmp_path / "_site")
    assert status == 1
    assert "_quarto.yml" in errors


def test_a_missing_folder_is_named_without_a_traceback(tmp_path, capsys):
    status, _, errors = run(capsys, tmp_path / "none")
    assert (status, errors) == (1, f"{tmp_path}/none: no such folder; `make site` builds the site\n")


def test_the_same_fault_on_many_pages_is_reported_three_times(tmp_path, capsys):
    page = '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>x</title></head><h1>x</h1></html>'
    write_site(tmp_path, {f"{number}.html": page for number in range(9)})
    status, lines, _ = run(capsys, tmp_path, "--url", URL)
    assert status == 0
    assert [line.split(":")[0] for line in lines[:3]] == ["0.html", "1.html", "2.html"]
    assert lines[3] == "    … and the same on 6 more"


def test_dead_links_are_reported_and_never_fail(tmp_path, capsys):
    with serve() as (host, handler):
        write_site(tmp_path / "_site", {"index.html": ("https://example.com/", f"{host}/404")})
        arguments = (tmp_path / "_site", "--url", URL, "--external", "--cache", tmp_path / "links.json")
        status, lines, _ = run(capsys, *arguments)
        assert status == 0
        assert lines[-4].startswith("dead        404 Not Found (checked ")
        assert lines[-3:-1] == [f"            {host}/404", "            in index.html:18"]
        asked = len(handler.requests)
        _, again, _ = run(capsys, *arguments)
        assert again[-4:] == lines[-4:]
        assert len(handler.requests) == asked


def test_a_thousand_pages_are_all_read(tmp_path, capsys):
    section = '<section><h2>Section</h2><p>Text in <em>it</em>, <a href="{}">next</a></p></section>\n' * 15
    page = (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>x</title>'
        f'<meta name="description" content="x"></head><body><h1>x</h1>{section}</body></html>'
    )
    write_site(tmp_path, {f"p/{number}.html": page.replace("{}", f"{number}.html") for number in range(1000)})
    status, lines, _ = run(capsys, tmp_path, "--url", URL)
    assert (status, lines) == (0, [f"{tmp_path}: 1,004 pages of 1,014 files: nothing wrong"])
