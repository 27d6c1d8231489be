"""Charts: SVG drawn on the server, the same for the page and the PDF; every drawing has a table that says the same."""
