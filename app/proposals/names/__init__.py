"""Names of other people in proposals: found before they are public, and kept back until an officer has looked."""
