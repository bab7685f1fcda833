"""Pictures: read, resized, and encoded so that a page stays small.

`sizes` says which files are made of a picture and what they are called, without opening it; `reading` opens one, and
`encoding` makes the files.
"""
