"""Losses: whatever has a value and no place is named."""

from __future__ import annotations

from pathlib import Path

from octavo.documents.losses import list_losses
from octavo.documents.record import Record, load_record

NOTHING: dict[str, frozenset[str]] = {"profile": frozenset()}


def test_a_format_without_a_place_for_a_table_loses_all_its_rows(record: Record) -> None:
    assert "talks: all rows (1)" in list_losses(record, NOTHING)


def test_a_field_of_the_profile_is_named(record: Record) -> None:
    assert "profile: position" in list_losses(record, NOTHING)


def test_columns_without_values_are_no_loss(record: Record) -> None:
    held = {**NOTHING, "awards": frozenset({"title", "date"})}
    awards = [loss for loss in list_losses(record, held) if loss.startswith("awards")]
    assert awards == ["awards: text of 1 row"]


def test_of_links_only_those_beyond_the_first_are_lost(noether: Path) -> None:
    with (noether / "data" / "software.yml").open("w", encoding="utf-8") as software:
        software.write("- title: A\n  links: {code: https://e.org/a, website: https://e.org/b}\n")
        software.write("- title: B\n  links: {code: https://e.org/c}\n")
    held = {**NOTHING, "software": frozenset({"title", "link"})}
    losses = [loss for loss in list_losses(load_record(noether), held) if loss.startswith("software")]
    assert losses == ["software: links but the first of 1 row"]
