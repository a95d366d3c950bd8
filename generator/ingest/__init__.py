"""Source table → YAML content, which a person reviews before it is written."""
