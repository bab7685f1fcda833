"""DataFrames: a table's rows for the pages' cells, and back.

| column            | dtype  | value                                              | missing |
|-------------------|--------|----------------------------------------------------|---------|
| a text            | string | text                                               | <NA>    |
| a flag            | bool   | True or False                                      | False   |
| `date`            | object | `PartialDate`                                      | None    |
| `year`            | Int64  | the date's year                                    | <NA>    |
| `authors`, `topics`, and other lists | object | a tuple                         | ()      |
| `links`           | object | addresses by role, in the order of `LINK_ROLES`    | {}      |
| `extra`, `foreign` | object | texts by name                                     | {}      |
| `translations`    | object | values by language by field                        | {}      |

There is a column for each field of the table's class, whether or not a row has it, and for what is derived from them:
`anchor`, the id of the row's element on a page, `foreign`, the languages of texts that aren't in the current one,
`translations`, the fields that are given in several languages, `picture`, that of its `image` in tables with this
field, `year`, and in publications `forthcoming` and `citations`, a tuple of `CitationCount`. In publications, `links`
has the addresses of `doi` and `arxiv` unless the row gives its own; no links lead to missing files of the site.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, Field, fields
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from octavo.errors import OctavoError
from octavo.model.entries import find_date
from octavo.model.fields import Role, list_fields, list_roles
from octavo.model.publications import Publication
from octavo.model.row import Row
from octavo.model.texts import Text

if TYPE_CHECKING:
    import pandas as pd

R = TypeVar("R", bound=Row)
DataFrame: TypeAlias = "pd.DataFrame"
"""An alias, so that modules that only pass DataFrames on don't import pandas, which is slow."""


def list_columns(row_type: type[Row]) -> Mapping[str, type]:
    """The columns of a table's DataFrame, in their order, each with the type of its values."""
    written = {name: object if field.many else field.base for name, field in list_fields(row_type).items()}
    derived: dict[str, type] = {"anchor": str, "foreign": object, "translations": object}
    if Role.DATE in list_roles(row_type):
        derived["year"] = int
    if "image" in list_fields(row_type):
        derived["picture"] = object
    if row_type is Publication:
        derived |= {"forthcoming": bool, "citations": object}
    return written | derived


def build_frame(row_type: type[R], rows: Sequence[R]) -> pd.DataFrame:
    """A table's rows as a DataFrame, in their order; changes to it don't affect the rows."""
    import pandas as pd  # takes a third of a second, and only pages need it

    dtypes: Mapping[type, Any] = {str: pd.StringDtype(), bool: "bool", int: pd.Int64Dtype()}
    # Making a frame from arrays is several times as fast as from Series, whose indexes pandas would compare.
    return pd.DataFrame(
        {
            name: pd.array(_list_values(row_type, name, rows), dtype=dtypes.get(kind, "object"))
            for name, kind in list_columns(row_type).items()
        }
    )


def iterate_rows(frame: pd.DataFrame, row_type: type[R]) -> Iterator[R]:
    """Each row of a table's DataFrame, in order, as its class has it; a missing value is the default, not pandas' NA.

    A column that the frame lacks is missing in every row, and extra columns are ignored. One pass per column and
    one per row: `itertuples` gives NA, and `iterrows` builds a Series for each row.

    Raises:
        OctavoError: if the frame lacks a column that every row needs.
    """
    lacking = [name for name, field in list_fields(row_type).items() if field.required and name not in frame.columns]
    if lacking:
        raise OctavoError(f"the DataFrame has no column {', '.join(lacking)}: is it one of {row_type.table.name}?")
    declared = [field for field in fields(row_type) if field.name in frame.columns]
    names = [field.name for field in declared]
    columns = [list(_iterate_column(frame[field.name].array, _find_default(field))) for field in declared]
    for values in zip(*columns, strict=True):
        row = dict(zip(names, values, strict=True))
        foreign = row.get("foreign", {})
        yield row_type(**row | {name: Text(row[name], foreign[name]) for name in foreign if row.get(name)})


def _iterate_column(array: Any, default: Any) -> Iterator[Any]:
    for value, missing in zip(array.tolist(), array.isna().tolist(), strict=True):
        yield default if missing else value


def _find_default(field: Field[Any]) -> Any:
    if field.default_factory is not MISSING:
        return field.default_factory()
    return None if field.default is MISSING else field.default


def _list_values(row_type: type[R], name: str, rows: Sequence[R]) -> list[Any]:
    if name == "year":
        return [date.year if (date := find_date(row)) else None for row in rows]
    values = [getattr(row, name) for row in rows]
    return [dict(value) if isinstance(value, Mapping) else value for value in values]
