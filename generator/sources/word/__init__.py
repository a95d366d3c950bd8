"""Word documents."""

from generator.sources.word.docx_reader import read_docx

__all__ = ["read_docx"]
