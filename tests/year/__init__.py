"""A year of an invented district: four tables in four formats, hand edits in between."""
