"""Pictures: the files that pages load instead of the originals that rows name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from octavo.cache import Cache, compute_key
from octavo.documents.record import Record
from octavo.files import write_file
from octavo.model.row import FilmedRow
from octavo.pictures.encoding import describe_encoding, encode_variant
from octavo.pictures.sizes import FIGURE, FOLDER, MADE_NAME, PORTRAIT, THUMBNAIL, Variant, list_variants

_WORKERS = 2


def draw_pictures(root: Path, record: Record, cache: Cache) -> None:
    """Encode the pictures that aren't in the cache yet.

    Raises:
        OctavoError: Pillow can't write one.
    """
    for _ in _encode(root, _list_variants(record), cache):
        pass


def write_pictures(site: Path, root: Path, record: Record, cache: Cache, more: Sequence[Variant] = ()) -> None:
    """Write the files of every picture into the built site; remove those of earlier ones.

    `more` are files made from pictures in the site itself.

    Raises:
        OctavoError: Pillow can't write one.
    """
    variants = _list_variants(record)
    for folder, needed in ((root, variants), (site, more)):
        for variant, content in _encode(folder, needed, cache):
            write_file(site / variant.path, content)
    wanted = {variant.path for variant in (*variants, *more)}
    for file in (site / FOLDER).glob("*"):
        # A site may publish a folder of this name.
        if f"{FOLDER}/{file.name}" not in wanted and MADE_NAME.fullmatch(file.name):
            file.unlink()


def _list_variants(record: Record) -> list[Variant]:
    rows = [row for table in (record.people, *record.tables.values()) for row in table]
    shown = [
        (record.profile.picture, PORTRAIT),
        *((row.picture, THUMBNAIL) for row in rows),
        # Only a row with an id has a page of its own, or can be named by one.
        *((row.picture, FIGURE) for row in rows if isinstance(row, FilmedRow) and row.id),
    ]
    variants = [variant for picture, box in shown if picture for variant in list_variants(picture, box)]
    return list({variant.path: variant for variant in variants}.values())


def _encode(root: Path, variants: Iterable[Variant], cache: Cache) -> Iterator[tuple[Variant, bytes]]:
    encoding = describe_encoding()

    def find_or_encode(variant: Variant) -> bytes:
        name = compute_key(encoding, variant.path, variant.picture.digest)
        file = root / variant.picture.path
        return cache.find_or_make(name, lambda: encode_variant(file.read_bytes(), variant))

    known = list(variants)
    # Pillow works outside of Python's lock.
    with ThreadPoolExecutor(_WORKERS) as executor:
        yield from zip(known, executor.map(find_or_encode, known), strict=True)
