"""The clerk's desk of reports: what is due, what blocks it, a preview of it, and several published at once."""
