"""PDF files with text."""

from generator.sources.pdf.pdf_reader import read_pdf

__all__ = ["read_pdf"]
