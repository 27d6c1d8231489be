"""What pages say of themselves to programs: facts in the words of schema.org, from the rows that the page shows."""
