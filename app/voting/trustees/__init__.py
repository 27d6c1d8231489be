"""The key holders of a vote: their public keys, their key checks, what they open and what they bring back."""
