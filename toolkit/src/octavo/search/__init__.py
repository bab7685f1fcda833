"""Search: the page `search.html`, which finds everything else in the site, and the files that it reads.

An entry of the menu that leads to `/search.html` asks for it. `write_search(site, root, lay_out)` reads the finished
pages and the tables; the post-render hook calls it.
"""

from octavo.search.writing import is_search_file, write_search

__all__ = ["is_search_file", "write_search"]
