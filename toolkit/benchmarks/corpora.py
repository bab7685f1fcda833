"""Imports other people's files: every .bib, .ris, and .json file below a folder, each twice into an empty table.

    python benchmarks/corpora.py FOLDER

It prints the number of rows, the entries that were merged with a row of another title, turned into questions, or
refused, the tables that a second import changed, and the fields that still contain LaTeX without a warning. A person
has to judge the merges and the refusals.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from octavo.cli.import_publications import main as import_publications
from octavo.importing.comparing import fold_text

SUFFIXES = {".bib", ".ris", ".json"}
_FORMULA = re.compile(r"\$[^$]*\$")
_LATEX = re.compile(r"\\[A-Za-z]+|\\[^A-Za-z\s]")
_ESCAPED = re.compile(r"\\[!-/:-@\[-`{-~]")
# A warning has the line of its field, and an entry that of its start.
_LINES = 60

Finding = tuple[str, str]


def main(argv: Sequence[str] | None = None) -> int:
    """Import, and print the findings and their numbers."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args(argv)
    files = sorted(path for path in options.folder.rglob("*") if path.suffix in SUFFIXES and path.is_file())
    counts = Counter({"files": len(files)})
    with ProcessPoolExecutor(options.processes) as pool:
        for file, (rows, findings) in zip(files, pool.map(try_file, files), strict=True):
            counts["rows"] += rows
            for kind, text in findings:
                counts[kind] += 1
                print(f"{kind}: {file}: {text}")
    print(", ".join(f"{number:,} {kind}" for kind, number in counts.items()))
    return 0


def try_file(file: Path) -> tuple[int, list[Finding]]:
    """The number of rows that a first import makes, and the findings about two imports."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"  # each file gets its own project, and so its own lock
        data.mkdir()
        (data / "profile.yml").write_text("name: E. Noether\n")
        table = data / "publications.yml"
        table.write_text("[]\n")
        first = run_import(file, data)
        if first is None:
            return 0, [("failed", "no plan")]
        before = table.read_bytes()
        findings = list(list_findings(first))
        if run_import(file, data) is None or table.read_bytes() != before:
            findings.append(("changed by the second import", ""))
        return len(first["new"]), findings


def run_import(file: Path, data: Path) -> dict[str, Any] | None:
    """The plan that was carried out; None if there is none."""
    output = io.TextIOWrapper(io.BytesIO(), "utf-8")
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(io.StringIO()):
        import_publications([str(file), "--json", "--yes", "--data", str(data)])
    text = output.buffer.getvalue()  # a BytesIO
    return json.loads(text) if text else None


def list_findings(plan: dict[str, Any]) -> Iterator[Finding]:
    """The findings in the plan of a first import."""
    for merge in plan["merges"]:
        if fold_text(merge["title"]) != fold_text(merge["row_title"]):
            yield "merged with another title", f"{merge['title']!r} with {merge['row_title']!r}: {merge['reason']}"
    for question in plan["questions"]:
        yield "questions", f"{question['title']!r}: {question['reason']}"
    problems = plan["problems"]
    for problem in problems:
        if problem["severity"] == "error":
            yield "refused", f"{problem['line']}: {problem['message']}"
    for row in plan["new"]:
        for name, value in row["fields"].items():
            if name not in {"links", "extra"}:
                yield from list_latex(row["place"], name, value, problems)


def list_latex(place: str, name: str, value: Any, problems: Sequence[dict[str, Any]]) -> Iterator[Finding]:
    """LaTeX in a field's text, except formulas and Markdown escapes, that no warning near the entry names."""
    line = int(place.rsplit(":", 2)[1]) if place.count(":") > 1 else 0
    near = [problem["message"] for problem in problems if line <= problem["line"] <= line + _LINES]
    for text in list_texts(value):
        for command in _LATEX.findall(_FORMULA.sub("", text)):
            if not _ESCAPED.fullmatch(command) and not any(command in message for message in near):
                yield "LaTeX unnamed", f"{place} {name}: {command} in {text[:100]!r}"


def list_texts(value: Any) -> Iterator[str]:
    """All texts inside a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from list_texts(inner)


if __name__ == "__main__":
    sys.exit(main())
