"""Finding proposals by their words, and those that are alike: one index, kept by SQLite or by PostgreSQL."""
