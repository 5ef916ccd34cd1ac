"""A report as a page: the document printed as HTML; only the drawing of the body is its own."""

from nmt_expert.reports.html.page import Sheet, as_html

__all__ = ["Sheet", "as_html"]
