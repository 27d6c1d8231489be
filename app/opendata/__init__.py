"""Open data: everything public as files that machines read, the catalog of them, and what their fields mean."""
