"""What a progress report tells of money, added up again and held against the ledger (domain rule 17)."""
