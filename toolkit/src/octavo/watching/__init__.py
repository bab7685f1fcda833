"""Watching: reports what has changed elsewhere since the tables were written, and proposes edits."""
