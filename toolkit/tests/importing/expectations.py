"""Shared by the tests of editing."""

from __future__ import annotations

from octavo.model.fields import list_fields
from octavo.model.publications import Publication

FIELDS = list(list_fields(Publication))
