"""What every reader gives and several share: blocks of cells, limits, encodings, Office packages."""
