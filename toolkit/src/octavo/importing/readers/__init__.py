"""Readers of bibliographies: text in, records and problems out."""
