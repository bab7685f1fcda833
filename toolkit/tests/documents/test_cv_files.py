"""The CV's files: PDFs that people, screen readers and machines can read."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader

from octavo import listings
from octavo.cache import Cache
from octavo.documents.cv import describe_cv, find_publications_file
from octavo.documents.cv_files import write_cv_files
from octavo.documents.record import load_record
from octavo.tables import load_tables
from tests.documents.conftest import PDF_UA

Read = Callable[[bytes], PdfReader]


def write(root: Path, output: Path) -> list[str]:
    return write_cv_files(output, root, load_record(root), Cache(root / "cache"))


def make_cv(root: Path) -> bytes:
    write(root, root / "out")
    return (root / "out" / "docs" / "noether_CV.pdf").read_bytes()


def read_text(pdf: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


def set_cv(root: Path, settings: str) -> None:
    profile = root / "data" / "profile.yml"
    text = re.sub(r"(?m)^cv:.*$", settings, profile.read_text(encoding="utf-8"))
    profile.write_text(text, encoding="utf-8")


def test_its_metadata_names_the_owner_and_the_language(noether: Path, read_pdf: Read) -> None:
    pdf = read_pdf(make_cv(noether))
    assert pdf.metadata is not None
    assert (pdf.metadata.title, pdf.metadata.author) == ("Emmy Noether: Curriculum Vitae", "Emmy Noether")
    assert str(pdf.root_object["/Lang"]).startswith("en")


def test_it_is_tagged_for_screen_readers(noether: Path, read_pdf: Read) -> None:
    content = make_cv(noether)
    assert PDF_UA in content
    assert "/StructTreeRoot" in read_pdf(content).root_object


def test_each_row_occurs_once_and_in_order(noether: Path, read_pdf: Read) -> None:
    text = read_text(read_pdf(make_cv(noether)))
    titles = [row.title for row in load_record(noether).publications]
    # The dissertation's title is its paper's, too.
    places = [text.rindex(title) for title in titles]
    assert places == sorted(places)
    assert [text.count(title) for title in titles] == [1] * (len(titles) - 1) + [2]


def test_its_text_is_as_expected(noether: Path, read_pdf: Read, check_expected: Callable[[str, str], None]) -> None:
    pages = [page.extract_text() for page in read_pdf(make_cv(noether)).pages]
    check_expected("documents/noether_CV.txt", "\f\n".join(pages) + "\n")


def test_hidden_rows_are_not_in_it(noether: Path, read_pdf: Read) -> None:
    assert "verborgen" not in read_text(read_pdf(make_cv(noether)))


def test_links_lead_to_the_addresses_in_the_rows(noether: Path, read_pdf: Read) -> None:
    pdf = read_pdf(make_cv(noether))
    notes = [note.get_object() for page in pdf.pages for note in page.get("/Annots", ())]
    links = {note["/A"]["/URI"] for note in notes if note["/Subtype"] == "/Link"}
    assert "https://doi.org/10.1007/BF01474591" in links
    assert "https://noether.example/~emmy" in links


def test_fonts_are_embedded(noether: Path, read_pdf: Read) -> None:
    fonts = [
        font["/DescendantFonts"][0]["/FontDescriptor"]
        for page in read_pdf(make_cv(noether)).pages
        for font in page["/Resources"]["/Font"].values()
    ]
    assert fonts
    assert all("/FontFile3" in font or "/FontFile2" in font for font in fonts)


@pytest.mark.parametrize(("paper", "size"), [("a4", (595, 842)), ("us-letter", (612, 792))])
def test_the_profile_chooses_the_paper(noether: Path, read_pdf: Read, paper: str, size: tuple[int, int]) -> None:
    set_cv(noether, f"cv: {{file: docs/noether_CV.pdf, paper: {paper}}}")
    box = read_pdf(make_cv(noether)).pages[0].mediabox
    assert (round(box.width), round(box.height)) == size


def test_the_profile_chooses_the_sections(noether: Path, read_pdf: Read) -> None:
    set_cv(noether, "cv: {file: docs/noether_CV.pdf, sections: [awards, education]}")
    text = read_text(read_pdf(make_cv(noether)))
    assert text.index("Ackermann") < text.index("Erlangen")
    assert "Idealtheorie" not in text


def test_the_same_rows_give_the_same_bytes(noether: Path) -> None:
    first = make_cv(noether)
    again = noether.rename(noether.with_name("elsewhere"))
    (again / "out").rename(again / "before")
    (again / "cache").rename(again / "cached-before")
    assert make_cv(again) == first


def test_its_only_date_is_that_of_the_sources(noether: Path, read_pdf: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert "/CreationDate" not in (read_pdf(make_cv(noether)).metadata or {})
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert str((read_pdf(make_cv(noether)).metadata or {})["/CreationDate"]).startswith("D:19700102")


def test_nothing_is_typeset_twice(noether: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = make_cv(noether)
    monkeypatch.setattr("octavo.documents.cv_files.typeset_pdf", lambda *_: pytest.fail("set again"))
    assert make_cv(noether) == first


def test_a_changed_row_is_typeset_again(noether: Path, read_pdf: Read) -> None:
    make_cv(noether)
    table = noether / "data" / "awards.yml"
    table.write_text(table.read_text(encoding="utf-8").replace("Memorial Award", "Prize"), encoding="utf-8")
    assert "Prize" in read_text(read_pdf(make_cv(noether)))


def test_a_file_of_the_owner_takes_precedence_and_is_named(noether: Path) -> None:
    (noether / "docs").mkdir(exist_ok=True)
    (noether / "docs" / "noether_CV.pdf").write_bytes(b"mine")
    notes = write(noether, noether / "out")
    assert (noether / "out" / "docs" / "noether_CV.pdf").read_bytes() == b"mine"
    assert notes == ["docs/noether_CV.pdf: using the repository's own file instead of making one"]


def test_a_profile_that_names_no_file_gets_no_cv(noether: Path) -> None:
    set_cv(noether, "")
    assert write(noether, noether / "out") == []
    assert not (noether / "out").exists()


def test_the_second_pdf_groups_publications_by_year(noether: Path, read_pdf: Read) -> None:
    write(noether, noether / "out")
    text = read_text(read_pdf((noether / "out" / "docs" / "noether_Publications.pdf").read_bytes()))
    assert text.index("1933") < text.index("Nichtkommutative Algebra") < text.index("1932")
    assert "Außerordentliche" not in text


@pytest.mark.parametrize(
    ("cv", "publications"),
    [("docs/V_CV.pdf", "docs/V_Publications.pdf"), ("cv.pdf", "Publications.pdf"), ("me.pdf", "me_Publications.pdf")],
)
def test_the_second_pdf_is_named_after_the_first(cv: str, publications: str) -> None:
    assert find_publications_file(cv) == publications


def test_the_page_and_the_pdf_have_the_same_sections_in_the_same_order(noether: Path) -> None:
    set_cv(noether, "cv: {file: docs/noether_CV.pdf, sections: [publications, awards, education]}")
    record = load_record(noether)
    sections = listings.cv_sections(record.profile, load_tables(noether / "data"))
    assert [heading for heading, content in sections if content] == ["Publications", "Awards", "Education"]
    assert [section["heading"] for section in describe_cv(record)["sections"]] == [
        "Publications",
        "Awards",
        "Education",
    ]
