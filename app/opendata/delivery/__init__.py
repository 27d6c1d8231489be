"""What published reports say of a neighborhood's delivery, quarter by quarter, as a table: nothing computed anew."""
