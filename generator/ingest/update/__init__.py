"""A draft against the content as it stands: matched, merged, and planned."""
