"""Trees: the pages in a site's other languages, made from the sources of the first language's pages."""
