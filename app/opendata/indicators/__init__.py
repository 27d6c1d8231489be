"""The indicators of neighborhoods as a table: the rows of their pages, with what is kept back marked."""
