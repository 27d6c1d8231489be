"""Printing: ballots with their stubs and the forms of the count, as PDF files made by a worker."""
