"""The folder of the tables: all of them checked, each by itself and against the others."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path

from octavo.errors import Problem, Severity, quote_value
from octavo.language.current import current_language, find_project_language
from octavo.language.tags import is_same_language, read_language
from octavo.language.trees import read_languages
from octavo.model.addresses import find_local_path, keep_web_address
from octavo.model.authors import normalize_name
from octavo.model.catalog import TABLES
from octavo.model.profile import list_owner_names
from octavo.model.texts import Languages, list_texts
from octavo.model.words import count_noun
from octavo.published import EXPECTED, Published, find_page, load_published
from octavo.quarto_yaml import CONFIGURATION
from octavo.tables.pictures import NO_PICTURES, Pictures, read_pictures
from octavo.tables.table_files import FILES, Claim, TableFile, read_table_file

NAMES = ("profile", *TABLES)
# Files that every build makes, in addition to the pages of publications.
MADE = frozenset(
    [
        "_headers",
        "feed.json",
        "feed.xml",
        "linkset.json",
        "publications.bib",
        "publications.json",
        "publications.ris",
        "resume.json",
        "sitemap.xml",
    ]
)
# Each suggestion searches all ids; ten thousand searches among ten thousand ids would take minutes.
_MOST_SUGGESTIONS = 20


@dataclass
class DataFolder:
    """The tables of a folder, read; its parent is the project, where links to files of the site begin."""

    folder: Path
    files: Mapping[str, TableFile]

    def list_problems(self) -> list[Problem]:
        """All problems, errors and warnings, in the order of the files."""
        if not os.access(self.folder, os.R_OK | os.X_OK) or not self.folder.is_dir():
            return [Problem(show_path(self.folder), 1, 1, "there is no such folder, or it can't be read")]
        problems = [problem for file in self.files.values() for problem in file.problems]
        checks = [
            self._check_names(),
            self._check_files(),
            self._check_descriptions(),
            self._check_publications(),
            self._check_people(),
            self._check_languages(),
            self._check_originals(),
        ]
        return sorted([*problems, *chain.from_iterable(checks)])

    @cached_property
    def languages(self) -> Languages:
        """The current language at the first call, and the project's language."""
        root = self.folder.parent
        return Languages(current_language(root), find_project_language(root))

    @cached_property
    def missing(self) -> frozenset[str]:
        """The addresses in the tables that lead to files of the site that aren't there."""
        addresses = {claim.value for _, claim in self.list_claims() if claim.kind in FILES}
        return frozenset(address for address in addresses if not self._has_file(address))

    @cached_property
    def pictures(self) -> Pictures:
        """The pictures that the tables name and whose files exist."""
        addresses = {claim.value for _, claim in self.list_claims() if claim.kind == "picture"} - self.missing
        cache = self.folder.parent / ".cache" / "octavo" / "tables" / "pictures.json"
        return read_pictures(self.folder.parent, sorted(addresses), cache) if addresses else NO_PICTURES

    def _check_names(self) -> Iterator[Problem]:
        if "profile" not in self.files:
            yield Problem(
                show_path(self.folder / "profile.yml"),
                1,
                1,
                "there is no such file (it describes the site's owner)",
            )
        for file in sorted(self.folder.iterdir()):
            if file.suffix.lower() in {".yml", ".yaml"} and file.name[0] != "." and file.stem not in self.files:
                yield from _compare_name(file)

    def _check_files(self) -> Iterator[Problem]:
        for file, claim in self.list_claims():
            if claim.kind not in FILES:
                continue
            if fault := self._find_file_fault(claim):
                is_host = claim.value.count(".") > 1 and "/" not in claim.value
                elsewhere = keep_web_address(claim.value + "/" * is_host)
                others = "a page such as news.html" + (f", or for another site {elsewhere}" if elsewhere else "")
                message = f"{quote_value(claim.value)} {fault} (expected {EXPECTED}; or {others})"
                yield _make_problem(file, claim, message)
            elif claim.value in self.missing:
                field = claim.field.rpartition(".")[2]
                results = {"text": "it leads nowhere", "link": "the link is left out"}
                result = results.get(claim.kind, f"the {field} is left out")
                yield _make_problem(file, claim, f"there is no file {claim.value!r}; {result}", "warning")
            elif claim.kind == "picture":
                yield from self._check_picture(file, claim)

    def _check_picture(self, file: TableFile, claim: Claim) -> Iterator[Problem]:
        if fault := self.pictures.faults.get(claim.value):
            yield _make_problem(file, claim, f"{quote_value(claim.value)} {fault}")
        elif claim.value in self.pictures.located:
            message = "its metadata says where it was taken, and it is published unchanged; remove its GPS position"
            yield _make_problem(file, claim, f"{quote_value(claim.value)} {message}", "warning")

    def _check_descriptions(self) -> Iterator[Problem]:
        """Pictures and films without alternative text."""
        tables = [(name, file) for name, file in self.files.items() if name != "people"]  # the name is beside a photo
        undescribed = {field for name, file in tables for field in _find_undescribed(name, file)}
        for file, claim in self.list_claims():
            if claim.field in undescribed:
                message = (
                    f"{quote_value(claim.value)} has no `alt:` that says what it shows (alt: '' if it is decorative)"
                )
                yield _make_problem(file, claim, message, "warning")

    def _check_publications(self) -> Iterator[Problem]:
        known = self._publication_ids
        if known is None:
            return
        claims = [pair for pair in self.list_claims() if pair[1].kind == "publication" and pair[1].value not in known]
        for index, (file, claim) in enumerate(claims):
            near = difflib.get_close_matches(claim.value, sorted(known), n=1) if index < _MOST_SUGGESTIONS else []
            hint = f"did you mean {near[0]!r}?" if near else "expected the id of a row of publications.yml"
            yield _make_problem(file, claim, f"no publication is {quote_value(claim.value)} ({hint})")

    def _check_people(self) -> Iterator[Problem]:
        """Names that several people share."""
        owner = set(map(normalize_name, self.owner))
        first: dict[str, tuple[str, int]] = {}
        for file, claim in self.list_claims():
            if claim.kind != "person":
                continue
            name, row = normalize_name(claim.value), claim.field.partition(".")[0]
            seen, line = first.setdefault(name, (row, claim.line))
            other = "the owner's" if name in owner else f"that of {seen} (line {line})"
            if name in owner or seen != row:
                message = f"{quote_value(claim.value)} is also {other}; authors of this name aren't linked"
                yield _make_problem(file, claim, f"{message} unless they have an ORCID iD", "warning")

    def _check_languages(self) -> Iterator[Problem]:
        """Languages that the site doesn't have, each reported once: a site that drops one has hundreds of texts."""
        claims: dict[str, list[tuple[TableFile, Claim]]] = {}
        for file, claim in self.list_claims():
            if claim.kind == "language":
                claims.setdefault(claim.value, []).append((file, claim))
        root = self.folder.parent
        known = read_languages(root) if claims and (root / CONFIGURATION).is_file() else ()
        for language, same in claims.items():
            if known and not any(is_same_language(language, tag) for tag in known):
                texts = "isn't" if len(same) == 1 else f"and {count_noun(len(same) - 1, 'other')} in it aren't"
                message = f"the site isn't written in {quote_value(language)} (`languages:` has {', '.join(known)})"
                yield _make_problem(*same[0], f"{message}, so this text {texts} shown", "warning")

    def _check_originals(self) -> Iterator[Problem]:
        """Unknown languages of works, whose titles count as being in the site's language."""
        for file, claim in self.list_claims():
            if claim.kind == "original" and not read_language(claim.value):
                message = f"{quote_value(claim.value)} is not a known language (expected a tag such as de or pt-BR)"
                yield _make_problem(file, claim, message, "warning")

    @cached_property
    def owner(self) -> Sequence[str]:
        """The owner's names."""
        profile = self.files.get("profile")
        row = profile.rows[0] if profile and profile.rows else {}
        return list_owner_names(row.get("names") or (), list_texts(row.get("name")))

    def list_claims(self) -> Iterator[tuple[TableFile, Claim]]:
        """The tables' claims, each with its file."""
        return ((file, claim) for file in self.files.values() for claim in file.claims)

    @cached_property
    def _publication_ids(self) -> frozenset[str] | None:
        return self.files["publications"].ids if "publications" in self.files else frozenset()

    @cached_property
    def _published(self) -> Published:
        return load_published(self.folder.parent)

    def _find_file_fault(self, claim: Claim) -> str:
        """Why the site can't have the claimed file; empty for pages and files that the build makes."""
        written = find_local_path(claim.value)
        path = written.rstrip("/")
        if claim.kind not in {"file", "picture"} and (path in self._made or self._has_page(path)):
            return ""
        file = self.folder.parent / path
        if not _is_file(file) and (written.endswith((".html", "/")) or os.path.isdir(file)):  # noqa: PTH112
            return ""  # a missing page or folder, which can't be published
        return self._published.find_fault(path)

    def _has_file(self, address: str) -> bool:
        path = find_local_path(address)
        return path in self._made or _is_file(self.folder.parent / path) or self._has_page(path)

    def _has_page(self, path: str) -> bool:
        stem, _, kind = path.rpartition(".")
        parent, _, name = stem.rpartition("/")
        if parent == "publications" and kind in {"html", "bib"} and name in self._shown_publications:
            return True
        return find_page(self.folder.parent, path) != ""

    @cached_property
    def _shown_publications(self) -> frozenset[str]:
        file = self.files.get("publications")
        return frozenset(row["id"] for row in file.rows if not row.get("hidden")) if file else frozenset()

    @cached_property
    def _made(self) -> frozenset[str]:
        return MADE | {claim.value for _, claim in self.list_claims() if claim.field == "profile.cv.file"}


def find_data_folder() -> Path:
    """The project's `data` folder: where Quarto or the embedded renderer says the project is, or here."""
    return Path(os.environ.get("QUARTO_PROJECT_ROOT") or ".") / "data"


def read_data_folder(folder: Path) -> DataFolder:
    """Read every table that is in the folder."""
    folder = Path(os.path.abspath(folder))  # noqa: PTH100 - resolve() would leave the project if it is a link
    shown, cache = show_path(folder), folder.parent / ".cache" / "octavo" / "tables"
    files = {}
    for name in NAMES:
        file = folder / f"{name}.yml"
        if os.path.lexists(file):
            files[name] = read_table_file(name, file, str(Path(shown, file.name)), cache)
    return DataFolder(folder, files)


def show_path(file: Path) -> str:
    """A path for messages: relative to the current folder if it is inside, otherwise absolute."""
    absolute, here = Path(os.path.abspath(file)), Path.cwd()  # noqa: PTH100 - as in read_data_folder
    return str(absolute.relative_to(here)) if absolute.is_relative_to(here) else str(absolute)


def _find_undescribed(table: str, file: TableFile) -> Iterator[str]:
    """The pictures and films without `alt`, as messages name them."""
    for index, row in enumerate(file.rows):
        shown = "image" if "image" in row else "video"
        if shown in row and "alt" not in row:
            yield f"{table}[{index}].{shown}"


def _make_problem(file: TableFile, claim: Claim, message: str, severity: Severity = "error") -> Problem:
    return Problem(file.path, claim.line, claim.column, f"{claim.field}: {message}", severity)


def _compare_name(file: Path) -> Iterator[Problem]:
    """A warning for a file that looks like a table but isn't read as one."""
    if file.stem.lower() in NAMES:
        yield Problem(show_path(file), 1, 1, f"this table isn't read (rename the file to {file.stem.lower()}.yml)")
    elif near := difflib.get_close_matches(file.stem.lower(), NAMES, n=1, cutoff=0.88):
        yield Problem(show_path(file), 1, 1, f"no table has this name (did you mean {near[0]}.yml?)", "warning")


def _is_file(path: Path) -> bool:
    return os.path.isfile(path)  # noqa: PTH113 - Path.is_file() raises for a name that is too long
