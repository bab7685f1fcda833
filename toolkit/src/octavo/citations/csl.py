"""CSL-JSON: a publication's row as the item that citation processors read.

Field names and types are those of CSL 1.0.2 (https://docs.citationstyles.org, appendices III and IV) and of its
JSON schema, `csl-data.json`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from octavo.language.tags import read_language
from octavo.markdown import plain_title
from octavo.model.addresses import is_local
from octavo.model.authors import Author
from octavo.model.dates import PartialDate
from octavo.model.fields import Field, Kind, Role, is_inline, list_fields
from octavo.model.identifiers import make_arxiv_address, make_doi_address
from octavo.model.publications import Publication
from octavo.model.vocabulary import NUMBERED, LinkRole

Item = dict[str, Any]

# Fields by their CSL names: text, and people by role, which only CSL distinguishes.
_FIELDS = [field for field in list_fields(Publication).values() if field.export.csl]
TEXTS = {
    field.export.csl: field
    for field in _FIELDS
    if isinstance(field.holds, Kind) and field.base is str and not field.many
}
PEOPLE = {field.export.csl: field for field in _FIELDS if field.role is Role.PEOPLE}
DATES = {field.export.csl: field for field in _FIELDS if field.base is PartialDate}
# Text variables of CSL for which the table has no field; they can stand in an item if an import kept them.
EXTRA_TEXTS = frozenset(
    """
    annote archive-place authority call-number chapter-number citation-label dimensions division jurisdiction license
    medium number-of-pages number-of-volumes original-publisher original-publisher-place original-title part-number
    part-title PMCID printing-number references reviewed-genre reviewed-title scale section source supplement-number
    title-short version year-suffix
    """.split()  # noqa: SIM905  a list of words reads best as words
)
# Links to the work itself come before those to pages about it.
_ADDRESS_ROLES: tuple[LinkRole, ...] = ("paper", "publisher", "website")
_NAME_PARTS = {"family": "family", "given": "given", "non-dropping-particle": "particle", "suffix": "suffix"}
# Characters that XML 1.0 (section 2.2) can't hold, and that no BibTeX or RIS parser expects.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def make_item(row: Publication, site_url: str = "") -> Item:
    """The CSL-JSON item of a publication's row; what the row doesn't have is left out.

    `site_url` is put before addresses of files of the site. A work of the status `published` has no `status`,
    since that is what every citation says that says nothing. Texts are plain; `custom`, CSL's place for what it doesn't
    know, has those that are more in inline Markdown. Of texts in several languages, the original is cited; `custom` has
    the others.
    """
    row = row.original
    written = {name: clean_text(getattr(row, field.name) or "") for name, field in TEXTS.items()}
    texts = {name: _make_plain(TEXTS[name], text) for name, text in written.items()}
    marked = {name: text for name, text in written.items() if text != texts[name]}
    texts["language"] = read_language(texts["language"]) or texts["language"]
    if texts["status"] == "published":
        texts["status"] = ""
    extra = {name: clean_text(text) for name, text in row.extra.items()}
    item: Item = {
        "id": row.id,
        "type": row.type,
        **{name: make_names(getattr(row, field.name)) for name, field in PEOPLE.items()},
        **{name: make_date(date) for name, field in DATES.items() if (date := getattr(row, field.name))},
        **texts,
        "archive": "arXiv" if row.arxiv else "",
        "URL": find_address(row, site_url),
        "keyword": ", ".join(map(clean_text, row.topics)),
        **{name: text for name, text in extra.items() if name in EXTRA_TEXTS},
        "custom": {**marked, **({"extra": extra} if extra else {}), **_list_translations(row)},
    }
    if row.series and row.type not in NUMBERED:
        item["collection-number"] = item.pop("number")
    if item["container-title"] in ("", item["container-title-short"]):
        item["container-title"] = item.pop("container-title-short")
    return {name: value for name, value in item.items() if value}


def make_names(people: Iterable[Author]) -> list[Item]:
    """The CSL names of people, without those that have no letter."""
    return [dict(name) for person in people if (name := _name_parts(person))]


def get_number(item: Item) -> str:
    """The work's own number, or that in its series."""
    return str(item.get("number") or item.get("collection-number", ""))


def get_marked(item: Mapping[str, Any], name: str) -> str:
    """An item's text in inline Markdown if it has any markup; otherwise empty."""
    custom = item.get("custom")
    return str(custom.get(name, "")) if isinstance(custom, Mapping) else ""


def get_extra(item: Mapping[str, Any]) -> dict[str, str]:
    """Values that no CSL variable holds, by their names in other formats."""
    custom = item.get("custom")
    extra = custom.get("extra") if isinstance(custom, Mapping) else None
    return {str(name): str(text) for name, text in extra.items()} if isinstance(extra, Mapping) else {}


def get_translations(item: Mapping[str, Any], name: str) -> dict[str, str]:
    """The translations of an item's text, by language."""
    custom = item.get("custom")
    translations = custom.get("translations") if isinstance(custom, Mapping) else None
    return dict(translations.get(name, {})) if isinstance(translations, Mapping) else {}


def format_csl(items: Iterable[Item]) -> str:
    """A CSL-JSON document: the array of items, one per line, in UTF-8."""
    return "[\n" + ",\n".join(json.dumps(_number_preprint(item), ensure_ascii=False) for item in items) + "\n]\n"


def _number_preprint(item: Item) -> Item:
    """The item with the number by which styles and reference managers cite a preprint: `arXiv:2411.08982`."""
    if item["type"] != "article" or "archive_location" not in item:
        return item
    return {"number": f"arXiv:{item['archive_location']}", **item}


def make_date(date: PartialDate) -> Item:
    """A CSL date: one part list for a day, month or year, two for a span; a season by its number.

    CSL 1.0 has no ongoing spans, so they are given by their start.
    """
    ends = [end for end in date.edtf.split("/") if end != ".."]
    parts = [[int(part) for part in end.split("-")] for end in ends]
    item: Item = {"date-parts": [end[:1] if end[1:] and end[1] > 20 else end for end in parts]}
    if len(parts) == 1 and len(parts[0]) > 1 and parts[0][1] > 20:
        item["season"] = parts[0][1] - 20
    return item


def find_address(row: Publication, site_url: str = "") -> str:
    """The work's address: its paper, else its publisher's or own page, else that of its DOI or arXiv id."""
    links = row.links
    for role in _ADDRESS_ROLES:
        if role in links and (site_url or not is_local(links[role])):
            return f"{site_url}/{links[role]}" if is_local(links[role]) else links[role]
    if row.doi:
        return make_doi_address(row.doi)
    return make_arxiv_address(row.arxiv) if row.arxiv else ""


def _list_translations(row: Publication) -> Item:
    """The translations, by CSL name and language."""
    found = {
        name: {tag: _make_plain(field, clean_text(text)) for tag, text in [*texts.items()][1:]}
        for name, field in TEXTS.items()
        if len(texts := row.translations.get(field.name, {})) > 1
    }
    return {"translations": found} if found else {}


def _make_plain(field: Field, text: str) -> str:
    return clean_text(plain_title(text)) if is_inline(field) else text


@lru_cache(maxsize=65536)
def _name_parts(author: Author) -> tuple[tuple[str, str], ...]:
    """The parts of a CSL name and their texts; none if there is nothing to name."""
    if author.literal or not author.family:
        literal = clean_text(author.literal or author.given)
        return (("literal", literal),) if literal else ()
    name = {part: clean_text(getattr(author, attribute)) for part, attribute in _NAME_PARTS.items()}
    return tuple((part, text) for part, text in name.items() if text)


def plain_line(text: str | None) -> str:
    """A title or an abstract on one line, without its markup."""
    return clean_text(plain_title(clean_text(text or "")))


def clean_text(text: str) -> str:
    """The text on one line: blanks and line breaks as single spaces, control characters left out."""
    # Text that Python calls printable has none of those characters.
    return " ".join((text if text.isprintable() else _UNPRINTABLE.sub("", text)).split())
