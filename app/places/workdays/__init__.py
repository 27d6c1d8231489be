"""Working days: which days of a neighborhood count towards a time limit, and which are holidays."""
