"""Works: those who follow a project hear that residents are asked whether it works."""
