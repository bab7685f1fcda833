"""Language: the current language, and its words."""
