"""Making a new site: in a folder aside, and then in its place by a rename, whole or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

from octavo.errors import OctavoError
from octavo.files import write_file
from octavo.model.publications import Publication
from octavo.starter.engine import EXECUTABLE, Engine, read_owned
from octavo.starter.identity import Identity, read_name
from octavo.starter.record import RECORD, format_record
from octavo.starter.seeds import PROFILE, write_profile, write_seeds
from octavo.tables.rows import check_tables, load_rows

ImportRows = Callable[[Path], object]
"""Fills the tables of the data folder that it is given."""


def create_site(
    target: Path,
    identity: Identity,
    engine: Engine,
    import_rows: ImportRows,
    files: Mapping[str, bytes] = MappingProxyType({}),
) -> None:
    """Make the owner's site in the folder `target`, with these tables, pages, and other files by their paths in it.

    Raises:
        OctavoError: if `target` exists and is not an empty folder, or can't be written.
    """
    _check_target(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as name:
            aside = Path(name) / "site"
            tables = _collect_tables(Path(name) / "import", identity, import_rows, files)
            names = find_names(identity, Path(name) / "import/data")
            owned = read_owned(engine)
            record = {RECORD: format_record(engine.version, owned).encode()}
            write_files(aside, {**owned, **files, **write_seeds(identity, names, tables), **record})
            _check_tables(aside)
            if target.exists():
                target.rmdir()
            aside.rename(target)
    except OSError as error:
        raise OctavoError(f"{target}: {error.strerror}; nothing was made") from None


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder by their paths in it."""
    for path, content in files.items():
        file = folder / path
        write_file(file, content, sync=True)
        if path in EXECUTABLE:
            file.chmod(0o755)


def find_names(identity: Identity, data: Path) -> list[str]:
    """The names under which the owner occurs in the publications of a data folder, the usual ones first."""
    owner = read_name(identity.name)
    names = dict.fromkeys(identity.names)
    if owner is not None and owner.given:
        for row in load_rows(Publication, data, hidden=True):
            for author in row.authors:
                if author.family == owner.family and (author.given or "")[:1] == owner.given[:1]:
                    names[str(author)] = None
    return list(names)


def _check_target(target: Path) -> None:
    if target.is_symlink() or target.exists():
        if not target.is_dir():
            raise OctavoError(f"{target} exists and is not a folder; name a new folder")
        if any(target.iterdir()):
            raise OctavoError(f"{target} is not empty; name a new folder")


def _collect_tables(
    folder: Path, identity: Identity, import_rows: ImportRows, files: Mapping[str, bytes]
) -> dict[str, bytes]:
    """The files of the data folder that an import writes, by their paths in it."""
    data = folder / "data"
    write_files(folder, {**files, PROFILE: write_profile(identity, identity.names).encode()})
    import_rows(data)
    found = (file for file in data.rglob("*") if file.is_file() and file != folder / PROFILE)
    return {file.relative_to(data).as_posix(): file.read_bytes() for file in found if not file.name.startswith(".")}


def _check_tables(folder: Path) -> None:
    problems = [problem.message for problem in check_tables(folder / "data") if problem.severity == "error"]
    if problems:
        raise OctavoError("\n".join(problems))
    shutil.rmtree(folder / ".cache", ignore_errors=True)
