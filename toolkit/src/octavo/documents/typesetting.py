"""Typesetting: the one place that runs Typst.

Typst sees the templates' folder and the fonts that its package brings: no network, no clock, no fonts of the machine.
So the same data give the same bytes everywhere. Only for writing that those fonts lack (Arabic, Chinese, …) it is
also given the fonts in `documents/fonts` and the machine's.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from octavo.installed import list_installed

# What Libertinus Serif and its companions have is before Devanagari (Latin, Greek, Cyrillic, Hebrew), or a sign.
_RARE = re.compile(r"[\u0600-\u1dff\u2e80-\ufafe\ufb50-\U0010ffff]")


def typeset_pdf(template: Path, data: Mapping[str, Any]) -> bytes:
    """A tagged PDF by PDF/UA-1 (ISO 14289-1), whose rules Typst checks.

    If a character is in no font, it is a tagged PDF that shows a box in its place, which PDF/UA forbids.
    """
    import typst

    timestamp = find_timestamp()
    data = {**data, "dated": timestamp is not None}
    options = {"format": "pdf", "timestamp": timestamp}
    try:
        return _run(template, data, pdf_standards=["1.7", "ua-1"], **options)[0]
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
        return _run(template, data, **options)[0]


def is_accessible(pdf: bytes) -> bool:
    """Whether the PDF says of itself that it is PDF/UA."""
    return b"pdfuaid:part" in pdf


def typeset_pictures(template: Path, data: Mapping[str, Any], *, ppi: float) -> list[bytes]:
    """A PNG of each page."""
    return _run(template, data, format="png", ppi=ppi)


def describe_typesetting(template: Path) -> list[str]:
    """What decides, besides the data, how a document comes out: the program and the templates' folder."""
    program = [name for name in list_installed() if name.startswith("typst-")]
    return [*program, template.name, *map(_read_text, sorted(template.parent.glob("*.typ")))]


def describe_language(tag: str) -> dict[str, str | None]:
    """Typst's `language` and `region` for a tag as `de-CH`; no region where its second part is none."""
    language, _, region = tag.partition("-")
    return {"language": language.lower(), "region": region.upper() if len(region) == 2 else None}


def find_timestamp() -> int | None:
    """The documents' date, if SOURCE_DATE_EPOCH gives one (by reproducible-builds.org)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return int(epoch) if epoch.isdigit() else None


def _run(template: Path, data: Mapping[str, Any], **options: Any) -> list[bytes]:
    import typst  # only where something has to be set

    # The data are a string that the template parses as JSON: nothing in them is ever markup.
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    fonts, is_plain = template.parent / "fonts", _RARE.search(inputs["data"]) is None
    compiler = typst.Compiler(
        str(template),
        root=template.parent,
        font_paths=[str(fonts)] if fonts.is_dir() and not is_plain else [],
        ignore_system_fonts=is_plain,
        sys_inputs=inputs,
    )
    result = compiler.compile(**options)
    return result if isinstance(result, list) else [result or b""]


def _read_text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
