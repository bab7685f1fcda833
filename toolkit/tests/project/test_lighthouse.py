import json

import pytest

from benchmarks.lighthouse import CATEGORIES, find_losses, judge_page, read_versions

REPORT = {
    "lighthouseVersion": "12.8.2",
    "environment": {"hostUserAgent": "Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/156.0.8078.108 Safari/537.36"},
}


@pytest.fixture
def judge(tmp_path, monkeypatch):
    """Judges a page by a Lighthouse that gives the categories full marks."""

    def run(categories):
        report = {**REPORT, "categories": {name: {"score": 1} for name in categories}}
        (tmp_path / "lighthouse").write_text(f"#!/bin/sh\necho '{json.dumps(report)}'\n", encoding="utf-8")
        (tmp_path / "lighthouse").chmod(0o755)
        return judge_page("http://localhost/", [])

    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    return run


def test_a_lighthouse_without_a_category_is_named_in_one_sentence(judge):
    with pytest.raises(SystemExit) as error:
        judge(CATEGORIES[:-1])
    assert error.value.code == (
        "Lighthouse 12.8.2 has no category agentic-browsing; install a newer one: "
        "npm install --global lighthouse@13, with Node 22 or newer"
    )


def test_the_versions_are_those_of_the_report(judge):
    assert read_versions(judge(CATEGORIES)) == "Lighthouse 12.8.2 in Chromium 156.0.8078.108"


@pytest.mark.parametrize(("scores", "losses"), [([1, 0.5, 1], []), ([1, 0, 0.9], ["seo: 0"]), ([None, None, None], [])])
def test_an_audit_is_lost_if_its_median_is(scores, losses):
    categories = {name: {"auditRefs": []} for name in CATEGORIES}
    categories["seo"]["auditRefs"] = [{"id": "title", "weight": 1}]
    reports = [
        {"categories": categories, "audits": {"title": {"title": str(score), "score": score}}} for score in scores
    ]
    assert find_losses(reports) == losses
