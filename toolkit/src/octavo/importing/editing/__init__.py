"""Edits of a table's YAML text that change no other bytes."""
