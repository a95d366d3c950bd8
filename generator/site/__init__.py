"""What is published: views, rendering, search, open data, offline editions, and the checks of the whole."""
