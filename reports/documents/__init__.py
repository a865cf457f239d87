"""One builder a kind of document; a document has no template of its own."""

from reports.documents.year_end_summary import YEAR_END_SUMMARY

__all__ = ["KINDS", "YEAR_END_SUMMARY"]

KINDS = {kind.code: kind for kind in [YEAR_END_SUMMARY]}
