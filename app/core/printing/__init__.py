"""Making PDFs: what one is made of, and the press that makes them apart from the site."""
