"""What people wrote in a report, said in its languages: what is missing, what is frozen, and the pages to translate."""
