"""Papers of an agenda: PDF files, made anew from what was sent."""
