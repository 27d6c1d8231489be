"""Reviewers: who judges a proposal, who hands it on, and who has an interest in it and keeps away."""
