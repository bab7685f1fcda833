"""Watching: what may have changed outside since the tables were written, as proposals and never by itself."""
