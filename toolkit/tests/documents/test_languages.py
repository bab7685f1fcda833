"""Documents in several languages: each in its own, with text in other languages marked."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

from pypdf import PdfReader

from octavo.documents.csv_tables import list_csv_losses
from octavo.documents.cv import describe_cv
from octavo.documents.entries import row_entries
from octavo.documents.json_resume import format_json_resume, list_json_resume_losses
from octavo.documents.record import load_record
from octavo.documents.rendercv import list_rendercv_losses
from octavo.documents.typesetting import find_template, typeset_pdf
from octavo.language.current import written_in
from octavo.model.catalog import Education
from octavo.tables.rows import load_rows
from tests.tables import write_tables

DEGREE = (
    "- {degree: {en: Doctorate, de: Doktorat}, area: {de: Mathematik}, institution: {en: U, de: Uni}, date: 1907}\n"
)


def test_each_language_has_its_own_record(noether: Path) -> None:
    (noether / "data" / "education.yml").write_text(DEGREE, encoding="utf-8")
    for language, institution in (("en", "U"), ("de", "Uni")):
        with written_in(language):
            resume = json.loads(format_json_resume(load_record(noether)))
        assert resume["education"][0]["institution"] == institution


def test_runs_in_another_language_are_marked(tmp_path: Path) -> None:
    row = "- {degree: Doctorate, institution: {de-AT: Uni}, text: 'On *rings*.', date: 1907}\n"
    data = write_tables(tmp_path, education=row)
    [entry] = row_entries(load_rows(Education, data), "")
    assert {run["text"]: run.get("language") for run in entry["first"]} == {"Doctorate": None, ", ": None, "Uni": "de"}
    with written_in("de"):
        [entry] = row_entries(load_rows(Education, data), "")
    assert [run.get("language") for line in entry["lines"] for run in line] == ["en"] * 3


def test_the_pdf_marks_languages_for_screen_readers(noether: Path, read_pdf: Callable[[bytes], PdfReader]) -> None:
    row = "- {degree: {fr: Doctorat}, institution: {de: Uni}, date: 1907}\n"
    (noether / "data" / "education.yml").write_text(row, encoding="utf-8")
    pdf = read_pdf(typeset_pdf(find_template(noether, "cv.typ"), describe_cv(load_record(noether))))
    contents = b"".join(page.get_contents().get_data() for page in pdf.pages)
    assert set(re.findall(rb"/Lang\((\w+)\)", contents)) == {b"en", b"fr", b"de"}


def test_other_languages_are_reported_as_losses_of_formats_without_languages(noether: Path) -> None:
    (noether / "data" / "education.yml").write_text(DEGREE, encoding="utf-8")
    record = load_record(noether)
    for losses in (list_json_resume_losses(record), list_rendercv_losses(record)):
        assert "education: other languages of 1 row" in list(losses)
    assert "education: other languages of 'Doctorate, Mathematik'" in list_csv_losses(record)
