"""Documents: the CV, résumés in other systems' formats, and social cards, from the same rows as the pages."""

from octavo.documents.publish import draw_ahead, write_documents

__all__ = ["draw_ahead", "write_documents"]
