"""The bundle: a result with everything it follows from, in one zip that anybody can count again."""
