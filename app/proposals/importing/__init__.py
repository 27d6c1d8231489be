"""Projects that come with an imported vote."""
