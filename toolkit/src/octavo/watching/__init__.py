"""Watching: proposes what may have changed elsewhere since the tables were written, and changes nothing unasked."""
