"""Targets a commitment promises, numbers a progress text reports, and which answers which."""
