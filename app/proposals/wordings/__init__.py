"""What a proposal says, in the reader's language where people have translated it, and the pages to translate it."""
