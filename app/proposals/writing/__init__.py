"""Writing a proposal in short steps: each with its own address, saved at any moment, left and taken up again."""
