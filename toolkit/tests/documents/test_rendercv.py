"""RenderCV: a file that RenderCV accepts and renders as meant."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import yaml

from octavo.documents.record import Record, load_record
from octavo.documents.rendercv import format_rendercv, list_rendercv_losses, make_rendercv
from tests.needs import need

# RenderCV 2.3 is the last for Python 3.11; later ones have another entry point. It runs in its own process, since
# pytest would turn its warnings into errors.
CHECK = """
import json, sys
try:
    from rendercv.schema.rendercv_model_builder import build_rendercv_dictionary_and_model
    read = lambda text: build_rendercv_dictionary_and_model(text)[1].cv
except ImportError:
    from rendercv import read_a_yaml_string_and_return_a_data_model
    read = lambda text: read_a_yaml_string_and_return_a_data_model(text).cv
for cv in map(read, json.load(sys.stdin)):
    print(cv.name, *cv.sections)
"""


def test_rendercv_accepts_it(noether: Path, hostile: Path, homepage: Path) -> None:
    need("rendercv", find_spec("rendercv"), "pip install rendercv")
    records = [load_record(root) for root in (noether, hostile, homepage)]
    texts = json.dumps([format_rendercv(record) for record in records])
    done = subprocess.run([sys.executable, "-c", CHECK], input=texts, text=True, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert [line.startswith(record.profile.name) for line, record in zip(lines, records, strict=True)] == [True] * 3


def test_its_content_is_as_expected(record: Record, check_expected: Callable[[str, str], None]) -> None:
    check_expected("documents/noether_rendercv.yaml", format_rendercv(record))


def test_sections_are_in_the_order_of_the_cv(noether: Path) -> None:
    profile = noether / "data" / "profile.yml"
    text = profile.read_text(encoding="utf-8").replace("paper: a4", "sections: [awards, talks, education]")
    profile.write_text(text, encoding="utf-8")
    assert [*make_rendercv(load_record(noether))["cv"]["sections"]] == ["awards", "talks", "education"]


def test_titles_are_in_the_markdown_of_rendercv(hostile: Path) -> None:
    papers = make_rendercv(load_record(hostile))["cv"]["sections"]["publications"]
    titles = [paper["title"] for paper in papers]
    assert r"The *init* method, *stars*, **more stars**, ~~struck~~, H~2~O and x^2^" in titles


def test_the_owner_is_bold_and_known_people_are_linked(record: Record) -> None:
    papers = make_rendercv(record)["cv"]["sections"]["publications"]
    assert papers[1]["authors"] == ["R. Brauer", "[H. Hasse](https://hasse.example/)", "**E. Noether**"]


def test_dates_that_are_not_iso_dates_are_kept_as_written(homepage: Path) -> None:
    experience = make_rendercv(load_record(homepage))["cv"]["sections"]["experience"]
    assert {entry.get("date") for entry in experience} >= {"Summer 2025"}


def test_one_degree_without_a_subject_makes_all_of_them_plain_entries(noether: Path) -> None:
    with (noether / "data" / "education.yml").open("a", encoding="utf-8") as education:
        education.write("- degree: Habilitation\n")
    entries = make_rendercv(load_record(noether))["cv"]["sections"]["education"]
    assert [entry["name"] for entry in entries] == ["Dr. phil., Mathematics, Universität Erlangen", "Habilitation"]


def test_it_says_that_it_is_generated(record: Record) -> None:
    text = format_rendercv(record)
    assert text.startswith("# Made from the tables")
    assert yaml.safe_load(text)["cv"]["name"] == "Emmy Noether"


def test_losses_are_listed(record: Record) -> None:
    losses = list_rendercv_losses(record)
    assert "profile: the link MacTutor" in losses
    assert "publications: volume of 7 rows" in losses
    assert not any(loss.startswith("education") for loss in losses)
