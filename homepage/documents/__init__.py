"""Documents: the CV, résumés in other systems' formats, and social cards, from the same rows as the pages."""

from homepage.documents.publish import write_documents

__all__ = ["write_documents"]
