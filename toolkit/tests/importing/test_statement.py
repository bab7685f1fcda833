"""Values that the table's fields refuse are fixed, kept as extra, or reported, and never cost the entry."""

from __future__ import annotations

from typing import Any

import pytest

from octavo.importing.record import Record
from octavo.importing.statement import Statement, claim_fields, describe_record, fit_fields
from octavo.markdown import plain_title
from octavo.model.checking import find_faults
from octavo.model.publications import Publication

WORK = {"title": "On Trees", "authors": ["E. Noether"], "type": "book"}


@pytest.mark.parametrize(
    ("path", "value", "mended"),
    [
        ("publisher", "**Springer** [Verlag](https://example.org)", "Springer Verlag"),
        ("authors", ["E. **Noether**"], ["E. Noether"]),
        ("editors", [{"given": "E.", "family": "`Artin`"}], [{"given": "E.", "family": "Artin"}]),
        ("topics", ["*rings*, **ideals**"], ["rings, ideals"]),
    ],
)
def test_markdown_in_a_plain_field_is_removed_and_named(path: str, value: Any, mended: Any) -> None:
    fitted, [doubt] = fit_fields({**WORK, path: value})
    assert (fitted[path], doubt[: len(path) + 1]) == (mended, f"{path}:")
    assert "without the Markdown" in doubt


@pytest.mark.parametrize(
    ("path", "name"), [("doi", "doi"), ("date", "date"), ("event_date", "eventdate"), ("links.code", "code")]
)
def test_a_value_that_its_field_refuses_is_kept_as_extra_and_named(path: str, name: str) -> None:
    fitted, [doubt] = fit_fields({**WORK, path: "see page 12"})
    assert fitted == {**WORK, f"extra.{name}": "see page 12"}
    assert doubt.endswith(f"; kept as extra.{name}")


def test_a_title_whose_formula_cannot_be_shown_is_kept_as_plain_text() -> None:
    fitted, [doubt] = fit_fields({**WORK, "title": r"On $\overline$ things"})
    assert plain_title(fitted["title"]) == r"On $\overline$ things"
    assert doubt.endswith("; imported as plain text")


def test_one_unreadable_formula_in_a_title_does_not_cost_the_others() -> None:
    fitted, [_] = fit_fields({**WORK, "title": r"H$_2$O and $\overline$ things"})
    assert fitted["title"] == r"H$_2$O and \$\\overline\$ things"


@pytest.mark.parametrize(
    ("record", "numbers"),
    [
        (Record(type="article-journal", title="T", page="A73", texts={"number": "A73"}), (None, "A73")),
        (Record(type="article-journal", title="T", page="e–7", texts={"number": "e-7"}), (None, "e–7")),
        (Record(type="article-journal", title="T", page="73–80", texts={"number": "73"}), ("73", "73–80")),
        (Record(type="article-journal", title="T", texts={"number": "73"}), ("73", None)),
        (
            Record(
                type="article",
                title="T",
                arxiv="2603.04488",
                page="arXiv:2603.04488",
                texts={"number": "arXiv:2603.04488"},
            ),
            (None, None),
        ),
    ],
)
def test_a_number_that_ads_exports_twice_is_stated_once(record: Record, numbers: tuple[str | None, str | None]) -> None:
    fields = describe_record(record)
    assert (fields.get("number"), fields.get("page")) == numbers


def test_a_value_that_no_field_can_hold_is_named() -> None:
    fitted, doubts = fit_fields({**WORK, "editors": ["a;b"], "extra.x": "a\0b", "extra.a b": "c"})
    assert fitted == WORK
    assert [doubt.partition(":")[0] for doubt in doubts] == ["editors", "extra.x", "extra.a b"]
    assert all(doubt.endswith("; left out") for doubt in doubts)


def test_fitted_values_pass_the_check_of_the_table() -> None:
    fitted, _ = fit_fields(
        {**WORK, "volume": "a\nb", "page": "", "isbn": "[1](http://x.org)", "note": "[x](javascript:1)"}
    )
    row = {"id": "a", **{name: value for name, value in fitted.items() if not name.startswith("extra.")}}
    assert find_faults(Publication, row) == []


@pytest.mark.parametrize(("said", "had"), [("page", "number"), ("number", "page")])
def test_a_number_that_the_row_has_as_its_page_is_not_claimed_again(said: str, had: str) -> None:
    statement = Statement({**WORK, said: "e–7"}, "refs.bib")
    assert said not in claim_fields(statement, {**WORK, had: "e-7"})
    assert claim_fields(statement, {**WORK, had: "12"})[said] == "e–7"
