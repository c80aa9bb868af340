"""The demo: the four papers and an invented municipality as Letopis packages."""
