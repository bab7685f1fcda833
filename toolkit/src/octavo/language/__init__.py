"""Language: which one is written, and its words."""
