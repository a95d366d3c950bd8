"""Open data: the rows of every data set and the files they are offered in."""
