"""How the field writes: units, numbers, the outline of prose, private numbers."""
