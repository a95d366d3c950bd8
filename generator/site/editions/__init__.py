"""Offline editions: zip, single file, Word brief."""
