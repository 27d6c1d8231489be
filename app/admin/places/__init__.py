"""The office for places: neighborhoods, their maps and categories."""
