"""What the rules could not decide, a person decides."""
