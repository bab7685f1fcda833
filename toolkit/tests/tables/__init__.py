"""Tables to test with, in their own folder."""

import textwrap
from pathlib import Path


def write_tables(project: Path, **tables: str) -> Path:
    """Write tables into the project's data folder, with a minimal profile unless one is given, and return it."""
    data = project / "data"
    data.mkdir(parents=True, exist_ok=True)
    for name, text in ({"profile": "name: N. Body\n"} | tables).items():
        (data / f"{name}.yml").write_text(textwrap.dedent(text), encoding="utf-8")
    return data


def write_paper(name: str, *lines: str) -> str:
    """The YAML of a publication with its required fields and further lines."""
    row = [f"- id: {name}", f"  title: Title of {name}", "  authors: [E. Noether]", "  type: article"]
    return "\n".join(row + [f"  {line}" for line in lines]) + "\n"
