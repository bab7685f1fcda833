import pytest

from octavo.errors import OctavoError
from octavo.sitecheck.check import check_site
from octavo.sitecheck.site import read_site
from octavo.sitecheck.weight import Budget, find_parts, format_size, parse_budget, weigh_file
from tests.sitecheck.example import URL, write_site

NOISE = "".join(chr(33 + (number * number * 7919) % 90) for number in range(5000)).replace("<", "").replace("&", "")


def find_problems(folder, *budgets, changes=None):
    _, problems = check_site(write_site(folder, changes), url=URL, budgets=budgets, skip=["media"])
    return [str(problem) for problem in problems]


def test_a_page_weighs_everything_it_loads_directly_or_indirectly(tmp_path):
    site = read_site(write_site(tmp_path), URL)
    parts = find_parts(site, "index.html")
    assert parts == ["index.html", "style.css", "script.js", "picture.png", "sort.js"]


def test_lazy_pictures_and_alternatives_do_not_count(tmp_path):
    lazy = ("<ul>", '<img src="a.png" srcset="b.png 2x" loading="lazy" alt="" width="1" height="1"><ul>')
    site = read_site(write_site(tmp_path, {"index.html": lazy, "a.png": "", "b.png": ""}), URL)
    assert not {"a.png", "b.png"} & set(find_parts(site, "index.html"))


def test_a_picture_with_copies_weighs_as_much_as_its_largest_unless_it_is_lazy(tmp_path):
    source = '<picture><source type="image/avif" srcset="b.png 1w, c.png 2w">'
    image = '<img src="a.png" alt="" width="1" height="1"{}></picture><ul>'
    files = {"a.png": "", "b.png": "", "c.png": ""}
    for lazy, expected in {"": {"c.png"}, ' loading="lazy"': set()}.items():
        changes = {"index.html": ("<ul>", source + image.format(lazy)), **files}
        site = read_site(write_site(tmp_path / (lazy or "eager"), changes), URL)
        assert set(files) & set(find_parts(site, "index.html")) == expected


def test_text_is_weighed_compressed_and_pictures_are_not(tmp_path):
    site = read_site(write_site(tmp_path, {"style.css": "a{}" * 1000, "picture.png": "a{}" * 1000}), URL)
    assert weigh_file(site, "style.css") < 100
    assert weigh_file(site, "picture.png") == 3000


def test_a_page_over_its_budget_is_reported_with_its_heaviest_part(tmp_path):
    problems = find_problems(tmp_path, Budget("index.html", True, 2000), changes={"picture.png": NOISE})
    assert len(problems) == 1
    assert problems[0].startswith("index.html:1:1: warning: it weighs ")
    assert problems[0].endswith("over the budget of 2.0 kB; most of it: picture.png, 4.9 kB")


def test_a_page_that_fits_only_compressed_is_within_its_budget(tmp_path):
    long = {"papers/ideals.html": ("Beweis", "Beweis " * 5000)}
    assert find_problems(tmp_path, Budget("papers/*", True, 2000), changes=long) == []


def test_a_page_with_too_many_requests_is_reported_with_its_requests(tmp_path):
    expected = (
        "index.html:1:1: warning: it takes 5 requests, over the budget of 4: "
        "index.html, style.css, script.js, picture.png, sort.js"
    )
    assert find_problems(tmp_path, Budget("index.html", True, 100_000, requests=4)) == [expected]


def test_a_file_can_have_its_own_budget(tmp_path):
    problems = find_problems(tmp_path, Budget("*.png", False, 1000), changes={"picture.png": NOISE})
    assert [problem.split(":")[0] for problem in problems] == ["picture.png"]


def test_the_first_entry_that_fits_counts(tmp_path):
    generous, strict = Budget("index.html", True, 100_000), Budget("*.html", True, 10)
    problems = find_problems(tmp_path, generous, strict)
    assert {problem.split(":")[0] for problem in problems} == {"404.html", "papers/ideals.html", "papers/index.html"}


def test_a_budget_is_read_with_its_unit():
    entries = [{"page": "index.html", "weight": "15 kB", "requests": 4}, {"file": "*.png", "weight": "1.5MB"}]
    assert parse_budget(entries) == (
        Budget("index.html", True, 15_000, 4),
        Budget("*.png", False, 1_500_000),
    )


def test_no_budget_allows_everything():
    assert parse_budget(None) == ()


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        ("15 kB", "budget: a list is needed"),
        ([{"weight": "15 kB"}], r"budget\[0\]: .* is not an entry"),
        ([{"page": "*", "file": "*", "weight": "15 kB"}], "is not an entry"),
        ([{"page": "*", "wieght": "15 kB"}], "is not an entry .expected page or file, weight"),
        ([{"page": "*", "weight": "15"}], r"budget\[0\].weight: '15' is not a weight \(such as 15 kB\)"),
        ([{"page": "*"}], "None is not a weight"),
        ([{"page": "*", "weight": "1 kB", "requests": 0}], "requests: 0 is not a number of requests"),
    ],
)
def test_an_invalid_budget_is_reported_with_what_is_expected(entries, message):
    with pytest.raises(OctavoError, match=message):
        parse_budget(entries)


@pytest.mark.parametrize(("size", "text"), [(0, "0.0 kB"), (14_249, "14.2 kB"), (1_540_000, "1.5 MB")])
def test_sizes_are_printed_in_readable_units(size, text):
    assert format_size(size) == text
