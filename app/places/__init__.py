"""Places: the neighborhoods of the site, their areas on the map, and the categories of projects they know."""
