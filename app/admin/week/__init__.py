"""The week: what is due in the office within seven days, and what should have been done already."""
