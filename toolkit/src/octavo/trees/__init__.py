"""Trees: the pages of a site's other languages, from the sources that the first language's pages have."""
