"""A record → one task of the model, every character accounted for."""
