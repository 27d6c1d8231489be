"""R6, the annual budget report of a neighborhood: a year's money, project by project, and whether it all adds up."""
