"""Questions: anybody asks about a project, a task force or a place; a named person answers in plain words by a date."""
