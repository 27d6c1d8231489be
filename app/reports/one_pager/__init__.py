"""R8, a project on one page and as a poster at its site: what it is, who pays, how it stands, whom to ask."""
