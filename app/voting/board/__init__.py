"""The board of a vote: the people named on its rule card, and the two of them it takes for every grave step."""
