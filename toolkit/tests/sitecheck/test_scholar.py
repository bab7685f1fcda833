"""Google Scholar: a PDF that it wouldn't index is reported with the reason."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
import typst
from pypdf import PdfWriter

from octavo.sitecheck import scholar
from octavo.sitecheck.check import check_site
from tests.sitecheck.example import PAPER, URL, write_site

TITLE = "Idealtheorie in Ringbereichen: über effiziente Zerlegungen"
TAGS = f"""<meta name="citation_title" content="{TITLE}">
<meta name="citation_author" content="Emmy Noether"><meta name="citation_author" content="Öz, E.">
<meta name="citation_pdf_url" content="{URL}papers/ideals.pdf"></head>"""


def set_pdf(*lines: str) -> bytes:
    """Typeset a PDF with one page for each of these lines."""
    source = "#let lines = json(bytes(sys.inputs.lines))\n#for line in lines [#page(line)]"
    pdf: bytes = typst.compile(source.encode(), sys_inputs={"lines": json.dumps(lines)})
    return pdf


def find_problems(folder: Path, pdf: bytes) -> list[str]:
    site = write_site(folder, {"papers/ideals.html": PAPER.replace("</head>", TAGS)})
    (site / "papers/ideals.pdf").write_bytes(pdf)
    return [str(problem) for problem in check_site(site, url=URL, skip=["media"])[1]]


@pytest.mark.parametrize("first", [f"{TITLE} by Emmy Noether", f"{TITLE.upper()} E. Oz", TITLE + " NOETHER, Göttingen"])
def test_a_pdf_that_begins_with_the_title_and_an_author_passes(tmp_path: Path, first: str) -> None:
    assert find_problems(tmp_path, set_pdf(first, "More")) == []


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        (("Cover", f"{TITLE} by Emmy Noether"), "its first page doesn't have the title"),
        ((TITLE,), "its first page names none of the authors"),
        (("",), "its first page has no text (is it a scan?)"),
    ],
)
def test_any_other_pdf_is_a_warning(tmp_path: Path, lines: tuple[str, ...], fault: str) -> None:
    [problem] = find_problems(tmp_path, set_pdf(*lines))
    assert problem == f"papers/ideals.html:6:1: warning: Google Scholar wouldn't accept papers/ideals.pdf: {fault}"


def test_a_large_pdf_is_reported_with_its_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scholar, "_LARGEST", 1000)
    [problem] = find_problems(tmp_path, set_pdf(TITLE))
    assert "MB (expected at most" in problem


def test_an_invalid_pdf_does_not_crash_the_check(tmp_path: Path) -> None:
    [problem] = find_problems(tmp_path, b"%PDF-1.7 nothing")
    assert "has no text" in problem


def test_oddities_of_a_pdf_that_can_be_read_are_not_printed(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    writer, buffer = PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.write(buffer)
    find_problems(tmp_path, buffer.getvalue().replace(b"/MediaBox", b"/Rotate 0 /Rotate 90 /MediaBox"))
    assert caplog.messages == []
