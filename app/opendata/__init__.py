"""Open data: everything public as files that machines read, the catalogue of them, and what their fields mean."""
