"""Documents: the contracts, invoices and decisions that stand behind money facts."""
