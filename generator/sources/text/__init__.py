"""Plain text, Markdown, csv."""
