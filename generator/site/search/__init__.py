"""The search index, built here and read in the browser."""
