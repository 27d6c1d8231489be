"""Claims: one side says that a milestone is done, the other looks and verifies it or sends it back."""
