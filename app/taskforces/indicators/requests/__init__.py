"""Files of non-emergency reports of residents, from which figures are taken; the reports themselves are not kept."""
