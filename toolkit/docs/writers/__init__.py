"""Writers: the pages of the reference that are made from the code, as Markdown, each time the docs are built."""
