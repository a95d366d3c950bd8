"""Saved web pages."""

from generator.sources.web.html_reader import read_html, read_mhtml

__all__ = ["read_html", "read_mhtml"]
