"""What the office does about names: put words back, or remove them for good with a public reason."""
