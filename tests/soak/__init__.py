"""Long runs, called by make targets."""
