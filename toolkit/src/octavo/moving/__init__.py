"""Moving: turns a site made with al-folio, academicpages, or HugoBlox into the tables and pages of a new one.

Each template's reader takes everything that Octavo has a place for, and the report names the rest. Only files that the
new site refers to are copied, and only from the old site's folders of pictures and documents.
"""
