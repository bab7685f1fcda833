"""The making of a new site: aside, and then at its place by a rename, whole or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from octavo.errors import OctavoError
from octavo.model.publications import Publication
from octavo.starter.code import collect_code
from octavo.starter.identity import Identity, check_identity, read_name
from octavo.starter.record import RECORD, write_record
from octavo.starter.skeleton import PROFILE, write_profile, write_skeleton
from octavo.tables.rows import check_tables, load_rows


@contextmanager
def create_site(origin: Path, target: Path, identity: Identity) -> Iterator[Path]:
    """A folder with the new site, made from the one in `origin`; when the block ends well it becomes `target`.

    OctavoError where `target` is there and not empty, lies within `origin`, can't be written, or the identity is
    none that a site can have.
    """
    check_identity(identity)
    _check_target(origin, target)
    values = {"title": identity.name, "site-url": identity.address, "description": identity.description}
    code = collect_code(origin, values)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(mkdtemp(prefix=f".{target.name}.", dir=target.parent))
        try:
            _write_files(aside, {**code, **write_skeleton(identity), RECORD: write_record(code).encode()}, origin)
            _check_profile(aside)
            yield aside
            shutil.rmtree(aside / ".cache", ignore_errors=True)  # of the tables' check and the import
            aside.chmod(0o755)
            _take_place(aside, target)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    except OSError as error:
        raise OctavoError(f"{target}: {error.strerror}; nothing was made") from None


def _check_target(origin: Path, target: Path) -> None:
    if target.is_symlink() or target.exists():
        if not target.is_dir():
            raise OctavoError(f"{target} is there already, and no folder")
        if any(target.iterdir()):
            raise OctavoError(f"{target} isn't empty; name a folder that isn't there yet")
    if target.resolve().is_relative_to(origin.resolve()):
        raise OctavoError(f"{target} lies within this site; name a folder outside it")


def _write_files(folder: Path, files: Mapping[str, bytes], origin: Path) -> None:
    for path, content in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        if (origin / path).is_file():
            shutil.copymode(origin / path, file)


def _check_profile(folder: Path) -> None:
    problems = [problem.message for problem in check_tables(folder / "data") if problem.severity == "error"]
    if problems:
        raise OctavoError("\n".join(problems))


def _take_place(aside: Path, target: Path) -> None:
    if target.exists():
        target.rmdir()
    aside.rename(target)


def note_names(folder: Path, identity: Identity) -> list[str]:
    """The names under which the owner occurs in the tables of `folder`, and let its profile have them."""
    owner = read_name(identity.name)
    names = dict.fromkeys(identity.names)
    if owner is not None and owner.given:
        for row in load_rows(Publication, folder / "data", hidden=True):
            for author in row.authors:
                same = author.family == owner.family and (author.given or "")[:1] == owner.given[:1]
                names.update({str(author): None} if same else {})
    (folder / PROFILE).write_text(write_profile(identity, list(names)), encoding="utf-8")
    return list(names)
