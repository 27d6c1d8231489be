"""Projects with their promises, money and contracts, in the Open Contracting for Infrastructure Data Standard."""
