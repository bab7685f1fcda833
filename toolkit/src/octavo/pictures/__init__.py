"""Pictures: read, resized, and encoded so that a page stays small.

`sizes` says which files are made of a picture and what they are called, without opening it; `reading` opens one,
`encoding` makes the files, and `embedding` writes small ones into the page that shows them.
"""
