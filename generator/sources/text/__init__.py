"""Plain text, Markdown and delimited text."""

from generator.sources.text.delimited import read_csv
from generator.sources.text.encoding import decode
from generator.sources.text.plain_text import read_text

__all__ = ["decode", "read_csv", "read_text"]
