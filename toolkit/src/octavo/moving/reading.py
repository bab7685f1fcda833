"""Reading an old site: finds out which template made it, and calls the reader for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from octavo.errors import OctavoError
from octavo.moving.academicpages import is_academicpages, read_academicpages
from octavo.moving.al_folio import is_al_folio, read_al_folio
from octavo.moving.hugoblox import is_hugoblox, read_hugoblox
from octavo.moving.jekyll import read_address
from octavo.moving.move import Move
from octavo.moving.old_site import UNREADABLE, OldSite
from octavo.moving.texts import open_converter

_EXPECTED = "expected the folder of an al-folio, academicpages, or HugoBlox site, with its _config.yml or content/"


@contextmanager
def open_move(folder: Path) -> Iterator[Move]:
    """The content for a new site from the old one in this folder, whose files can be read inside the `with` block.

    Raises:
        OctavoError: if it isn't a site, or not one of a known template.
    """
    if not folder.is_dir():
        raise OctavoError(f"{folder}: there is no such folder (expected a copy of the old site's repository)")
    root = folder.resolve()
    with open_converter(root) as converter:
        site = OldSite(root, converter)
        yield _read_move(site)


def _read_move(site: OldSite) -> Move:
    settings = site.read_settings("_config.yml")
    if unread := site.left.get(UNREADABLE):
        raise OctavoError(f"{site.root.name}/{unread[0]}")
    site.converter.home = re.sub("^https?://", "", read_address(settings))
    if is_al_folio(settings, site):
        return read_al_folio(site, settings)
    if is_academicpages(settings):
        return read_academicpages(site, settings)
    if is_hugoblox(site):
        return read_hugoblox(site)
    raise OctavoError(f"{site.root}: this site can't be moved ({_EXPECTED})")
