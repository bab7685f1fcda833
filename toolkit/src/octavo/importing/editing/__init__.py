"""Edits of a table's YAML text that touch nothing but the bytes of what is edited."""
