"""Document → records: which tables and paragraphs hold tasks, what columns hold, how rows are gathered."""
