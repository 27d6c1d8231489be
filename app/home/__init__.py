"""Home: the front page and the pages people expect."""
