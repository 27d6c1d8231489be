"""The office for cycles: plan, edit and lead them."""
