"""R4, the results and allocation report of a cycle: what won, why, and what anybody needs to recount it."""
