"""Checks of a built site as pure functions: pages in, findings out. They know the site by its files alone."""
