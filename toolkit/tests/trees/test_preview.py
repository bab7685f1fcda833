"""The preview of a site in several languages: an edit shows in every tree that it affects."""

from __future__ import annotations

from pathlib import Path

from tests.preview.running import Preview, running
from tests.sites import lay_out


def test_edits_of_translated_pages_untranslated_pages_and_tables_are_served(tmp_path: Path) -> None:
    root = lay_out("bilingual", tmp_path / "site")
    with running(Preview(root, tmp_path / "log")) as preview:
        preview.edit("index.de.qmd", lambda text: text.replace("Ringe", "Körper"))
        preview.edit("notes/ideals.qmd", lambda text: text + "\nThe last word.\n")
        preview.edit("data/publications.yml", lambda text: text.replace("Ringbereichen", "Integritätsbereichen"))
        preview.wait_until(lambda text: "untersuche Körper" in text, "de/index.html")
        preview.wait_until(lambda text: "The last word." in text, "de/notes/ideals.html")
        preview.wait_until(lambda text: "Integritätsbereichen" in text, "de/publications.html")
