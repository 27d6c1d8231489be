"""What waits in the seats of task forces: for whom, since when, and until when."""
