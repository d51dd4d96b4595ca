"""A made case of any size: own-written template sentences, drawn by seed, for timing the pages."""
