"""The conductors, the preview and the command line."""
