"""Posts: the pages in `posts/`, and the lists of pages that `listing:` asks for on any page.

Lists show parts of a page that are read from its built file, whichever renderer built it.
"""

from octavo.posts.blog import Blog, remove_foreign_lists
from octavo.posts.checking import find_post_problems
from octavo.posts.spelled_heads import spell_heads
from octavo.posts.text_pictures import fit_pictures
from octavo.posts.writing import write_blog

__all__ = ["Blog", "find_post_problems", "fit_pictures", "remove_foreign_lists", "spell_heads", "write_blog"]
