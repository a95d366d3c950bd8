"""The ground floor: errors, the disk, processes."""
