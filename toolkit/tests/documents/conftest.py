"""Shared by the tests of documents: projects with the sources of documents."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader

from octavo.documents.record import Record, load_record
from octavo.documents.typesetting import TEMPLATES
from tests.sites import ROOT, SITES

PDF_UA = b"pdfuaid:part"
"""By which a PDF says of itself that it is accessible (PDF/UA)."""
CV_SETTINGS = "cv: {file: docs/noether_CV.pdf, paper: a4}\n"


def lay_out_project(source: Path, target: Path) -> Path:
    """A project with the tables and settings of a site, and its own copy of the toolkit's templates."""
    shutil.copytree(source / "data", target / "data")
    shutil.copytree(TEMPLATES, target / "documents")
    shutil.copy(source / "_quarto.yml", target)
    return target


@pytest.fixture
def noether(tmp_path: Path) -> Path:
    """Emmy Noether's project, with a CV among its files."""
    root = lay_out_project(SITES / "noether", tmp_path / "noether")
    with (root / "data" / "profile.yml").open("a", encoding="utf-8") as profile:
        profile.write(CV_SETTINGS)
    return root


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A project in which all text looks like markup."""
    return lay_out_project(SITES / "hostile", tmp_path / "hostile")


@pytest.fixture
def homepage(tmp_path: Path) -> Path:
    """The repository's own project."""
    return lay_out_project(ROOT, tmp_path / "homepage")


@pytest.fixture
def record(noether: Path) -> Record:
    return load_record(noether)


@pytest.fixture
def read_pdf() -> Callable[[bytes], PdfReader]:
    return lambda content: PdfReader(io.BytesIO(content))
