"""Every printed word: catalogues, numbers, dates, shares, standings, offices."""
