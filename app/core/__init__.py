"""What every room of the house stands on: database, events, access, clock, money, jobs. Knows nothing about budgets."""
