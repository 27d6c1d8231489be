"""Pictures and PDFs of a proposal: what its author shows beside the words."""
