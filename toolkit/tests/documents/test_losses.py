"""Losses: every value without a place in a format is named."""

from __future__ import annotations

from pathlib import Path

from octavo.documents.parts import Held, Holds, list_losses
from octavo.documents.record import Record, load_record
from octavo.model.fields import Field, Role
from octavo.model.row import Row


def hold(links: Held = "none", **tables: set[str]) -> Holds:
    """A format that holds these fields of these tables, and these links."""

    def holds(row_type: type[Row], field: Field) -> Held:
        if field.role is Role.LINKS:
            return links
        return "all" if field.name in tables.get(row_type.table.name, ()) else "none"

    return holds


def test_a_format_without_a_place_for_a_table_loses_all_its_rows(record: Record) -> None:
    assert "talks: all rows (1)" in list_losses(record, (), hold())


def test_a_field_of_the_profile_is_named(record: Record) -> None:
    assert "profile: position" in list_losses(record, (), hold())


def test_columns_without_values_are_not_a_loss(record: Record) -> None:
    holds = hold(awards={"title", "date"})
    awards = [loss for loss in list_losses(record, (), holds) if loss.startswith("awards")]
    assert awards == ["awards: text of 1 row"]


def test_only_links_after_the_first_are_lost(noether: Path) -> None:
    with (noether / "data" / "software.yml").open("w", encoding="utf-8") as software:
        software.write("- title: A\n  links: {code: https://e.org/a, website: https://e.org/b}\n")
        software.write("- title: B\n  links: {code: https://e.org/c}\n")
    holds = hold("first", software={"title"})
    losses = [loss for loss in list_losses(load_record(noether), (), holds) if loss.startswith("software")]
    assert losses == ["software: links but the first of 1 row"]


def test_every_link_is_lost_if_the_address_of_the_title_takes_the_only_place(noether: Path) -> None:
    (noether / "data" / "research.yml").write_text(
        "- {title: A, url: https://e.org/a, links: {code: https://e.org/b}}\n- {title: B, links: {code: https://e.org/c}}\n"
    )
    losses = list_losses(load_record(noether), (), hold("first", research={"title", "url"}))
    assert [loss for loss in losses if loss.startswith("research")] == ["research: links but the first of 1 row"]
