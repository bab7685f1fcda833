"""A researcher's homepage, made from tables."""
