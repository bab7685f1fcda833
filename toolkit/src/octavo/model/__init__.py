"""Rows: one frozen, typed class per table, and people's names, partial dates, identifiers, and addresses."""
