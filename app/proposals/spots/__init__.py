"""Where a proposal belongs: a spot on the map, an area, words, or the whole neighborhood; private addresses blurred."""
