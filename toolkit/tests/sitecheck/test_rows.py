from octavo.sitecheck.check import check_site
from octavo.sitecheck.rows import Row
from tests.sitecheck.example import FEED, INDEX, JSON_FEED, PAPER, SITEMAP, URL, write_site

LIST = INDEX.replace("<ul>", '<ul id="publications-ideals">')
OUTPUTS = {
    "publications.html": LIST,
    "publications/ideals.html": PAPER,
    "publications/ideals.bib": "@article{ideals,\n}\n",
    "publications/ideals.ris": "TY  - JOUR\nID  - ideals\n",
    "publications.bib": "@article{ideals,\n}\n",
    "publications.json": '[{"id": "ideals"}]',
    "publications.ris": "TY  - JOUR\nID  - ideals\n",
    "feed.xml": FEED.replace("papers/", "publications/"),
    "feed.json": JSON_FEED.replace("papers/", "publications/"),
    "sitemap.xml": SITEMAP.replace("papers/", "publications/"),
    "news.html": INDEX.replace("<ul>", '<ul id="news-talk">'),
}
IDEALS = Row("publications", "ideals", "publications-ideals", "Ideal Theory in Rings", hidden=False)
TALK = Row("news", None, "news-talk", "Talk in Göttingen", hidden=False)
SECRET = Row("publications", "secret", "publications-secret", "Ideals & Secrets of Rings", hidden=True)


def find_problems(folder, *rows, changes=None):
    site = write_site(folder, OUTPUTS | (changes or {}))
    return [str(problem) for problem in check_site(site, url=URL, rows=rows)[1]]


def test_a_site_with_every_row_everywhere_has_no_problem(tmp_path):
    assert find_problems(tmp_path, IDEALS, TALK, SECRET) == []


def test_a_publication_missing_from_any_output_is_reported_there(tmp_path):
    missing = Row("publications", "rings", "publications-rings", "Rings", hidden=False)
    found = find_problems(tmp_path, IDEALS, missing)
    assert {problem.split(":")[0] for problem in found} == {
        "publications.html",
        "publications.bib",
        "publications.json",
        "publications.ris",
        "publications/rings.html",
        "publications/rings.bib",
        "publications/rings.ris",
        "feed.xml",
        "feed.json",
        "sitemap.xml",
    }
    assert "publications.bib:1:1: the publication 'rings' is missing" in found


def test_an_output_that_was_not_written_lacks_every_publication(tmp_path):
    found = find_problems(tmp_path, IDEALS, changes={"publications.json": None})
    assert found == ["publications.json:1:1: the publication 'ideals' is missing"]


def test_a_row_missing_from_the_page_of_its_table_is_reported(tmp_path):
    second = Row("news", None, "news-prize", "A prize", hidden=False)
    assert find_problems(tmp_path, TALK, second) == ["news.html:1:1: the row 'A prize' of news is not here"]


def test_a_table_that_no_page_shows_is_no_problem(tmp_path):
    course = Row("teaching", None, "teaching-algebra", "Algebra", hidden=False)
    assert find_problems(tmp_path, course) == []


def test_a_table_without_its_own_page_must_be_complete_on_some_page(tmp_path):
    awards = [Row("awards", None, f"awards-{number}", f"Award {number}", hidden=False) for number in (1, 2)]
    page = INDEX.replace("<ul>", '<ul id="awards-1">')
    assert find_problems(tmp_path, *awards, changes={"index.html": page}) == [
        "index.html:1:1: the row 'Award 2' of awards is on no page"
    ]


def test_a_visible_hidden_row_is_reported_where_it_shows(tmp_path):
    changes = {
        "publications.html": LIST.replace("<h1>", '<h1 id="publications-secret">'),
        "publications/secret.html": PAPER,
        "publications.bib": OUTPUTS["publications.bib"] + "title = {Ideals & Secrets of Rings}",
        "papers/ideals.html": PAPER.replace("Beweis", "Ideals &amp; Secrets of Rings"),
    }
    assert find_problems(tmp_path, IDEALS, SECRET, changes=changes) == [
        "papers/ideals.html:5:1: it mentions the hidden row 'Ideals & Secrets of Rings' of publications",
        "publications.bib:3:1: it mentions the hidden row 'Ideals & Secrets of Rings' of publications",
        "publications.html:1:1: it shows the hidden row 'publications-secret'",
        "publications/secret.html:1:1: it belongs to the hidden row 'secret'",
    ]


def test_a_hidden_row_with_the_title_of_a_visible_one_is_no_problem(tmp_path):
    preprint = Row("publications", "preprint", "publications-preprint", "Ideal Theory in Rings", hidden=True)
    changes = {"papers/ideals.html": PAPER.replace("Beweis", "Ideal Theory in Rings")}
    assert find_problems(tmp_path, IDEALS, preprint, changes=changes) == []
