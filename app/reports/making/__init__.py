"""The worker's part of an edition: file after file, made by the press and kept, until all are there."""
