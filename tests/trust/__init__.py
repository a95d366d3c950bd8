"""What SECURITY.md promises, proved on whole sites that are full of what must not come through."""
