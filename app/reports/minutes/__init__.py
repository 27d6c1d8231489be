"""R11, the minutes of a meeting: who was there, what came of each item, who does what, and how it was approved."""
